"""The inbox's pages through the web: reading, filtering, answering and tending, with and without script."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.fixtures.clinic import Clinic
from tests.rooms.inbox.crowd import fill

from bedside.foundation import clock
from bedside.inbox.models import Contact, Conversation, Reply
from bedside.people.models import Member
from bedside.publishing.models import Delivery


@pytest.fixture(autouse=True)
def without_second_factor(clinic: Clinic) -> None:
    """Signing in is tried elsewhere."""
    clinic.organization.requires_second_factor = False
    clinic.organization.save()


@pytest.fixture
def sign_in(client):
    def as_member(member: Member):
        client.force_login(member.user)
        return client

    return as_member


@pytest.fixture
def desk(town, sign_in):
    """A browser in which the moderator is signed in."""
    return sign_in(town.moderator)


def page_of(conversation: Conversation, name: str = "conversation") -> str:
    return reverse(f"inbox:{name}", args=[conversation.pk])


def test_the_list_shows_the_urgent_first_each_with_its_reason(town, desk):
    post = town.post()
    town.comment(post, "Thank you all", name="Kim")
    town.comment(post, "My baby can't breathe", name="Lee")
    town.comment(post, "Are you open?", name="Pat")
    town.listen()
    shown = desk.get("/inbox/").content.decode()
    places = [shown.index(name) for name in ("Lee", "Pat", "Kim")]
    assert places == sorted(places)
    assert "Possible emergency" in shown


def test_an_empty_inbox_says_so_kindly(town, desk):
    assert "All answered" in desk.get("/inbox/").content.decode()


def test_opening_a_conversation_shows_it_and_marks_it_read(town, desk):
    conversation = town.heard("When are you open?")
    shown = desk.get(page_of(conversation)).content.decode()
    assert "When are you open?" in shown
    conversation.refresh_from_db()
    assert not conversation.is_unread


def test_a_conversation_below_a_post_without_a_receipt_can_still_be_opened(town, desk):
    conversation = town.heard("When are you open?")
    conversation.delivery = Delivery.objects.create(
        organization=town.clinic.organization,
        channel=town.channel,
        subject_kind="variant",
        subject_id=uuid4(),
        excerpt="Flu shots are here.",
        fingerprint="sha256:x",
        state="unsure",
        due_at=clock.now(),
        scheduled_at=clock.now(),
    )
    conversation.save()
    answer = desk.get(page_of(conversation))
    assert answer.status_code == 200
    assert "Flu shots are here." in answer.content.decode()


def test_beside_the_list_the_conversation_comes_alone(town, desk):
    conversation = town.heard("When are you open?")
    answer = desk.get(page_of(conversation), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="conversation")
    shown = answer.content.decode()
    assert "When are you open?" in shown
    assert 'id="conversations"' not in shown
    assert "<title>Pat" in shown


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("?unread=1", 2),
        ("?mine=1", 0),
        ("?kind=review", 1),
        ("?kind=reply", 1),
        ("?priority=complaint", 1),
        ("?priority=urgent", 0),
        ("?state=closed", 0),
        ("?q=waited", 1),
        ("?q=Kim", 1),
        ("?q=nowhere", 0),
        ("?priority=nonsense&kind=nonsense&state=nonsense&channel=nonsense&after=nonsense", 2),
    ],
)
def test_the_address_says_what_is_shown(town, desk, query, count):
    town.comment(town.post(), "Are you open?", name="Kim")
    town.review(1, "I waited three hours", name="Pat")
    town.listen()
    rows = desk.get(f"/inbox/{query}").context["rows"]
    assert len(rows) == count


def test_a_channel_filters_the_list(town, desk):
    town.heard()
    other = town.house.channel("riverside-west")
    assert len(desk.get(f"/inbox/?channel={town.channel.pk}").context["rows"]) == 1
    assert len(desk.get(f"/inbox/?channel={other.pk}").context["rows"]) == 0


def test_pages_follow_each_other_without_gap_or_repetition(town, desk):
    fill([town.channel], 600)
    Conversation.objects.update(state="open", rank=20, reason="other")
    seen, url = [], "/inbox/"
    while url:
        context = desk.get(url).context
        seen += [row.conversation.pk for row in context["rows"]]
        url = context["next_url"]
    assert len(seen) == len(set(seen)) == 600


def test_the_list_takes_the_same_few_queries_however_long_it_is(town, desk, django_assert_max_num_queries):
    fill([town.channel], 30)
    desk.get("/inbox/")
    with django_assert_max_num_queries(16) as few:
        desk.get("/inbox/")
    Contact.objects.all().delete()
    fill([town.channel], 900)
    with django_assert_max_num_queries(16) as many:
        desk.get("/inbox/")
    assert len(few) == len(many)


def test_a_conversation_takes_the_same_few_queries_however_long_it_is(
    town, desk, django_assert_max_num_queries
):
    short, long = town.heard("Hello"), None
    for text in ("One?", "Two?", "Three?", "Four?"):
        town.comment(short.root_remote_id, text, name="Lee")
    town.listen()
    long = Conversation.objects.get(contact__name="Lee")
    for each in (short, long):
        desk.get(page_of(each))  # read, and its thread looked at
    with django_assert_max_num_queries(32) as few:
        desk.get(page_of(short))
    with django_assert_max_num_queries(32) as many:
        desk.get(page_of(long))
    assert len(few) == len(many)


def test_an_answer_is_sent_without_any_script(town, desk):
    conversation = town.heard()
    answered = desk.post(page_of(conversation, "answer"), {"text": "Until five.\r\nSee you."}, follow=True)
    assert "on its way" in answered.content.decode()
    assert Reply.objects.get().text == "Until five.\nSee you."
    assert Delivery.objects.get(subject_kind="reply").state == "waiting"


def test_a_stopped_answer_stays_on_screen_with_why(town, desk):
    conversation = town.heard()
    answered = desk.post(page_of(conversation, "answer"), {"text": "Your SSN 219-09-9999 is on file."})
    shown = answered.content.decode()
    assert answered.status_code == 422
    assert "Your SSN 219-09-9999 is on file." in shown
    assert 'class="finding"' in shown
    assert not Delivery.objects.exists()


def test_the_guard_watches_while_one_types_and_nothing_is_saved(town, desk):
    conversation = town.heard()
    shown = desk.post(
        page_of(conversation, "notes"), {"text": "Your SSN 219-09-9999."}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "219-09-9999" in shown
    assert "21 / 500" in shown
    assert not Reply.objects.exists()


def test_a_draft_is_saved_as_one_types_and_carries_its_revision(town, desk):
    conversation = town.heard()
    desk.post(page_of(conversation, "draft"), {"text": "Un"}, HTTP_HX_REQUEST="true")
    shown = desk.post(
        page_of(conversation, "draft"), {"text": "Until five", "revision": "1"}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert 'value="2"' in shown
    assert "Until five" in desk.get(page_of(conversation)).content.decode()


def test_somebody_elses_newer_draft_is_not_overwritten(town, sign_in):
    conversation = town.heard()
    client = sign_in(town.moderator)
    client.post(page_of(conversation, "draft"), {"text": "First"})
    other = sign_in(town.clinic.member("moderator", "Second Moderator"))
    other.post(page_of(conversation, "draft"), {"text": "Second", "revision": "1"})
    client = sign_in(town.moderator)
    answer = client.post(
        page_of(conversation, "draft"), {"text": "First again", "revision": "1"}, HTTP_HX_REQUEST="true"
    )
    assert answer.status_code == 409
    assert Reply.objects.get().text == "Second"


def test_a_safe_answer_is_put_in_without_script(town, desk):
    desk.post(reverse("inbox:starter_set"))
    conversation = town.heard()
    kept = desk.get(page_of(conversation)).context["answer"]["saved"][3][1]
    desk.post(page_of(conversation, "answer"), {"text": "Hello Pat.", "saved": str(kept.pk)})
    assert Reply.objects.get().text == f"Hello Pat.\n\n{kept.text}"
    assert Reply.objects.get().state == "draft"


def test_an_answer_is_taken_back_and_thrown_away(town, desk):
    conversation = town.heard()
    desk.post(page_of(conversation, "answer"), {"text": "Until five."})
    reply = Reply.objects.get()
    assert "Take back" in desk.get(page_of(conversation)).content.decode()
    desk.post(reverse("inbox:take_back", args=[reply.pk]))
    assert town.state_of(reply) == "draft"
    desk.post(reverse("inbox:throw_away", args=[reply.pk]))
    assert town.state_of(reply) == "withdrawn"


def test_closing_goes_on_with_the_next_conversation(town, desk):
    post = town.post()
    town.comment(post, "Are you open?", name="Kim")
    town.comment(post, "Do you take walk-ins?", name="Pat")
    town.listen()
    newest, older = [row.conversation for row in desk.get("/inbox/").context["rows"]]
    went = desk.post(page_of(newest, "close") + "?kind=reply")
    assert went.url == page_of(older) + "?kind=reply"
    assert desk.post(page_of(older, "close")).url == "/inbox/"
    desk.post(page_of(older, "reopen"))
    assert [row.conversation for row in desk.get("/inbox/").context["rows"]] == [older]


def test_a_conversation_is_taken_and_given_back(town, desk):
    conversation = town.heard()
    desk.post(page_of(conversation, "assign"), {"to": str(town.moderator.pk)})
    assert len(desk.get("/inbox/?mine=1").context["rows"]) == 1
    desk.post(page_of(conversation, "assign"), {"to": ""})
    assert len(desk.get("/inbox/?mine=1").context["rows"]) == 0


def test_a_comment_is_hidden_and_shown(town, desk):
    conversation = town.heard("Buy my pills")
    message = conversation.messages.get()
    desk.post(reverse("inbox:hide", args=[message.pk]))
    assert "Show again" in desk.get(page_of(conversation)).content.decode()
    desk.post(reverse("inbox:hide", args=[message.pk]))
    message.refresh_from_db()
    assert message.hidden_at is None


def test_another_organization_finds_nothing_anywhere(town, other_clinic, sign_in):
    other_clinic.organization.requires_second_factor = False
    other_clinic.organization.save()
    conversation = town.heard()
    client = sign_in(other_clinic.member("moderator"))
    assert client.get("/inbox/").context["rows"] == []
    assert client.get(page_of(conversation)).status_code == 404
    for name in ("notes", "draft", "answer", "close", "reopen", "assign"):
        assert client.post(page_of(conversation, name), {"text": "x"}).status_code == 404
    assert client.post(reverse("inbox:hide", args=[conversation.messages.get().pk])).status_code == 404


def test_a_viewer_is_told_which_power_is_missing(town, sign_in):
    conversation = town.heard()
    client = sign_in(town.clinic.member("viewer"))
    assert client.get("/inbox/").status_code == 403
    assert client.get(page_of(conversation)).status_code == 403


def test_safe_answers_are_kept_changed_and_put_away_on_their_page(town, desk):
    desk.post(reverse("inbox:saved"), {"title": "Hours", "text": "Until five.", "language": "en"})
    (kept,) = (each for _number, each in desk.get(reverse("inbox:saved")).context["saved"])
    url = reverse("inbox:change_saved", args=[kept.pk])
    desk.post(url, {"title": "Hours", "text": "Until six.", "language": "en"})
    assert "Until six." in desk.get(reverse("inbox:saved")).content.decode()
    assert desk.post(url, {"title": "", "text": "", "language": "en"}).status_code == 422
    desk.post(reverse("inbox:put_away", args=[kept.pk]))
    assert desk.get(reverse("inbox:saved")).context["saved"] == []


def test_an_answer_that_is_not_kept_says_so_and_is_not_cut(town, desk):
    conversation, book = town.heard(), "Until five. " * 1700
    assert (
        "maxlength"
        not in desk.get(page_of(conversation)).content.decode().partition('id="answer-text"')[2][:200]
    )
    assert (
        desk.post(page_of(conversation, "draft"), {"text": book}, HTTP_HX_REQUEST="true").status_code == 422
    )
    sentence = "This answer has 20,400 characters and is not saved. Bedside keeps up to 20,000"
    assert sentence in desk.post(page_of(conversation, "notes"), {"text": book}).content.decode()
    sent = desk.post(page_of(conversation, "answer"), {"text": book})
    assert sent.status_code == 422
    assert sentence in sent.content.decode()
    assert book.strip() in sent.content.decode()
    assert not Reply.objects.exists()
