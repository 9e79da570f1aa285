"""Planning in time, the queue's slots, and verbs on many posts."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.fixtures.signatures import signed_parts
from tests.rooms.planning.conftest import channel_of

from bedside.foundation import clock
from bedside.foundation.announce import when
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.planning.actions import (
    add_slot,
    plan_many,
    plan_post,
    plan_variant,
    queue_post,
    shift_many,
    submit_many,
    tag_many,
    withdraw_many,
    withdraw_post,
)
from bedside.planning.models import Post
from bedside.planning.news import PostPlanned
from bedside.planning.queries import next_free_slot
from bedside.planning.warnings import warnings_of

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 9:00 in Chicago
ZONE = "America/Chicago"


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(NOW):
        yield


def test_a_time_in_the_past_is_refused_at_its_field(write, author):
    with pytest.raises(Refusal) as refused:
        plan_post(write(), at=NOW - timedelta(minutes=2), by=author)
    assert (refused.value.code, refused.value.field) == ("in_the_past", "planned_at")


def test_planning_an_agreed_post_keeps_its_signatures_and_is_announced(
    agreed, author, django_capture_on_commit_callbacks
):
    heard = []
    when(PostPlanned, heard.append)
    post = agreed()
    with django_capture_on_commit_callbacks(execute=True):
        plan_post(post, at=NOW + timedelta(hours=2), by=author)
    assert heard == [PostPlanned(post.pk)]
    assert signed_parts("post", post.pk)


def test_planning_needs_the_power(clinic, write):
    with pytest.raises(NotAllowed):
        plan_post(write(), at=NOW + timedelta(hours=1), by=clinic.member("viewer"))


def test_a_withdrawn_post_cannot_be_planned(write, author):
    post = withdraw_post(write(), by=author)
    with pytest.raises(Refusal):
        plan_post(post, at=NOW + timedelta(hours=1), by=author)


def test_a_channel_may_leave_earlier_and_the_post_shows_its_earliest_time(clinic, write, author, channel):
    post = write(on=[channel, channel_of(clinic, "Second")])
    plan_post(post, at=NOW + timedelta(hours=4), by=author)
    plan_variant(post.variants.first(), at=NOW + timedelta(hours=1), by=author)
    assert Post.objects.get().planned_at == NOW + timedelta(hours=1)
    plan_post(post, at=NOW + timedelta(hours=5), by=author)
    assert set(post.variants.values_list("planned_at", flat=True)) == {None}


def test_the_queue_takes_the_next_free_slot(write, author, channel):
    add_slot(channel, weekday=0, at=time(9, 0), by=author)
    add_slot(channel, weekday=2, at=time(12, 30), by=author)
    wednesday = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    assert next_free_slot(channel, zone=ZONE) == wednesday
    assert queue_post(write(), by=author).planned_at == wednesday
    assert queue_post(write("Another"), by=author).planned_at == datetime(2026, 11, 30, 15, 0, tzinfo=UTC)


def test_a_channel_without_slots_says_what_to_do(write, author, channel):
    assert next_free_slot(channel, zone=ZONE) is None
    with pytest.raises(Refusal) as refused:
        queue_post(write(), by=author)
    assert "Riverside" in refused.value.sentence


def test_many_posts_are_moved_by_days_across_the_change_of_clocks(write, author):
    first, second = write("One"), write("Two")
    before = datetime(2027, 3, 13, 15, 0, tzinfo=UTC)  # Saturday 9:00, the day before the clocks change
    plan_post(first, at=before, by=author)
    outcome = shift_many([first.pk, second.pk], days=1, by=author)
    assert [p.planned_at for p in outcome.done] == [datetime(2027, 3, 14, 14, 0, tzinfo=UTC)]
    assert [(p.pk, bool(sentence)) for p, sentence in outcome.refused] == [(second.pk, True)]


def test_many_are_tagged_planned_submitted_and_withdrawn_one_by_one(write, author):
    good, bad = write("Good"), write("SSN 219-09-9999")
    ids = [good.pk, bad.pk]
    tag_many(ids, tag="Flu", by=author)
    tag_many(ids, tag="#flu ", by=author)
    assert [t.name for t in Post.objects.get(pk=good.pk).tags.all()] == ["Flu"]
    assert len(plan_many(ids, at=NOW + timedelta(days=1), by=author).done) == 2
    outcome = submit_many(ids, by=author)
    assert [p.pk for p in outcome.done] == [good.pk]
    assert [p.pk for p, _ in outcome.refused] == [bad.pk]
    assert len(withdraw_many(ids, by=author).done) == 2


def test_another_organizations_posts_are_left_alone(write, other_clinic):
    post = write()
    assert withdraw_many([post.pk], by=other_clinic.administrator).done == []
    assert Post.objects.get().state == "draft"


def test_two_posts_within_a_quarter_of_an_hour_clash(write, author):
    first, second = write("Flu shots are here."), write("Parking is closed on Friday morning.")
    plan_post(first, at=NOW + timedelta(hours=1), by=author)
    plan_post(second, at=NOW + timedelta(hours=1, minutes=14), by=author)
    (warning,) = warnings_of(Post.objects.get(pk=second.pk))
    assert (warning.kind, warning.post_id) == ("clash", first.pk)
    plan_post(second, at=NOW + timedelta(hours=1, minutes=15), by=author)
    assert warnings_of(Post.objects.get(pk=second.pk)) == []


def test_nearly_the_same_words_within_thirty_days_are_a_duplicate(write, author):
    first = write("Flu shots are here. Walk in any weekday from nine to five at our Main Street clinic.")
    second = write(
        "FLU shots are here! Walk in any weekday, from nine to five at our Main Street clinic https://a.io"
    )
    other = write("Our new pediatrician starts in December and is taking families from the whole county.")
    for days, post in ((1, first), (20, second), (3, other)):
        plan_post(post, at=NOW + timedelta(days=days), by=author)
    assert [w.post_id for w in warnings_of(Post.objects.get(pk=second.pk))] == [first.pk]
    plan_post(second, at=NOW + timedelta(days=32), by=author)
    assert warnings_of(Post.objects.get(pk=second.pk)) == []
