"""The pen writes what belongs together with one statement, and one wrong note does not take the others with it."""

from datetime import timedelta

import pytest
from tests.rooms.publishing.house import House

from bedside.foundation import clock
from bedside.foundation.ids import uuid7
from bedside.publishing.models import Delivery
from bedside.publishing.rows import write_rows
from bedside.publishing.writing import Pen, Together


@pytest.fixture
def pen():
    pen = Pen(pace=0.05, tell=lambda news: None)
    pen.start()
    yield pen
    pen.stop()
    pen.join(5)


def test_each_row_gets_its_own_values_and_no_other_row_any(house: House):
    channel = house.channel()
    first, second, other = (house.plan(f"Text {number}.", channel) for number in range(3))
    token, moment = uuid7(), clock.now() + timedelta(hours=1)
    names = ("state", "reason", "progress", "attempt_token", "not_before_at", "tries")
    says = 'Who says "no"? 100 % \\ sure: naïve {1,2}'
    write_rows(
        Delivery,
        names,
        [
            (first.pk, ("held", says, {"parts": [{"text": says, "at": None}]}, token, moment, 3)),
            (second.pk, ("sending", "", {}, None, None, 0)),
        ],
    )
    found = {row.pop("pk"): row for row in Delivery.objects.values("pk", *names)}
    assert tuple(found[first.pk].values()) == (
        "held",
        says,
        {"parts": [{"text": says, "at": None}]},
        token,
        moment,
        3,
    )
    assert tuple(found[second.pk].values()) == ("sending", "", {}, None, None, 0)
    assert found[other.pk]["state"] == "waiting"


def test_no_rows_are_no_statement(house: House, django_assert_num_queries):
    with django_assert_num_queries(0):
        write_rows(Delivery, ("state",), [])


def test_notes_of_one_kind_are_written_together_and_each_gets_its_own_answer(transactional_db, pen: Pen):
    groups = []

    def double(_batch, numbers):
        groups.append(list(numbers))
        return [2 * number for number in numbers]

    pen.write(lambda _batch: None, patience=5).result()  # from here on the pen rests for a moment
    answers = [pen.write(Together(double, number), patience=5) for number in range(4)]
    assert [answer.result(5) for answer in answers] == [0, 2, 4, 6]
    assert groups == [[0, 1, 2, 3]]


def test_a_wrong_note_among_others_of_its_kind_fails_alone(transactional_db, pen: Pen):
    def halve(_batch, numbers):
        return [10 // number for number in numbers]

    pen.write(lambda _batch: None, patience=5).result()
    answers = [pen.write(Together(halve, number), patience=5) for number in (5, 0, 2)]
    assert (answers[0].result(5), answers[2].result(5)) == (2, 5)
    with pytest.raises(ZeroDivisionError):
        answers[1].result(5)
