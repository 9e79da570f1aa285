"""What stands below a note of the guard beside an answer, and what its buttons do."""

import json
import re

import pytest
from django.urls import reverse
from tests.fixtures.signed_in import signed_in

from bedside.inbox.actions import send_reply, write_reply
from bedside.inbox.actions.answering import Stopped
from bedside.inbox.judgement import judge_reply
from bedside.rules.actions import decide_waiver, save_own_rule
from bedside.rules.models import CountedMaterial, Mark, Waiver

TEXT = "Ask for our tummy tuck at the front desk."
OWN = "own-pet-names"


@pytest.fixture
def pet_names(clinic):
    """A rule of the clinic's own that stops."""
    fields = {
        "title": "Pet names",
        "phrases": ["tummy tuck"],
        "why": "We do not sell operations by pet names.",
        "instead": "Name the operation.",
        "weight": "stops",
        "replacement": "abdominoplasty",
        "breaks": ["A tummy tuck"],
        "keeps": ["My tummy hurts"],
    }
    return save_own_rule(clinic.organization, fields=fields, by=clinic.member("privacy_officer"))


def notes(desk, conversation, text: str = TEXT) -> str:
    url = reverse("inbox:notes", args=[conversation.pk])
    return desk.post(url, {"text": text}).content.decode()


def press(desk, conversation, deed: str, page: str, script: bool = True, **more: str):
    number, place = re.findall(rf'name="note-place-(\w+)" value="([^"|]+\|{OWN}\|[^"]+)"', page)[0]
    sent = {"text": TEXT, "note-do": f"{deed}:{number}", f"note-place-{number}": place}
    sent |= {f"note-{name}-{number}": value for name, value in more.items()}
    headers = {"HX-Request": "true"} if script else {}
    return desk.post(reverse("inbox:note", args=[conversation.pk]), sent, headers=headers)


def test_a_note_beside_an_answer_has_everything_that_one_beside_a_post_has(town, pet_names):
    page = notes(signed_in(town.moderator), town.heard())
    for told in (
        "tummy tuck",
        "pet names",
        "Name the operation.",
        'data-apply="answer-text"',
        'data-with="abdominoplasty"',
        f"/rules/all/{OWN}",
        "own rule",
    ):
        assert told in page, told
    (marks,) = re.findall(r'id="marks"[^>]*data-marks="([^"]+)"', page)
    start = TEXT.index("tummy")
    underlined = json.loads(marks.replace("&quot;", '"'))
    assert underlined["answer-text"] == [[start, start + len("tummy tuck"), "danger"]]


def test_a_note_is_marked_with_and_without_script(town, pet_names):
    desk, conversation = signed_in(town.moderator), town.heard("When are you open?")
    page = notes(desk, conversation)
    marked = press(desk, conversation, "mark", page, kind="harmless_here").content.decode()
    assert "Marked as wrong" in marked
    mark = Mark.objects.get()
    assert (mark.surface, mark.example["parent"]) == ("comment_reply", "When are you open?")
    whole = press(
        desk, conversation, "waive", page, script=False, reason="A quote of theirs."
    ).content.decode()
    assert TEXT in whole
    assert "Asked." in whole


def test_a_waiver_lets_exactly_this_answer_go(town, clinic, pet_names):
    desk, conversation = signed_in(town.moderator), town.heard()
    reply = write_reply(conversation, text=TEXT, by=town.moderator)
    with pytest.raises(Stopped):
        send_reply(reply, by=town.moderator)
    press(desk, conversation, "waive", notes(desk, conversation), reason="A quote of theirs.")
    waiver = Waiver.objects.get()
    assert (waiver.subject_kind, waiver.authors) == ("conversation", [str(town.moderator.pk)])
    decide_waiver(waiver, by=clinic.member("brand_approver"), says="agree", reason="It is a quote.")
    reply.refresh_from_db()
    assert not judge_reply(reply).stops
    assert "put aside or let pass" in notes(desk, conversation)
    sent = send_reply(reply, by=town.moderator)
    assert sent.state in ("agreed", "submitted")
    assert CountedMaterial.objects.count() == 1


def test_only_who_answers_presses_anything(town, clinic, other_clinic, pet_names):
    conversation = town.heard()
    url = reverse("inbox:note", args=[conversation.pk])
    assert signed_in(clinic.member("author")).post(url, {"text": TEXT}).status_code == 403
    assert signed_in(other_clinic.member("moderator")).post(url, {"text": TEXT}).status_code == 404


def test_a_note_beside_an_answer_stops_the_answer_and_no_post(town, pet_names):
    page = notes(signed_in(town.moderator), town.heard())
    assert "Stops the answer" in page
    assert "Stops the post" not in page
