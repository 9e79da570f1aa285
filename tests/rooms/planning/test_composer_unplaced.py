"""A post that nobody has placed yet: the guard reads it from the first letter, the networks speak when chosen."""

from uuid import uuid4

import pytest
from django.urls import reverse
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import picture

from bedside.planning.actions import create_post
from bedside.planning.content import Content, Picture
from bedside.web.today import items_for

HTMX = {"HX-Request": "true"}
STOPPED = "Use SSN 219-09-9999"


@pytest.fixture
def desk(clinic, author):
    return signed_in(author)


def look(desk, **form) -> str:
    return desk.post(reverse("planning:look", args=[uuid4()]), form, headers=HTMX).content.decode()


def test_the_guard_reads_the_shared_words_before_a_channel_is_chosen(desk, channel):
    seen = look(desk, text=STOPPED)
    assert 'data-control="text"' in seen
    assert "19, &quot;danger&quot;]" in seen
    assert "The guard stops this at 1 place" in seen
    assert "Choose a channel to see how it will look there" in seen


def test_a_single_note_is_counted_in_the_singular(desk, channel):
    assert '1<span class="visually-hidden"> note</span>' in look(desk, text="Use SSN 219-09-9999")


def test_it_reads_them_when_no_channel_is_connected_at_all(desk, clinic):
    assert "The guard stops this at 1 place" in look(desk, text=STOPPED)


def test_words_without_a_finding_lead_to_the_choice_of_a_channel(desk, channel):
    seen = look(desk, text="Flu shots are here.")
    assert "Choose where it should appear" in seen
    assert "Nothing found." in seen


def test_what_could_tell_of_a_patient_is_stopped_before_a_channel_is_chosen(desk, channel):
    seen = look(desk, text="Maria Lopez came in for her diabetes check yesterday.")
    assert "Stopped: this could tell the public about a patient" in seen
    assert 'value="submit"' not in seen


def test_only_a_chosen_channel_says_that_the_text_is_too_long_for_it(desk, channel):
    words = "Our doors are open. " * 40
    assert "does not fit" not in look(desk, text=words)
    assert "It does not fit yet on Riverside" in look(desk, text=words, channel=str(channel.pk))


def test_a_picture_without_alt_text_is_told_at_its_field(desk, clinic, channel):
    asset = picture(clinic)
    assert f'data-control="alt-{asset.pk}"' in look(desk, text="Flu shots are here.", picture=str(asset.pk))


def test_whoever_only_reads_sees_the_notes_of_an_unplaced_draft_too(clinic, author):
    asset = picture(clinic)
    pictures = (Picture(asset.pk, "A nurse at the door"),)
    post = create_post(by=author, content=Content(text=STOPPED, pictures=pictures))
    page = signed_in(clinic.member("viewer")).get(reverse("planning:post", args=[post.pk]))
    assert "219-09-9999" in page.content.decode()
    assert 'class="note"' in page.content.decode()


def test_today_names_an_unplaced_draft_that_the_guard_stops(clinic, author):
    create_post(by=author, content=Content(text=STOPPED))
    create_post(by=author, content=Content(text="Flu shots are here."))
    (item,) = items_for(author)["needs_me"]
    assert "The guard stops it" in item.sentence


def test_an_overlong_paste_is_told_and_nothing_of_it_is_cut(desk, channel):
    words = "word " * 5_000
    post_id = uuid4()
    seen = look(desk, text=words, channel=str(channel.pk))
    assert "This text has 25,000 characters" in seen
    assert "Nothing found" not in seen
    form = {"revision": "0", "text": words, "channel": str(channel.pk)}
    answer = desk.post(reverse("planning:save", args=[post_id]), form, headers=HTMX)
    assert answer.status_code == 422
    assert "Shorten it, then save again" in answer.content.decode()
    page = desk.post(reverse("planning:post", args=[post_id]), form | {"do": "save"})
    assert words.strip() in page.content.decode()
    assert 'maxlength="' not in page.content.decode().split('name="text"')[1].split(">")[0]


def test_an_overlong_alt_text_is_told_and_not_cut(desk, clinic, channel):
    asset = picture(clinic)
    form = {"revision": "0", "text": "x", "picture": str(asset.pk), f"alt-{asset.pk}": "a" * 1_501}
    answer = desk.post(reverse("planning:save", args=[uuid4()]), form, headers=HTMX)
    assert answer.status_code == 422
    assert "The alt text of picture 1 has 1,501 characters" in answer.content.decode()
