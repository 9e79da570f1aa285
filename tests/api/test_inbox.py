"""A program at the inbox beyond answering: reading, checking words before they are saved, saved replies."""

from tests.api.test_desk import CLEAN, channel, conversation

from bedside.audit.models import Record
from bedside.inbox.models import Reply
from bedside.rules.models import Waiver

__all__ = ["channel", "conversation"]


def test_words_are_checked_as_an_answer_and_nothing_is_saved(program, clinic, conversation):
    moderator, path = program(clinic, "moderator"), f"/conversations/{conversation.pk}/check"
    found = moderator.call("POST", path, {"text": CLEAN}).json()
    assert (found["decision"], found["findings"], found["problems"]) == ("allow", [], [])
    assert found["used"] == len(CLEAN)
    stopped = moderator.call(
        "POST", path, {"text": "Thank you for choosing us for your knee surgery, Pat!"}
    ).json()
    assert stopped["decision"] == "block"
    assert "Shorten by" in moderator.call("POST", path, {"text": "x " * 600}).json()["problems"][0]
    assert not Reply.objects.exists()


def test_a_conversation_is_found_unread_and_read(program, clinic, conversation):
    moderator = program(clinic, "moderator")
    conversation.is_unread = True
    conversation.save()
    assert len(moderator.call("GET", "/conversations?is_unread=true&kind=reply").json()["items"]) == 1
    assert moderator.call("POST", f"/conversations/{conversation.pk}/read").json()["is_unread"] is False
    assert moderator.call("GET", "/conversations?is_unread=true").json()["items"] == []
    assert Record.objects.get(verb="conversation.read").actor_kind == "token"
    assert (
        moderator.call("GET", f"/conversations?assigned_to={clinic.administrator.pk}").json()["items"] == []
    )


def test_it_is_asked_that_a_finding_in_the_saved_answer_pass(program, clinic, conversation):
    moderator, path = program(clinic, "moderator"), f"/conversations/{conversation.pk}"
    asked = {"rule": "claim-cure-or-guarantee", "reason": "The label says so."}
    assert moderator.call("POST", f"{path}/waivers", asked).json()["code"] == "no_answer"
    moderator.call(
        "PUT", f"{path}/answer", {"text": "Our new treatment is guaranteed to cure your migraine."}
    )
    made = moderator.call("POST", f"{path}/waivers", asked)
    assert (made.status_code, made.json()["subject_kind"]) == (201, "conversation")
    assert str(clinic.member("moderator").pk) in Waiver.objects.get().authors


def test_a_saved_reply_is_kept_changed_and_put_away(program, clinic):
    moderator = program(clinic, "moderator")
    taken = moderator.call("POST", "/saved-replies/starter-set")
    assert (taken.status_code, len(taken.json())) == (201, 9)
    assert moderator.call("POST", "/saved-replies/starter-set").json() == []
    made = moderator.call(
        "POST", "/saved-replies", {"title": "Parking", "text": "Park behind us.", "place": 1}
    )
    assert made.status_code == 201
    path = f"/saved-replies/{made.json()['id']}"
    changed = moderator.call("PUT", path, {"title": "Parking", "text": "Park in front.", "language": "es"})
    assert (changed.json()["text"], changed.json()["place"]) == ("Park in front.", 1)
    assert moderator.call("GET", "/saved-replies").json()[0] in (changed.json(), taken.json()[0])
    assert moderator.call("POST", f"{path}/archive").status_code == 204
    assert moderator.call("POST", f"{path}/archive").status_code == 404
    blank = moderator.call("POST", "/saved-replies", {"title": " ", "text": "x"})
    assert (blank.status_code, blank.json()["field"]) == (422, "title")
    assert Record.objects.filter(object_kind="saved_reply", actor_kind="token").count() == 3


def test_another_organizations_are_not_there_and_the_power_is_needed(
    program, clinic, other_clinic, conversation
):
    made = (
        program(clinic, "moderator").call("POST", "/saved-replies", {"title": "Ours", "text": "Ours."}).json()
    )
    theirs, text = program(other_clinic, "moderator"), {"text": CLEAN}
    for method, path, body in (
        ("PUT", f"/saved-replies/{made['id']}", {"title": "x", "text": "x"}),
        ("POST", f"/saved-replies/{made['id']}/archive", None),
        ("POST", f"/conversations/{conversation.pk}/read", None),
        ("POST", f"/conversations/{conversation.pk}/check", text),
        ("POST", f"/conversations/{conversation.pk}/waivers", {"rule": "x", "reason": "x"}),
    ):
        assert theirs.call(method, path, body).status_code == 404
        assert program(clinic, "author").call(method, path, body).status_code == 403
    assert theirs.call("GET", "/saved-replies").json() == []
