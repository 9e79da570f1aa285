"""What stands below a note of the guard in the composer and on a post's page, and what its buttons do."""

import re

from django.test import Client
from tests.fixtures.clinic import Clinic
from tests.fixtures.signed_in import signed_in

from bedside import guard
from bedside.planning.models import Post
from bedside.rules.models import Mark, Waiver

TEXT = "Our cream cures eczema, guaranteed. A tummy tuck?"
OWN = "own-no-pet-names-for-operations"


def look(desk: Client, post: Post, text: str = TEXT) -> str:
    return desk.post(f"/planning/posts/{post.pk}/look", form(post, text)).content.decode()


def form(post: Post, text: str) -> dict[str, str]:
    return {"text": text, "channel": str(post.variants.get().channel_id), "language": "en"}


def numbered(page: str, rule: str) -> tuple[str, str]:
    """The number and the name of the note of a rule."""
    found = re.search(rf'name="note-place-(\w+)" value="([^"|]+\|{rule}\|[^"]+)"', page)
    assert found, page
    return found[1], found[2]


def press(desk: Client, post: Post, deed: str, rule: str, page: str, **more: str):
    number, place = numbered(page, rule)
    sent = {**form(post, TEXT), "note-do": f"{deed}:{number}", f"note-place-{number}": place}
    sent |= {f"note-{name}-{number}": value for name, value in more.items()}
    return desk.post(f"/planning/posts/{post.pk}/note", sent, headers={"HX-Request": "true"})


def test_a_note_shows_rule_words_reason_rewrite_authority_and_one_click(own, write, author):
    own(weight="advises")
    page = look(signed_in(author), write(TEXT))
    for told in (
        "tummy tuck",
        "do not sell operations by pet names",
        "Name the operation.",
        'data-with="abdominoplasty"',
        "The organization&#x27;s own rule",
        f"/rules/all/{OWN}",
        "/rules/all/claim-cure-or-guarantee",
        guard.rule("claim-cure-or-guarantee").citations[0].text[:12],
        "data-marks",
    ):
        assert told in page, told


def test_advice_is_put_aside_while_typing_and_shown_again(own, write, author):
    own(weight="advises")
    desk, post = signed_in(author), write("Something saved before.")
    page = look(desk, post)
    answer = press(desk, post, "waive", OWN, page).content.decode()
    assert "Put aside for these words" in answer
    assert "1 note was put aside" in answer
    assert f'data-rule="{OWN}"' not in answer
    again = press(desk, post, "unwaive", OWN, answer).content.decode()
    assert f'data-rule="{OWN}"' in again


def test_a_note_is_marked_as_wrong_and_stays(clinic: Clinic, write, author):
    desk, post = signed_in(author), write("Something saved before.")
    page = look(desk, post)
    answer = press(
        desk, post, "mark", "claim-cure-or-guarantee", page, kind="harmless_here", reason="A quote."
    )
    assert "Marked as wrong" in answer.content.decode()
    assert 'data-rule="claim-cure-or-guarantee"' in answer.content.decode()
    mark = Mark.objects.get()
    assert (mark.reason, mark.example["text"], mark.marked_by) == ("A quote.", TEXT, author)


def test_asking_tells_those_who_decide_and_the_author_does_not(clinic: Clinic, write, author, officer):
    desk, post = signed_in(author), write("Something saved before.")
    page = look(desk, post)
    assert press(desk, post, "waive", "claim-cure-or-guarantee", page).status_code == 409
    answer = press(desk, post, "waive", "claim-cure-or-guarantee", page, reason="The label says so.")
    assert "Asked." in answer.content.decode()
    waiver = Waiver.objects.get()
    assert (waiver.state, waiver.authors, waiver.subject_id) == ("asked", [str(author.pk)], post.pk)
    assert officer.notices.filter(url=f"/rules/waivers/{waiver.pk}").exists()
    assert f"/rules/waivers/{waiver.pk}" in look(desk, post)


def test_words_that_changed_meanwhile_are_not_what_was_meant(write, author):
    desk, post = signed_in(author), write("Something saved before.")
    number, place = numbered(look(desk, post), "claim-cure-or-guarantee")
    sent = {**form(post, TEXT + " Now."), "note-do": f"mark:{number}", f"note-place-{number}": place}
    answer = desk.post(f"/planning/posts/{post.pk}/note", sent)
    assert answer.status_code == 409
    assert "have changed" in answer.content.decode()
    assert not Mark.objects.exists()


def test_a_button_that_nobody_made_is_refused(write, author):
    desk, post = signed_in(author), write(TEXT)
    for sent in ({}, {"note-do": "burn:1"}, {"note-do": "mark:1", "note-place-1": "a|b|c|d|e"}):
        assert desk.post(f"/planning/posts/{post.pk}/note", sent).status_code == 409


def test_without_script_the_whole_composer_answers_with_what_was_typed(own, write, author):
    own(weight="advises")
    desk, post = signed_in(author), write("Something saved before.")
    number, place = numbered(look(desk, post), OWN)
    sent = {**form(post, TEXT), "note-do": f"waive:{number}", f"note-place-{number}": place}
    page = desk.post(f"/planning/posts/{post.pk}/note", sent).content.decode()
    assert TEXT in page
    assert "<!doctype html>" in page.lower()


def test_an_approver_who_did_not_write_it_asks_and_decides_at_once(clinic: Clinic, own, write):
    own(weight="stops")
    post, approver = write("A tummy tuck?"), clinic.member("clinical_approver")
    desk = signed_in(approver)
    number, place = numbered(desk.get(f"/planning/posts/{post.pk}").content.decode(), OWN)
    sent = {
        "note-do": f"waive:{number}",
        f"note-place-{number}": place,
        f"note-reason-{number}": "It is a quote.",
    }
    answer = desk.post(f"/planning/posts/{post.pk}/note", sent)
    waiver = Waiver.objects.get()
    assert answer["Location"] == f"/rules/waivers/{waiver.pk}"
    desk.post(answer["Location"], {"do": "agree", "reason": "It is a quote from the paper."})
    waiver.refresh_from_db()
    assert waiver.state == "given"


def test_a_viewer_reads_notes_and_cannot_press_anything(clinic: Clinic, other_clinic: Clinic, write):
    post = write(TEXT)
    viewer = signed_in(clinic.member("viewer"))
    assert "note-do" not in viewer.get(f"/planning/posts/{post.pk}").content.decode()
    assert viewer.post(f"/planning/posts/{post.pk}/note", {}).status_code == 403
    stranger = signed_in(other_clinic.member("author"))
    assert stranger.post(f"/planning/posts/{post.pk}/note", form(post, TEXT)).status_code == 404
