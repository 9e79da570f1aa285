"""Counting what people wrote, day by day: by the organization's clock, and again while answers may still come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.rooms.planning.conftest import channel

from bedside.foundation import clock
from bedside.inbox.models import Contact, Conversation, Message
from bedside.insights.counting import count_messages
from bedside.insights.models import Day

__all__ = ["channel"]

MONDAY = date(2026, 11, 16)
NOON = datetime(2026, 11, 16, 18, 0, tzinfo=UTC)  # in Chicago


@pytest.fixture
def say(clinic, channel):
    """`say(at)`: somebody writes; `say(at, answers=conversation)`: we answer there."""

    def write(at: datetime, *, answers: Conversation | None = None) -> Conversation:
        number = Message.objects.count()
        of = {"organization": clinic.organization, "channel": channel}
        contact = Contact.objects.create(remote_id=f"c{number}", first_seen_at=at, **of)
        conversation = answers or Conversation.objects.create(
            contact=contact, root_remote_id="p", kind="reply", began_at=at, last_message_at=at, **of
        )
        direction = Message.Direction.OUT if answers else Message.Direction.IN
        Message.objects.create(
            conversation=conversation, direction=direction, kind="reply", remote_id=f"m{number}", at=at, **of
        )
        return conversation

    return write


def counted(clinic, at: datetime) -> dict[date, tuple[int, int, int]]:
    with clock.at(at):
        count_messages(clinic.organization)
    rows = Day.objects.order_by("on").values_list("on", "received", "settled", "answered")
    return {on: (received, settled, answered) for on, received, settled, answered in rows}


def test_a_message_late_in_the_evening_counts_for_the_organizations_day(clinic, say):
    say(datetime(2026, 11, 17, 4, 30, tzinfo=UTC))
    assert counted(clinic, NOON + timedelta(days=1))[MONDAY] == (1, 0, 0)


def test_an_answer_counts_when_it_came_within_a_day(clinic, say):
    say(NOON + timedelta(hours=23), answers=say(NOON))
    say(NOON + timedelta(hours=25), answers=say(NOON))
    say(NOON)
    assert counted(clinic, NOON + timedelta(days=1, hours=2))[MONDAY] == (3, 3, 1)


def test_what_may_still_be_answered_in_time_is_not_yet_judged(clinic, say):
    waiting = say(NOON)
    assert counted(clinic, NOON + timedelta(hours=2))[MONDAY] == (1, 0, 0)
    say(NOON + timedelta(hours=3), answers=waiting)
    assert counted(clinic, NOON + timedelta(hours=4))[MONDAY] == (1, 1, 1)


def test_the_first_count_goes_back_to_the_first_message(clinic, say):
    say(NOON - timedelta(days=40))
    found = counted(clinic, NOON)
    assert found[MONDAY - timedelta(days=40)] == (1, 1, 0)
    assert found[MONDAY] == (0, 0, 0)


def test_after_days_without_a_worker_no_day_is_missing(clinic, say):
    counted(clinic, NOON - timedelta(days=10))
    say(NOON - timedelta(days=5))
    assert counted(clinic, NOON)[MONDAY - timedelta(days=5)] == (1, 1, 0)
