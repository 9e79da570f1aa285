"""Safe answers: kept, put away, and a first set that itself passes the guard."""

import pytest
from django.http import Http404

from bedside import guard
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.guard import Material
from bedside.library.saved_replies import (
    PHONE,
    STARTER_SET,
    add_starter_set,
    archive_saved_reply,
    keep_saved_reply,
    saved_replies_for,
    saved_reply_for,
)


@pytest.fixture
def moderator(clinic):
    return clinic.member("moderator")


def test_the_starter_set_carries_the_organizations_phone_and_comes_once(clinic, moderator):
    clinic.organization.phones = ["(614) 555-0100"]
    clinic.organization.save()
    made = add_starter_set(clinic.organization, by=moderator)
    assert len(made) == len(STARTER_SET)
    assert {reply.language for reply in made} == {"en", "es"}
    assert any("(614) 555-0100" in reply.text for reply in made)
    assert not any("{" in reply.text for reply in made)
    assert add_starter_set(clinic.organization, by=moderator) == []


def test_every_starter_text_passes_the_guard_below_any_message():
    for surface in ("comment_reply", "review_reply"):
        for _language, title, text in STARTER_SET:
            for phone in ("(614) 555-0100", "our office"):
                words = text.replace(PHONE, phone)
                verdict = guard.judge(
                    Material(surface, words, parent="You lost my results, I am your patient!")
                )
                assert verdict.decision == "allow", (title, verdict.findings)


def test_a_text_is_kept_changed_and_put_away(clinic, moderator):
    kept = keep_saved_reply(
        clinic.organization, title="Hours", text="Until five.", language="en", by=moderator
    )
    keep_saved_reply(
        clinic.organization, title="Hours", text="Until six.", language="en", by=moderator, reply=kept
    )
    assert [reply.text for reply in saved_replies_for(moderator)] == ["Until six."]
    archive_saved_reply(kept, by=moderator)
    assert saved_replies_for(moderator) == []


def test_an_empty_text_is_refused_at_its_field(clinic, moderator):
    with pytest.raises(Refusal) as refused:
        keep_saved_reply(clinic.organization, title="Hours", text=" ", language="en", by=moderator)
    assert refused.value.field == "text"


def test_only_who_answers_keeps_texts_and_nobody_elses_are_seen(clinic, other_clinic, moderator):
    kept = keep_saved_reply(
        clinic.organization, title="Hours", text="Until five.", language="en", by=moderator
    )
    with pytest.raises(Http404):
        saved_reply_for(other_clinic.member("moderator"), kept.pk)
    with pytest.raises(NotAllowed):
        archive_saved_reply(kept, by=clinic.member("author"))
    with pytest.raises(Refusal):
        archive_saved_reply(kept, by=other_clinic.member("moderator"))
