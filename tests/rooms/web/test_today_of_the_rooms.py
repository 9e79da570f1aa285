"""Today as the rooms fill it: what needs a member, what goes out, and what it costs to ask."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.fixtures.signed_in import signed_in

from bedside.approvals.actions import decide
from bedside.approvals.queries import latest_request
from bedside.foundation import clock
from bedside.people.models import Member, Organization
from bedside.people.notices import notify
from bedside.planning.actions import submit_post
from bedside.planning.models import Post
from bedside.web.today import items_for

# Late in the evening in Chicago: the day there and the day in UTC differ.
EVENING = datetime(2026, 11, 11, 3, 30, tzinfo=UTC)


FIRST_STEPS = ["Connect a channel", "Invite somebody who signs", "Name your clinicians"]


def titles(member, section="needs_me"):
    return [item.title for item in items_for(member)[section]]


@pytest.fixture
def publisher(clinic):
    return clinic.member("brand_approver")


def test_a_post_that_waits_for_my_signature_needs_me_and_not_its_author(clinic, author, write):
    submit_post(write("Flu shots are here on Monday."), by=author)
    assert titles(clinic.member("brand_approver")) == ["Flu shots are here on Monday."]
    assert titles(clinic.member("viewer")) == titles(author) == []


def test_a_signature_that_was_given_needs_nobody_any_more(clinic, author, write, publisher):
    post = submit_post(write(), by=author)
    decide(latest_request("post", post.pk), by=publisher, says="sign")
    assert titles(publisher) == []


def test_a_post_that_came_back_stands_on_its_authors_page_until_it_is_sent_again(
    clinic, author, write, publisher, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post = submit_post(write("Flu shots are here on Monday."), by=author)
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("post", post.pk), by=publisher, says="change", words="Name the day.")
    (item,) = items_for(author)["needs_me"]
    assert "asks for a change" in item.sentence
    post.refresh_from_db()
    submit_post(post, by=author)
    assert titles(author) == []


def test_a_draft_that_the_guard_stops_says_why_to_its_author_alone(clinic, author, write):
    write("Maria Lopez, SSN 219-09-9999, was here for her diabetes.")
    (item,) = items_for(author)["needs_me"]
    assert "guard stops" in item.sentence
    assert titles(clinic.member("author", "Somebody Else")) == []


def test_a_harmless_draft_needs_nobody(author, write):
    write("Flu shots are here.")
    assert titles(author) == []


def test_trouble_on_the_way_out_needs_those_who_publish_the_worst_first(clinic, deliver, publisher):
    now = clock.now()
    deliver("held", now, excerpt="one", reason="Sending is stopped.")
    deliver("failed", now, excerpt="two", reason="The network refused it.")
    deliver("unsure", now, excerpt="three", reason_code="needs_person")
    deliver("unsure", now, excerpt="still being looked up", reason_code="unsure")
    deliver("sent", now, excerpt="well")
    assert [title.split(": ")[1] for title in titles(publisher)] == ["three", "two", "one"]
    assert titles(clinic.member("viewer")) == []


def test_a_writer_without_the_power_to_publish_sees_the_trouble_of_their_own_posts(
    clinic, author, write, deliver
):
    mine = write("Mine.").variants.get()
    deliver("failed", clock.now(), excerpt="mine", subject_id=mine.pk)
    deliver("failed", clock.now(), excerpt="another's")
    author.role.powers = ["view", "write"]
    author.role.save()
    assert titles(author) == ["Not published: mine"]


def test_trouble_of_last_season_is_left_to_the_ledger(deliver, publisher):
    deliver("failed", clock.now() - timedelta(days=31))
    assert titles(publisher) == []


def test_what_goes_out_is_counted_by_the_organizations_day(deliver, publisher):
    with clock.at(EVENING):
        deliver("waiting", EVENING + timedelta(hours=2), excerpt="tonight, tomorrow in London")
        deliver("waiting", EVENING + timedelta(hours=3), excerpt="after midnight in Chicago")
        deliver("sent", EVENING - timedelta(hours=10), excerpt="this morning")
        deliver("sent", EVENING - timedelta(hours=22), excerpt="yesterday")
        deliver("cancelled", EVENING + timedelta(hours=1), excerpt="cancelled")
        assert titles(publisher, "goes_out") == ["this morning", "tonight, tomorrow in London"]


def test_a_post_planned_for_today_that_nobody_signed_is_named(author, write):
    with clock.at(EVENING):
        Post.objects.filter(pk=write("Flu shots.").pk).update(planned_at=EVENING + timedelta(minutes=30))
        (item,) = items_for(author)["goes_out"]
    assert "Does not leave" in item.sentence


def test_a_notice_can_be_put_down_on_the_page(clinic, author):
    notify([author], kind="training", sentence="Your training lapses on Friday.", url="/people/account")
    browser = signed_in(author)
    page = browser.get("/").content.decode()
    assert "Your training lapses on Friday." in page
    (item,) = items_for(author)["needs_me"]
    assert browser.post(item.done_url, {"stay": "1"}).headers["Location"] == "/"
    assert titles(author) == []


def test_nothing_of_another_organization_is_shown(other_clinic, author, write, deliver):
    submit_post(write(), by=author)
    deliver("failed", clock.now())
    other = other_clinic.administrator
    assert {kind: len(items) for kind, items in items_for(other).items() if items} == {"needs_me": 3}
    assert titles(other) == FIRST_STEPS


def test_a_new_organization_is_led_to_what_its_first_post_needs(clinic, channel):
    boss = clinic.administrator
    assert titles(boss) == FIRST_STEPS[1:], "a channel is connected"
    clinic.member("brand_approver")
    assert titles(boss) == FIRST_STEPS[2:]
    clinic.organization.clinicians.create(full_name="Ana Lee")
    assert titles(boss) == []


def test_who_works_alone_or_may_not_change_it_is_not_told_to_invite(clinic):
    Organization.objects.update(allows_solo_clearance=True)
    assert "Invite somebody who signs" not in titles(Member.objects.get(pk=clinic.administrator.pk))
    assert titles(clinic.member("author")) == []


def test_a_page_costs_the_same_however_much_there_is(clinic, author, write, deliver):
    administrator = clinic.administrator
    browser = signed_in(administrator)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get("/").status_code == 200
        return len(asked)

    submit_post(write("One."), by=author)
    deliver("failed", clock.now())
    few = cost()
    for number in range(5):
        submit_post(write(f"Number {number} of them."), by=author)
        deliver("failed", clock.now())
        deliver("waiting", clock.now() + timedelta(minutes=number))
    assert cost() <= few
    assert few <= 30
