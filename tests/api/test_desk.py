"""What a program does at the desk, from pictures to answers; where a person has to read, it stands in for nobody."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.fixtures.clinic import Clinic

from bedside.approvals.queries import latest_request
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.inbox.models import Contact, Conversation, Message
from bedside.library.files import captions_of
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.people.directory import save_organization
from bedside.people.tokens import make_token
from bedside.planning.actions import create_post, submit_post
from bedside.planning.checklist import QUESTIONS
from bedside.planning.content import Content, Wording
from bedside.planning.models import Post
from bedside.publishing.models import Delivery

FIXTURES = Path(__file__).parents[1] / "fixtures"
CLEAN = "We are open until five. Please call us for anything personal."


@pytest.fixture
def channel(clinic) -> Channel:
    return Channel.objects.create(
        organization=clinic.organization,
        network="practice",
        remote_id="riverside",
        handle="riverside",
        name="Riverside",
        connected_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def conversation(clinic, channel) -> Conversation:
    """Pat asks something below a post."""
    now, mine = clock.now(), {"organization": clinic.organization, "channel": channel}
    pat = Contact.objects.create(**mine, remote_id="pat", name="Pat", first_seen_at=now)
    asked = Conversation.objects.create(
        **mine, contact=pat, root_remote_id="1", kind="reply", began_at=now, last_message_at=now
    )
    Message.objects.create(
        **mine,
        conversation=asked,
        direction="in",
        kind="reply",
        remote_id="2",
        text="When are you open?",
        at=now,
    )
    return asked


def png(name: str = "door.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def draft(clinic: Clinic, channel: Channel) -> Post:
    content = Content(text="Flu shots are here.", wordings={channel.pk: Wording()})
    return create_post(by=clinic.member("author"), content=content)


class TestTheLibrary:
    def test_a_picture_comes_in_is_described_and_put_away(self, program, clinic):
        author = program(clinic, "author")
        made = author.client.post("/api/v1/assets", {"file": png()})
        assert made.status_code == 201
        path = f"/assets/{made.json()['id']}"
        assert author.call("PUT", path, {"name": "Front door", "alt_text": "A teal door"}).status_code == 200
        assert author.call("GET", "/assets?words=teal").json()["items"][0]["name"] == "Front door"
        assert author.call("POST", f"{path}/archive").json()["archived_at"]
        assert author.call("GET", "/assets").json()["items"] == []
        assert author.call("POST", f"{path}/restore").json()["archived_at"] is None

    def test_a_film_gets_its_subtitles(self, program, clinic):
        author = program(clinic, "author")
        film = SimpleUploadedFile("ward.mp4", (FIXTURES / "ward.mp4").read_bytes())
        made = author.client.post("/api/v1/assets", {"file": film}).json()
        path = f"/api/v1/assets/{made['id']}/captions"
        srt = b"1\n00:00:01,000 --> 00:00:03,000\nWelcome.\n"
        assert author.client.post(path, {"file": SimpleUploadedFile("a.srt", srt)}).status_code == 200
        assert b"Welcome." in captions_of(Asset.objects.get())
        wrong = author.client.post(path, {"file": SimpleUploadedFile("a.srt", b"words")})
        assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_kind")

    def test_what_is_no_picture_or_too_large_gets_a_sentence(self, program, clinic, settings):
        author = program(clinic, "author")
        wrong = author.client.post("/api/v1/assets", {"file": SimpleUploadedFile("door.png", b"nothing")})
        assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_kind")
        settings.BEDSIDE_MAX_UPLOAD_BYTES = 50
        assert author.client.post("/api/v1/assets", {"file": png()}).status_code == 413

    def test_another_organizations_picture_is_not_there(self, program, clinic, other_clinic):
        made = program(other_clinic, "author").client.post("/api/v1/assets", {"file": png()}).json()
        author = program(clinic, "author")
        for method, path in (("GET", ""), ("POST", "/archive"), ("POST", "/restore")):
            assert author.call(method, f"/assets/{made['id']}{path}").status_code == 404


class TestTheInbox:
    def test_a_conversation_is_read_answered_and_sent_off(self, program, clinic, conversation):
        moderator, path = program(clinic, "moderator"), f"/conversations/{conversation.pk}"
        assert moderator.call("GET", "/conversations?state=open").json()["items"][0]["contact"] == "Pat"
        assert moderator.call("GET", path).json()["messages"][0]["text"] == "When are you open?"
        written = moderator.call("PUT", f"{path}/answer", {"text": CLEAN}).json()
        assert (written["state"], written["revision"]) == ("draft", 1)
        sent = moderator.call("POST", f"{path}/answer/send").json()
        assert sent["state"] == "agreed"
        assert Delivery.objects.get().state == "waiting"
        assert moderator.call("POST", f"/answers/{sent['id']}/take-back").json()["state"] == "draft"
        assert moderator.call("POST", f"/answers/{sent['id']}/withdraw").json()["state"] == "withdrawn"
        assert moderator.call("POST", f"{path}/answer/send").json()["code"] == "no_answer"

    def test_an_answer_that_the_guard_stops_does_not_leave(self, program, clinic, conversation):
        moderator, path = program(clinic, "moderator"), f"/conversations/{conversation.pk}"
        moderator.call("PUT", f"{path}/answer", {"text": "Your SSN 219-09-9999 is on file."})
        assert moderator.call("POST", f"{path}/answer/send").json()["code"] == "guard_stops"
        assert not Delivery.objects.exists()

    def test_a_conversation_is_given_closed_and_opened_again(self, program, clinic, conversation):
        moderator, path = program(clinic, "moderator"), f"/conversations/{conversation.pk}"
        me = str(clinic.member("moderator").pk)
        assert moderator.call("PUT", f"{path}/assignee", {"member": me}).json()["assigned_to"] == me
        assert moderator.call("PUT", f"{path}/assignee", {"member": None}).json()["assigned_to"] is None
        assert moderator.call("POST", f"{path}/close").json()["state"] == "closed"
        assert moderator.call("POST", f"{path}/reopen").json()["state"] == "open"

    def test_who_may_not_answer_reads_nothing(self, program, clinic, other_clinic, conversation):
        assert program(clinic, "viewer").call("GET", "/conversations").status_code == 403
        theirs = program(other_clinic, "moderator")
        assert theirs.call("GET", "/conversations").json()["items"] == []
        message = conversation.messages.get().pk
        for method, path, body in (
            ("GET", f"/conversations/{conversation.pk}", None),
            ("PUT", f"/conversations/{conversation.pk}/answer", {"text": CLEAN}),
            ("POST", f"/conversations/{conversation.pk}/close", None),
            ("PUT", f"/messages/{message}/visibility", {"is_hidden": True}),
        ):
            assert theirs.call(method, path, body).status_code == 404


def test_a_campaign_is_begun_changed_and_posts_belong_to_it(program, clinic, channel):
    author, post = program(clinic, "author"), draft(clinic, channel)
    days = {"starts_on": "2026-10-01", "ends_on": "2026-12-01"}
    made = author.call("POST", "/campaigns", {"name": "Flu", **days}).json()
    labelled = author.call("PUT", f"/posts/{post.pk}/labels", {"campaign": made["id"], "tags": ["Flu"]})
    assert labelled.status_code == 200
    assert str(Post.objects.get().campaign_id) == made["id"]
    backwards = {"name": "Flu", "starts_on": "2026-10-02", "ends_on": "2026-10-01"}
    answer = author.call("PUT", f"/campaigns/{made['id']}", backwards)
    assert (answer.status_code, answer.json()["field"]) == (422, "ends_on")
    counted = author.call("PUT", f"/campaigns/{made['id']}", {"name": "Flu", **days, "starts_on": 0})
    assert (counted.status_code, counted.json()["field"]) == (422, "starts_on")
    assert author.call("POST", f"/campaigns/{made['id']}/archive").json()["archived_at"]


@pytest.mark.parametrize("at", ["2027-01-04T09:00:00", "soon", "1799000000", 1799000000])
def test_a_time_without_its_zone_is_told_at_its_field(program, clinic, channel, at):
    author, post = program(clinic, "author"), draft(clinic, channel)
    answer = author.call("POST", f"/posts/{post.pk}/plan", {"at": at})
    assert (answer.status_code, answer.json()["field"]) == (422, "at")
    moved = author.call("POST", f"/deliveries/{post.pk}/move", {"at": at})
    assert (moved.status_code, moved.json()["field"]) == (422, "at")


def test_a_key_cannot_clear_a_post_alone(program, clinic, channel):
    save_organization(clinic.organization, changes={"allows_solo_clearance": True}, by=clinic.administrator)
    post, author = draft(clinic, channel), clinic.member("author")
    made, _secret = make_token(name="Robot", powers=author.powers, by=author)
    with pytest.raises(Refusal) as refused:
        submit_post(post, by=made.acting_member(), checklist=dict.fromkeys(QUESTIONS, True))
    assert refused.value.code == "needs_a_person"
    sent = program(clinic, "author").call("POST", f"/posts/{post.pk}/submit")
    assert sent.json()["state"] == "submitted", "somebody else is asked"
    assert program(clinic, "author").call("POST", f"/posts/{post.pk}/reopen").json()["state"] == "draft"


def test_a_remark_reaches_the_request_and_deleting_needs_something_public(program, clinic, channel):
    post = submit_post(draft(clinic, channel), by=clinic.member("author"))
    request = latest_request("post", post.pk)
    said = program(clinic, "author").call(
        "POST", f"/requests/{request.pk}/remarks", {"text": "Soon, please."}
    )
    assert (said.status_code, said.json()["text"]) == (201, "Soon, please.")
    viewer, remarks = program(clinic, "viewer"), f"/requests/{request.pk}/remarks"
    assert viewer.call("POST", remarks, {"text": "Me too."}).status_code == 403
    waiting = Delivery.objects.create(
        organization=clinic.organization,
        channel=channel,
        subject_kind="variant",
        subject_id=post.variants.get().pk,
        fingerprint="f",
        due_at=clock.now(),
        scheduled_at=clock.now(),
    )
    for everywhere in (True, False):
        body = {"because": "Wrong date.", "everywhere": everywhere}
        answer = program(clinic, "author").call("POST", f"/deliveries/{waiting.pk}/delete", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_public")
