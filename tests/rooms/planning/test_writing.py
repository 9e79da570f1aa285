"""Saving, who else was writing, what is kept, and what an edit does to signatures."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fixtures.signatures import signed_parts
from tests.rooms.planning.conftest import channel_of, picture

from bedside.approvals.queries import latest_request
from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.planning.actions import (
    ChangedMeanwhile,
    create_post,
    duplicate_post,
    exchange_picture,
    reopen_post,
    restore_version,
    save_post,
    submit_post,
    withdraw_post,
)
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.models import Post
from bedside.planning.progress import Leaving
from bedside.planning.queries import versions_of


def edited(post: Post, **changes) -> Content:
    return replace(Content.of(Post.objects.get(pk=post.pk)), **changes)


def test_a_save_counts_the_revision_up_and_remembers_everybody_who_wrote(clinic, write, author):
    post = write()
    other = clinic.member("author", "Second Author")
    saved = save_post(post, by=other, content=edited(post, text="Flu shots start Monday."), revision=1)
    assert (saved.revision, saved.text) == (2, "Flu shots start Monday.")
    assert set(saved.authors.all()) == {author, other}


def test_content_reads_back_as_it_was_saved(clinic, channel, author, write):
    asset = picture(clinic)
    content = Content(
        text="Shared",
        first_comment="First",
        thread=("Two", "Three"),
        sources=("https://cdc.gov/flu",),
        language="es",
        pictures=(Picture(asset.pk, "A nurse"),),
        wordings={channel.pk: Wording(text="Own", thread=())},
    )
    post = create_post(by=author, content=content)
    assert Content.of(Post.objects.get(pk=post.pk)) == content
    assert Content.from_json(content.as_json()) == content


def test_a_stale_save_is_refused_with_what_the_other_changed_and_overwrites_nothing(clinic, write, author):
    post = write("Flu shots are here.")
    other = clinic.member("author", "Second Author")
    save_post(post, by=other, content=edited(post, text="Flu shots are here today."), revision=1)
    with pytest.raises(ChangedMeanwhile) as refused:
        save_post(post, by=author, content=edited(post, text="My own words."), revision=1)
    assert "Second Author" in refused.value.sentence
    assert refused.value.revision == 2
    (change,) = refused.value.changes
    assert "today" in "".join(p.text for p in change.pieces if p.kind == "added")
    assert Post.objects.get(pk=post.pk).text == "Flu shots are here today."


def test_saving_the_same_words_again_changes_nothing(write, author):
    post = write()
    before = Record.objects.count()
    assert save_post(post, by=author, content=edited(post), revision=1).revision == 1
    assert Record.objects.count() == before


def test_saves_of_one_session_are_one_version_and_a_pause_begins_another(write, author):
    post = write("One")
    post = save_post(post, by=author, content=edited(post, text="One two"), revision=1)
    post = save_post(post, by=author, content=edited(post, text="One two three"), revision=2)
    assert [v.content["text"] for v in versions_of(post)] == ["One two three"]
    with clock.at(clock.now() + timedelta(minutes=6)):
        post = save_post(post, by=author, content=edited(post, text="Four"), revision=3)
    assert [v.content["text"] for v in versions_of(post)] == ["Four", "One two three"]


def test_what_was_put_before_signers_stays_among_the_versions(write, author):
    post = submit_post(write("Submitted words"), by=author)
    post = reopen_post(post, by=author)
    save_post(post, by=author, content=edited(post, text="New words"), revision=1)
    assert [v.content["text"] for v in versions_of(post)] == ["New words", "Submitted words"]


def test_editing_what_was_agreed_sends_it_back_and_voids_the_signatures(agreed, author):
    post = agreed()
    assert signed_parts("post", post.pk)
    saved = save_post(post, by=author, content=edited(post, text="Flu shots are here!"), revision=1)
    assert saved.state == "draft"
    assert signed_parts("post", post.pk) == frozenset()
    assert latest_request("post", post.pk).state == "void"


def test_what_is_public_cannot_be_rewritten(agreed, author, became):
    post = agreed()
    variant = post.variants.get()
    became({variant.pk: Leaving("sent", "Sent", clock.now())})
    with pytest.raises(Refusal) as refused:
        save_post(post, by=author, content=edited(post, text="History"), revision=1)
    assert refused.value.code == "is_public"
    with pytest.raises(Refusal):
        withdraw_post(post, by=author)


def test_a_duplicate_has_the_same_words_and_the_same_people_who_may_not_sign(clinic, write, author):
    post = write("Again and again", first_comment="More below")
    other = clinic.member("author", "Second Author")
    copy = duplicate_post(post, by=other)
    assert Content.of(copy) == Content.of(post)
    assert (copy.state, copy.planned_at) == ("draft", None)
    assert set(copy.authors.all()) == {author, other}


def test_restoring_a_version_brings_the_old_words_back_as_a_new_save(write, author):
    post = write("First")
    with clock.at(clock.now() + timedelta(minutes=6)):
        post = save_post(post, by=author, content=edited(post, text="Second"), revision=1)
    first = versions_of(post)[-1]
    restored = restore_version(post, version=first, by=author)
    assert (restored.text, restored.revision) == ("First", 3)


def test_another_organizations_channel_and_picture_are_refused(clinic, other_clinic, author):
    foreign = channel_of(other_clinic, "Hilltop")
    with pytest.raises(Refusal) as refused:
        create_post(by=author, content=Content(text="x", wordings={foreign.pk: Wording()}))
    assert refused.value.code == "unknown_channel"
    with pytest.raises(Refusal) as refused:
        create_post(by=author, content=Content(pictures=(Picture(picture(other_clinic).pk),)))
    assert refused.value.code == "unknown_picture"


def test_an_over_long_text_gets_a_sentence(author):
    with pytest.raises(Refusal) as refused:
        create_post(by=author, content=Content(text="x" * 20_001))
    assert (refused.value.code, refused.value.field) == ("too_long", "text")
    assert "20,001" in refused.value.sentence


def test_a_viewer_cannot_write(clinic):
    with pytest.raises(NotAllowed):
        create_post(by=clinic.member("viewer"))


def test_the_record_never_holds_the_words_of_a_post(write, author):
    post = write("Marisol Vega came in on Tuesday")
    save_post(post, by=author, content=edited(post, text="Marisol Vega came in on Friday"), revision=1)
    lines = Record.objects.filter(object_kind="post")
    assert lines.count() >= 2
    assert not any("Marisol" in f"{line.words}{line.object_label}{line.data}" for line in lines)


class TestCoveredPictures:
    """A covered copy takes the place of its picture."""

    def test_it_comes_into_what_is_being_written_and_signatures_lapse(self, clinic, write, author, agreed):
        source, copy = picture(clinic, alt_text="A garden"), picture(clinic, alt_text="A garden, covered")
        pictures = (Picture(source.pk, "A garden in bloom"),)
        draft, signed = write(pictures=pictures), agreed(pictures=pictures)
        source.withheld_at = clock.now()
        source.save()
        exchange_picture(source_id=source.pk, copy_id=copy.pk, by=author)
        for post in (draft, signed):
            post.refresh_from_db()
            assert Content.of(post).pictures == (Picture(copy.pk, "A garden, covered"),)
            assert post.state == Post.State.DRAFT

    def test_the_picture_before_cannot_be_chosen_and_does_not_leave(self, clinic, write, author):
        source = picture(clinic, alt_text="A garden")
        post = write(pictures=(Picture(source.pk, "A garden in bloom"),))
        source.withheld_at = clock.now()
        source.save()
        with pytest.raises(Refusal) as refusal:
            create_post(by=author, content=Content(text="Look.", pictures=(Picture(source.pk, "A garden"),)))
        assert refusal.value.code == "withheld_picture"
        saved = save_post(post, by=author, content=edited(post, text="Flu shots on Monday."), revision=1)
        assert saved.text == "Flu shots on Monday.", "its words can still be saved"
        with pytest.raises(Refusal):
            submit_post(saved, by=author)
