"""What the shell shows of the inbox: badge, Today, search; and what is heard after something was published."""

from uuid import uuid4

from bedside.config import answers
from bedside.config.inbox_shown import badge, hits, today_items
from bedside.inbox.models import Conversation
from bedside.publishing.news import DeliverySent


def test_a_possible_emergency_needs_me_and_the_rest_came_in(town):
    town.heard("My baby can't breathe", name="Lee")
    town.heard("Are you open?", name="Pat")
    items = list(today_items(town.moderator))
    assert [(item.kind, item.tone) for item in items] == [("needs_me", "danger"), ("came_in", "quiet")]
    assert items[0].url == f"/inbox/{Conversation.objects.get(contact__name='Lee').pk}"


def test_today_shows_nobodys_name_or_words(town):
    town.heard("Xylophone question?", name="Zebulon")
    told = repr(list(today_items(town.moderator)))
    assert str(Conversation.objects.get().pk) in told
    assert "Xylophone" not in told
    assert "Zebulon" not in told


def test_the_badge_counts_open_conversations_for_those_who_answer(town):
    town.heard()
    assert badge(town.moderator) == 1
    assert badge(town.clinic.member("viewer")) == 0


def test_the_search_finds_people_by_the_beginning_of_their_name(town, other_clinic):
    town.heard(name="Zebulon Quist")
    (hit,) = hits(town.moderator, "zeb")
    assert hit.label == "Zebulon Quist"
    assert list(hits(town.clinic.member("viewer"), "zeb")) == []
    assert list(hits(other_clinic.member("moderator"), "zeb")) == []


def test_a_burst_of_posts_asks_for_one_reading(town, settings, django_capture_on_commit_callbacks):
    organization = uuid4()
    with django_capture_on_commit_callbacks() as asked:
        for _number in range(50):
            answers.after_sending(DeliverySent(uuid4(), organization, "variant", uuid4()))
    assert len(asked) == 1
