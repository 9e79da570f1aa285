"""Whatever somebody does to the record behind our back, the walk along it names the place."""

from datetime import timedelta
from typing import Any

import pytest
from tests.fixtures.clinic import Clinic

from bedside.audit.actions import record
from bedside.audit.link import hash_of
from bedside.audit.models import Chain, Record
from bedside.audit.queries import first_broken_link

LINES = 9


@pytest.fixture
def key(clinic: Clinic) -> str:
    """A chain of nine lines or more that holds."""
    for count in range(LINES):
        record(
            clinic.organization.pk,
            by=clinic.administrator.actor,
            verb="thing.counted",
            on=("thing", count, f"Thing {count}"),
            words=f"Counted to {count}.",
            data={"count": count},
        )
    key = str(clinic.organization.pk)
    assert first_broken_link(key) is None
    assert first_broken_link(key, newest=3) is None
    return key


def broken(key: str, *, newest: int | None = None) -> int | None:
    found = first_broken_link(key, newest=newest)
    return found.number if found else None


def said_by_a_line() -> set[str]:
    return {field.attname for field in Record._meta.concrete_fields} - {"id", "chain_id", "number"}


@pytest.mark.parametrize("field", sorted(said_by_a_line()))
def test_no_field_of_a_line_can_be_changed_unnoticed(key: str, field: str) -> None:
    line = Record.objects.get(chain_id=key, number=4)
    now: Any = getattr(line, field)
    other = (
        now + timedelta(microseconds=1)
        if field == "at"
        else {"count": -1}
        if field == "data"
        else f"{now[1:]}x"
    )
    Record.objects.filter(pk=line.pk).update(**{field: other})
    assert broken(key) == 4


def test_a_line_whose_hash_was_made_to_fit_breaks_the_next_one(key: str) -> None:
    line = Record.objects.get(chain_id=key, number=4)
    line.words = "Nothing happened."
    line.hash = hash_of(line)
    line.save()
    assert broken(key) == 5


@pytest.mark.parametrize("newest", [None, 5])
def test_a_removed_line_is_missed(key: str, newest: int | None) -> None:
    length = Chain.objects.get(key=key).length
    Record.objects.filter(chain_id=key, number=length - 2).delete()
    assert broken(key, newest=newest) == length - 2


def test_the_line_before_the_newest_ones_is_missed_too(key: str) -> None:
    length = Chain.objects.get(key=key).length
    Record.objects.filter(chain_id=key, number=length - 3).delete()
    assert broken(key, newest=3) == length - 3


@pytest.mark.parametrize("newest", [None, 5])
def test_the_end_cannot_be_cut_off(key: str, newest: int | None) -> None:
    length = Chain.objects.get(key=key).length
    Record.objects.filter(chain_id=key, number__gt=length - 2).delete()
    assert broken(key, newest=newest) == length - 1


def test_two_lines_cannot_change_places(key: str) -> None:
    four, five = Record.objects.filter(chain_id=key, number__in=[4, 5]).order_by("number")
    for line, number in ((four, -1), (five, 4), (four, 5)):
        line.number = number
        line.save()
    assert broken(key) == 4


def test_a_line_of_another_chain_is_no_link_of_this_one(key: str, other_clinic: Clinic) -> None:
    Record.objects.filter(chain_id=key, number=1).delete()
    Record.objects.filter(chain_id=str(other_clinic.organization.pk), number=1).update(chain_id=key)
    assert broken(key) == 1
