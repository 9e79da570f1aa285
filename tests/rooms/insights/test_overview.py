"""The overview: few numbers with their bases, honest about too little, filtered by its address, quick always."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import channel, channel_of

from bedside.foundation import clock
from bedside.insights.figures import figures_of, sums_for
from bedside.insights.forms import NumbersForm
from bedside.insights.models import Day, Result
from bedside.insights.wanted import Wanted
from bedside.planning.actions import create_post
from bedside.planning.content import Content, Wording
from bedside.planning.models import Campaign, Post
from bedside.publishing.models import Delivery, Receipt

__all__ = ["channel"]

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def it_is_friday():
    with clock.at(NOW):
        yield


@pytest.fixture
def analyst(clinic):
    return clinic.member("analyst")


@pytest.fixture
def measured(clinic, channel):
    """`measured(days ago, likes=3)`: a post published and read."""

    def make(ago: int = 0, *, text="Flu shots.", on=None, post=None, campaign=None, **numbers) -> Result:
        at, where = NOW - timedelta(days=ago, hours=1), on or channel
        wordings = {where.pk: Wording()}
        post = post or create_post(by=clinic.member("author"), content=Content(text=text, wordings=wordings))
        if campaign:
            Post.objects.filter(pk=post.pk).update(campaign=campaign)
        delivery = Delivery.objects.create(
            organization=clinic.organization,
            channel=where,
            subject_kind="variant",
            subject_id=uuid4(),
            excerpt=text,
            fingerprint="x",
            state="sent",
            due_at=at,
            scheduled_at=at,
        )
        Receipt.objects.create(delivery=delivery, remote_id=str(delivery.pk), accepted_at=at)
        known = [numbers[name] for name in ("likes", "shares", "replies") if name in numbers]
        return Result.objects.create(
            delivery=delivery,
            organization=clinic.organization,
            channel=where,
            post=post,
            sent_at=at,
            sent_on=at.date(),
            read_at=NOW,
            reactions=sum(known) if known else None,
            **numbers,
        )

    return make


def figures(member, **wanted):
    asked = Wanted(until=TODAY, **wanted)
    return {figure.key: figure for figure in figures_of(asked, sums_for(member, asked))}


def test_a_post_on_two_channels_is_one_post_and_two_publications(clinic, analyst, measured):
    first = measured(likes=1)
    measured(post=first.post, on=channel_of(clinic, "Sky", "bluesky"), likes=2)
    found = figures(analyst)["posts"]
    assert (found.value, found.base) == ("1", "2 publications on channels")


def test_a_number_for_each_post_is_not_given_below_five(analyst, measured):
    for _number in range(4):
        measured(likes=3)
    assert figures(analyst)["reactions_per_post"].value is None
    measured(likes=3, shares=5)
    found = figures(analyst)["reactions_per_post"]
    assert (found.value, found.base) == ("4.0", "20 reactions to 5 publications")


def test_posts_whose_numbers_are_unknown_are_no_part_of_the_rate(analyst, measured):
    for _number in range(5):
        measured(likes=2)
    measured()
    assert figures(analyst)["reactions_per_post"].value == "2.0"


def test_only_the_days_of_the_period_count_both_ends_included(analyst, measured):
    for ago in (0, 27, 28, 55, 56):
        measured(ago)
    found = figures(analyst, days=28)["posts"]
    assert (found.value, found.change) == ("2", "as in the 28 days before")


def test_the_comparison_is_told_in_words_and_only_where_something_was_before(analyst, measured):
    measured(0)
    assert figures(analyst, days=7)["posts"].change == ""
    measured(8)
    measured(1)
    found = figures(analyst, days=7)["posts"]
    assert (found.change, found.direction) == ("1 more than in the 7 days before", "up")


def test_what_people_wrote_is_added_up_from_the_days(clinic, analyst, channel):
    for ago, (received, settled, answered) in enumerate([(4, 1, 1), (6, 6, 3), (2, 2, 2)]):
        Day.objects.create(
            organization=clinic.organization,
            channel=channel,
            on=TODAY - timedelta(days=ago),
            received=received,
            settled=settled,
            answered=answered,
            counted_at=NOW,
        )
    found = figures(analyst, days=7)
    assert found["received"].value == "12"
    assert (found["answered_within_a_day"].value, found["answered_within_a_day"].base) == (
        "66",
        "6 of 9 messages",
    )


def test_what_was_not_counted_is_not_zero(analyst, channel):
    found = figures(analyst)
    assert found["received"].value is found["answered_within_a_day"].value is None
    assert found["followers"].value is None


def test_followers_are_the_latest_of_each_channel_and_compared_with_the_same_channels(
    clinic, analyst, channel
):
    def followers(where, ago, number):
        on = TODAY - timedelta(days=ago)
        of = {"organization": clinic.organization, "channel": where, "followers_at": NOW}
        Day.objects.create(on=on, followers=number, **of)

    followers(channel, 30, 100)
    followers(channel, 2, 110)
    assert figures(analyst)["followers"].change == "10 more than in the 28 days before"
    followers(channel_of(clinic, "Sky", "bluesky"), 1, 500)
    found = figures(analyst)["followers"]
    assert (found.value, found.base, found.change) == ("610", "on 2 channels", "")


def test_a_campaign_has_its_posts_alone_and_no_messages(clinic, analyst, measured):
    of = {"starts_on": TODAY, "ends_on": TODAY}
    campaign = Campaign.objects.create(organization=clinic.organization, name="Flu", **of)
    measured(campaign=campaign)
    measured()
    found = figures(analyst, campaign=campaign.pk)
    assert found["posts"].value == "1"
    assert set(found) == {"posts", "reactions_per_post"}


def test_the_table_stands_in_the_order_that_was_asked_for(analyst, measured):
    measured(3, text="few", likes=1)
    measured(2, text="many", likes=9, replies=0)
    measured(1, text="talk", replies=5)
    page = signed_in(analyst).get("/insights/").content.decode()
    assert page.index("many") < page.index("talk") < page.index("few")
    page = signed_in(analyst).get("/insights/?order=newest").content.decode()
    assert page.index("talk") < page.index("many") < page.index("few")


def test_a_post_whose_numbers_nobody_knows_stands_last(analyst, measured):
    measured(1, text="unknown")
    measured(2, text="counted", likes=0)
    page = signed_in(analyst).get("/insights/").content.decode()
    assert page.index("counted") < page.index("unknown")


def test_a_meddled_address_shows_the_usual(analyst, measured):
    measured()
    asked = {"days": "100000", "channel": "x", "campaign": str(uuid4()), "order": "pk; drop", "page": "-7"}
    assert NumbersForm(asked, member=analyst).wanted() == Wanted(until=TODAY)
    assert signed_in(analyst).get("/insights/", asked).status_code == 200


def test_an_address_that_asks_for_nothing_is_no_mistake(analyst):
    form = NumbersForm({}, member=analyst)
    assert form.wanted() == Wanted(until=TODAY)
    assert form.errors == {}


def test_an_empty_house_says_what_will_stand_here(analyst):
    assert "No numbers yet" in signed_in(analyst).get("/insights/").content.decode()


def test_the_file_has_every_row_and_no_formula(analyst, measured):
    measured(text='=HYPERLINK("https://evil.example")', likes=3)
    measured(1, text="Flu, “shots”")
    answer = signed_in(analyst).get("/insights/posts.csv?days=7")
    lines = b"".join(answer).decode().splitlines()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="posts-2026-11-14-2026-11-20.csv"'
    assert lines[0].startswith("Published,Channel,Network,Post,Reactions,Views,Likes")
    assert "\"'=HYPERLINK(" in lines[1]
    assert ',"Flu, “shots”",,,,,' in lines[2]


def test_numbers_are_for_those_who_measure_and_nobody_elses(clinic, other_clinic, measured):
    result = measured(text="Ours alone", likes=2)
    author = signed_in(clinic.member("author"))
    assert author.get("/insights/").status_code == author.get("/insights/posts.csv").status_code == 403
    assert author.get(f"/insights/posts/{result.post_id}").status_code == 200
    stranger = signed_in(other_clinic.administrator)
    assert stranger.get(f"/insights/posts/{result.post_id}").status_code == 404
    assert "Ours alone" not in stranger.get("/insights/").content.decode()
    assert "Ours alone" not in b"".join(stranger.get("/insights/posts.csv")).decode()


def test_the_page_costs_the_same_however_much_there_is(analyst, measured):
    browser = signed_in(analyst)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/insights/").status_code == 200
        return len(asked)

    measured(40)
    measured()
    few = cost()
    for ago in range(20):
        measured(ago, likes=ago)
    assert cost() <= few
    assert few <= 30


def test_a_difference_is_between_the_numbers_that_are_shown(clinic, analyst, channel, measured):
    measured(40)
    for ago, answered in ((1, 408), (30, 417)):
        Day.objects.create(
            organization=clinic.organization,
            channel=channel,
            on=TODAY - timedelta(days=ago),
            received=1000,
            settled=1000,
            answered=answered,
            counted_at=NOW,
        )
    assert figures(analyst)["answered_within_a_day"].change == "1 point less than in the 28 days before"
