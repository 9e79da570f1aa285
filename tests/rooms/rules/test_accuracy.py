"""How often rules fire: once for each text that is handed in, stopped or not, and never while somebody types."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.fixtures.clinic import Clinic
from tests.fixtures.signed_in import signed_in
from tests.rooms.rules.conftest import found

from bedside.foundation import clock
from bedside.planning.actions import submit_post
from bedside.planning.actions.submitting import Stopped
from bedside.rules.accuracy import Accuracies, Span, accuracy_of
from bedside.rules.actions import accept_mark, count_material, mark_wrong
from bedside.rules.models import CountedMaterial, Firing

RULE = "claim-cure-or-guarantee"


def present(clinic: Clinic, days: int = 30) -> Accuracies:
    return accuracy_of(clinic.organization, Span.last(days, clinic.organization.time_zone))


def line(clinic: Clinic, rule: str, days: int = 30):
    return next((each for each in present(clinic, days).rules if each.rule == rule), None)


def test_what_is_stopped_is_counted_once_however_often_it_is_tried(clinic: Clinic, write, author):
    post = write("Our cream cures eczema, guaranteed.")
    for _ in range(3):
        with pytest.raises(Stopped):
            submit_post(post, by=author)
    assert (present(clinic).materials, line(clinic, RULE).fired) == (1, 1)


def test_what_passes_is_counted_as_well(clinic: Clinic, write, author):
    submit_post(write("Flu shots are here."), by=author)
    assert present(clinic).materials == 1


def test_typing_counts_nothing(clinic: Clinic, write, author, channel):
    desk = signed_in(author)
    post = write("Our cream")
    for text in ("Our cream cures", "Our cream cures eczema, guaranteed."):
        answer = desk.post(f"/planning/posts/{post.pk}/look", {"text": text, "channel": str(channel.pk)})
        assert answer.status_code == 200
    assert not CountedMaterial.objects.exists()


def test_marks_and_waivers_stand_beside_the_firings(clinic: Clinic, write, author, officer):
    text = "Our cream cures eczema, guaranteed."
    with pytest.raises(Stopped):
        submit_post(write(text), by=author)
    material, finding = found(clinic, text, RULE)
    mark = mark_wrong(material, finding, kind="harmless_here", reason="", by=author)
    assert (line(clinic, RULE).marked, line(clinic, RULE).accepted) == (1, 0)
    accept_mark(mark, by=officer, example=mark.example)
    told = line(clinic, RULE)
    assert (told.fired, told.marked, told.accepted, told.wrong_share) == (1, 1, 1, 100.0)


def test_only_the_days_of_the_span_count_on_the_clinics_own_calendar(clinic: Clinic, write, author):
    late = datetime(2026, 3, 10, 4, 30, tzinfo=UTC)  # 11:30 in the evening of the 9th in Chicago
    with clock.at(late):
        submit_post(write("Flu shots are here."), by=author)
        assert present(clinic, 1).materials == 1
    with clock.at(late + timedelta(hours=1)):
        assert present(clinic, 1).materials == 0
        assert present(clinic, 2).materials == 1


def test_another_organizations_texts_are_not_counted_here(
    clinic: Clinic, other_clinic: Clinic, write, author
):
    submit_post(write("Flu shots are here."), by=author)
    assert present(other_clinic).materials == 0


def test_counting_many_takes_a_handful_of_queries(clinic: Clinic):
    pairs = []
    for number in range(50):
        material, _finding = found(clinic, f"Cream {number} cures eczema, guaranteed.", RULE)
        from bedside.guard import judge

        pairs.append((material, judge(material)))
    with CaptureQueriesContext(connection) as asked:
        count_material(clinic.organization.pk, pairs)
    assert Firing.objects.filter(rule=RULE).count() == 50
    assert len(asked) <= 8
    with CaptureQueriesContext(connection) as asked:
        count_material(clinic.organization.pk, pairs)
    assert len(asked) == 1
