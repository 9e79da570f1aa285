"""The calendar and the list through the front door: what is shown where, moving, filters, many at once, few queries."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import channel_of

from bedside.foundation import clock
from bedside.planning import observances
from bedside.planning.actions import add_slot, create_campaign, label_post, plan_post, withdraw_post
from bedside.planning.calendar import board_for
from bedside.planning.entries import state_of
from bedside.planning.filters import Filter
from bedside.planning.models import Campaign, Post, QueueSlot
from bedside.planning.progress import Leaving

NOW = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    with clock.at(NOW):
        yield


@pytest.fixture
def desk(author) -> Client:
    return signed_in(author)


@pytest.fixture
def planned(write, author):
    def make(text: str, at: datetime, **more) -> Post:
        return plan_post(write(text, **more), at=at, by=author)

    return make


def html(answer) -> str:
    return answer.content.decode()


def board(member, **more):
    return board_for(member, view="month", on=date(2026, 11, 15), chosen=Filter(), **more)


def test_a_post_stands_on_its_day_on_the_organizations_clocks(planned, author):
    planned("Late in the evening", datetime(2026, 11, 11, 4, 30, tzinfo=UTC))  # the 10th, 22:30 in Chicago
    days = {day.on: day for day in board(author).days}
    assert [entry.words for entry in days[date(2026, 11, 10)].entries] == ["Late in the evening"]
    assert days[date(2026, 11, 11)].entries == []
    assert days[date(2026, 11, 11)].observance == "Veterans Day"


def test_weeks_begin_as_the_members_locale_does(author):
    assert board(author).days[0].on == date(2026, 11, 1)
    with translation.override("es"):
        assert board(author).days[0].on == date(2026, 10, 26)


def test_every_month_of_some_years_has_whole_weeks_and_all_its_days(author):
    for month in range(36):
        on = date(2025 + month // 12, month % 12 + 1, 1)
        shown = [d.on for d in board_for(author, view="month", on=on, chosen=Filter()).days]
        assert len(shown) % 7 == 0
        assert shown == [shown[0] + timedelta(days=n) for n in range(len(shown))]
        assert shown[0] <= on
        assert shown[-1] >= (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def test_a_full_day_says_how_many_more_there_are(planned, author):
    for number in range(7):
        planned(f"Post {number}", NOW + timedelta(days=3, hours=number))
    day = next(d for d in board(author).days if d.on == date(2026, 11, 5))
    assert (len(day.entries), day.more) == (4, 3)
    week = board_for(author, view="week", on=date(2026, 11, 5), chosen=Filter())
    assert sum(len(d.entries) for d in week.days) == 7


def test_campaigns_are_bands_that_say_their_name_once_a_week(author):
    create_campaign(by=author, name="Flu", goal="", starts_on=date(2026, 11, 5), ends_on=date(2026, 11, 10))
    bands = [(d.on.day, band.shows_name) for d in board(author).days for band in d.bands]
    assert bands == [(5, True), (6, False), (7, False), (8, True), (9, False), (10, False)]


def test_filters_are_in_the_address(desk, clinic, planned, author, second_channel):
    kept = planned("Kept post", NOW + timedelta(days=1), on=[second_channel])
    planned("Other post", NOW + timedelta(days=1))
    label_post(kept, by=author, campaign=None, tags=["flu"])
    tag = kept.tags.get()
    for query in ({"channel": str(second_channel.pk)}, {"tag": str(tag.pk)}):
        page = html(desk.get(reverse("planning:calendar"), query))
        assert "Kept post" in page
        assert "Other post" not in page
    page = html(desk.get(reverse("planning:posts"), {"q": "kept"}))
    assert "Kept post" in page
    assert "Other post" not in page
    assert "No post matches" in html(desk.get(reverse("planning:posts"), {"q": "zebra"}))
    assert desk.get(reverse("planning:calendar"), {"channel": "nonsense", "on": "x"}).status_code == 200


def test_withdrawn_posts_are_shown_only_when_asked_for(desk, planned, author):
    withdraw_post(planned("Withdrawn words", NOW + timedelta(days=1)), by=author)
    assert "Withdrawn words" not in html(desk.get(reverse("planning:calendar")))
    assert "Withdrawn words" in html(desk.get(reverse("planning:calendar"), {"state": "withdrawn"}))


def test_moving_keeps_the_time_of_day_across_the_change_of_clocks(desk, planned):
    post = planned("Move me", datetime(2027, 3, 13, 15, 0, tzinfo=UTC))
    answer = desk.post(reverse("planning:move"), {"id": str(post.pk), "day": "2027-03-15"})
    assert "Moved to" in html(answer)
    post.refresh_from_db()
    assert post.planned_at == datetime(2027, 3, 15, 14, 0, tzinfo=UTC)


def test_moving_into_the_past_is_refused_with_a_sentence_and_the_board(desk, planned):
    post = planned("Stay", NOW + timedelta(days=3))
    answer = desk.post(reverse("planning:move"), {"id": str(post.pk), "day": "2026-10-30"})
    assert answer.status_code == 409
    assert "That time is over" in html(answer)
    assert 'id="board"' in html(answer)
    assert desk.post(reverse("planning:move"), {"id": str(post.pk), "day": "x"}).status_code == 409


def test_a_post_without_a_time_waits_beside_the_calendar_and_takes_nine_oclock(desk, write):
    post = write("Whenever")
    assert "Without a time" in html(desk.get(reverse("planning:calendar")))
    desk.post(reverse("planning:move"), {"id": str(post.pk), "day": "2026-11-20"})
    post.refresh_from_db()
    assert post.planned_at == datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


def test_only_those_who_publish_may_move_and_nobody_elses_posts(clinic, other_clinic, planned):
    post = planned("Mine", NOW + timedelta(days=3))
    form = {"id": str(post.pk), "day": "2026-11-20"}
    assert signed_in(clinic.member("viewer")).post(reverse("planning:move"), form).status_code == 403
    assert signed_in(other_clinic.member("author")).post(reverse("planning:move"), form).status_code == 404


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["sent", "sent"], "sent"),
        (["sent", "waiting"], "partly"),
        (["sent", "failed"], "failed"),
        (["waiting", "waiting"], "waiting"),
        (["held", "waiting"], "held"),
        (["cancelled"], "agreed"),
        ([], "agreed"),
    ],
)
def test_the_gravest_of_what_became_of_it_is_shown(states, shown):
    assert state_of("agreed", states) == shown


def test_what_is_public_is_shown_and_cannot_be_dragged(desk, agreed, author, became):
    post = plan_post(agreed("Out there"), at=NOW + timedelta(days=1), by=author)
    variant = post.variants.get()
    became({variant.pk: Leaving("sent", "Published", NOW)})
    page = html(desk.get(reverse("planning:calendar")))
    assert "Published: Out there" in page
    assert f'data-move="{post.pk}"' not in page


def test_many_at_once_tells_what_was_done_and_what_was_refused(desk, planned, write):
    good, bad = planned("Good", NOW + timedelta(days=3)), write("No time yet")
    form = {
        "post": [str(good.pk), str(bad.pk)],
        "do": "shift",
        "days": "7",
        "back": reverse("planning:posts"),
    }
    page = html(desk.post(reverse("planning:many"), form, follow=True))
    assert "Done for 1 post." in page
    assert "“No time yet”" in page
    good.refresh_from_db()
    assert good.planned_at == NOW + timedelta(days=10)
    for wrong in ({"do": "shift", "days": "x"}, {"do": "tag"}, {"do": "plan"}, {"do": "nonsense"}):
        assert desk.post(reverse("planning:many"), {"post": [str(good.pk)], **wrong}).status_code == 302
    away = desk.post(reverse("planning:many"), {"do": "tag", "tag": "x", "back": "https://evil.example/"})
    assert away.headers["Location"] == reverse("planning:posts")


def test_empty_pages_teach(desk):
    assert "Nothing here yet" in html(desk.get(reverse("planning:posts")))
    assert "No campaigns yet" in html(desk.get(reverse("planning:campaigns")))


def test_campaigns_are_begun_changed_and_put_away(desk):
    form = {"name": "Flu", "goal": "", "starts_on": "2026-11-10", "ends_on": "2026-11-01"}
    answer = desk.post(reverse("planning:campaigns"), form)
    assert answer.status_code == 422
    assert "ends before it begins" in html(answer)
    desk.post(reverse("planning:campaigns"), form | {"ends_on": "2026-11-20"})
    campaign = Campaign.objects.get()
    url = reverse("planning:campaign", args=[campaign.pk])
    desk.post(url, form | {"name": "Flu shots", "ends_on": "2026-11-21"})
    assert "Flu shots" in html(desk.get(reverse("planning:campaigns")))
    desk.post(reverse("planning:archive_campaign", args=[campaign.pk]))
    assert "Flu shots" not in html(desk.get(reverse("planning:campaigns")))


def test_queue_times_are_added_and_removed(desk, channel, other_clinic, author):
    url = reverse("planning:add_slot", args=[channel.pk])
    desk.post(url, {"weekday": "2", "time": "12:30"})
    slot = QueueSlot.objects.get()
    assert (slot.weekday, slot.time) == (2, time(12, 30))
    assert "has that time already" in html(desk.post(url, {"weekday": "2", "time": "12:30"}, follow=True))
    assert "Choose a day of the week" in html(desk.post(url, {"weekday": "9", "time": "x"}, follow=True))
    foreign = channel_of(other_clinic, "Hilltop")
    assert (
        desk.post(
            reverse("planning:add_slot", args=[foreign.pk]), {"weekday": "2", "time": "9:00"}
        ).status_code
        == 404
    )
    foreign_slot = add_slot(foreign, weekday=1, at=time(9), by=other_clinic.administrator)
    assert desk.post(reverse("planning:remove_slot", args=[foreign_slot.pk])).status_code == 404
    desk.post(reverse("planning:remove_slot", args=[slot.pk]))
    assert not channel.queue_slots.exists()


@pytest.mark.parametrize("page", ["calendar", "posts"])
def test_more_posts_ask_no_more_queries(
    desk, planned, channel, second_channel, page, django_assert_max_num_queries
):
    for number in range(3):
        planned(f"Post {number}", NOW + timedelta(days=number + 1), on=[channel, second_channel])
    desk.get(reverse(f"planning:{page}"))
    with django_assert_max_num_queries(40) as few:
        desk.get(reverse(f"planning:{page}"))
    for number in range(12):
        planned(f"Post {number}", NOW + timedelta(days=number + 1, hours=1), on=[channel, second_channel])
    with django_assert_max_num_queries(len(few)):
        desk.get(reverse(f"planning:{page}"))


def test_observances_fall_on_the_right_days():
    days = observances.days_of(2026)
    assert days[date(2026, 11, 26)] == "Thanksgiving Day"
    assert days[date(2026, 5, 25)] == "Memorial Day"
    assert days[date(2026, 2, 6)] == "National Wear Red Day"
    assert days[date(2026, 1, 19)] == "Martin Luther King Jr. Day"
