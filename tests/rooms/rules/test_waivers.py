"""Letting one finding pass in one text: what it takes, who may, what it is bound to, and when it lapses."""

from uuid import UUID

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.planning.conftest import sign_all

from bedside import guard
from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member
from bedside.planning.actions import agree_post, save_post, submit_post
from bedside.planning.actions.submitting import Stopped, judged_post
from bedside.planning.clearance import clearance_of
from bedside.planning.content import Content
from bedside.planning.models import Post
from bedside.planning.queries import whole_posts
from bedside.rules.actions import ask_waiver, decide_waiver, regrade_rule, save_own_rule, withdraw_waiver
from bedside.rules.models import Waiver
from bedside.rules.queries import waivers_waiting_for

CURES = "Our cream cures eczema, guaranteed."
REASON = "The label says so, and counsel has read the study."


def fresh(post: Post) -> Post:
    return whole_posts().get(pk=post.pk)


def ask(post: Post, rule: str, *, by: Member, reason: str = "Please look.") -> Waiver:
    """Ask about the first finding of a rule."""
    (judged,) = judged_post(fresh(post))
    findings = [f for f in judged.verdict.findings if f.rule == rule]
    subject: tuple[str, UUID] = ("post", post.pk)
    return ask_waiver(
        judged.material, findings, subject=subject, authors=list(post.authors.all()), reason=reason, by=by
    )


def let_all_pass(clinic: Clinic, post: Post, by: Member) -> None:
    """Have every finding that stops the post waived by a privacy officer and a second person."""
    (judged,) = judged_post(fresh(post))
    for rule in {finding.rule for finding in judged.stops}:
        waiver = ask(post, rule, by=by)
        decide_waiver(waiver, by=clinic.member("privacy_officer"), says="agree", reason=REASON)
        decide_waiver(waiver, by=clinic.member("brand_approver"), says="agree", reason="")


def test_a_stop_passes_when_a_privacy_officer_and_a_second_person_agree(clinic: Clinic, write, author):
    post = write(CURES)
    with pytest.raises(Stopped):
        submit_post(post, by=author)
    waiver = ask(post, "claim-cure-or-guarantee", by=author)
    begun = decide_waiver(waiver, by=clinic.member("privacy_officer"), says="agree", reason=REASON)
    assert begun.state == "begun"
    with pytest.raises(Stopped):
        submit_post(post, by=author)
    decide_waiver(waiver, by=clinic.member("brand_approver"), says="agree", reason="")
    let_all_pass(clinic, post, author)
    submitted = submit_post(post, by=author)
    sign_all(clinic, submitted)
    agree_post(post.pk)
    assert clearance_of(fresh(post).variants.get()).is_clear


def test_the_last_gate_asks_again_when_a_waiver_is_taken_back(clinic: Clinic, write, author):
    post = write(CURES)
    let_all_pass(clinic, post, author)
    sign_all(clinic, submit_post(post, by=author))
    agree_post(post.pk)
    assert clearance_of(fresh(post).variants.get()).is_clear
    withdraw_waiver(Waiver.objects.first(), by=clinic.member("privacy_officer"))
    assert clearance_of(fresh(post).variants.get()).code == "guard_stops"


def test_a_changed_letter_and_the_waiver_is_gone(clinic: Clinic, write, author):
    post = write(CURES)
    let_all_pass(clinic, post, author)
    assert judged_post(fresh(post))[0].stops == ()
    kept = Content.of(fresh(post))
    changed = Content(text=CURES + "!", wordings=kept.wordings, language=kept.language)
    save_post(fresh(post), by=author, content=changed, revision=post.revision)
    assert judged_post(fresh(post))[0].stops


def test_nobody_who_wrote_it_decides_and_nobody_decides_twice(clinic: Clinic, write, author):
    post = write(CURES)
    officer, brand = clinic.member("privacy_officer"), clinic.member("brand_approver")
    waiver = ask(post, "claim-cure-or-guarantee", by=author)
    for by in (author, brand, clinic.member("viewer"), clinic.administrator):
        with pytest.raises(NotAllowed):
            decide_waiver(waiver, by=by, says="agree", reason=REASON)
    with pytest.raises(Refusal, match="20"):
        decide_waiver(waiver, by=officer, says="agree", reason="It is fine.")
    decide_waiver(waiver, by=officer, says="agree", reason=REASON)
    with pytest.raises(NotAllowed, match="second"):
        decide_waiver(waiver, by=officer, says="agree", reason=REASON)
    assert waivers_waiting_for(officer) == []
    assert waivers_waiting_for(brand) == [waiver]


def test_an_officer_who_had_a_hand_in_it_does_not_decide(clinic: Clinic, write):
    officer = clinic.member("privacy_officer")
    post = write(CURES)
    post.authors.add(officer)
    waiver = ask(post, "claim-cure-or-guarantee", by=clinic.member("author"))
    with pytest.raises(NotAllowed, match="hand"):
        decide_waiver(waiver, by=officer, says="agree", reason=REASON)


def test_what_nobody_may_override_cannot_even_be_asked_about(write, author):
    post = write("Use member SSN 219-09-9999 when you call.")
    with pytest.raises(Refusal) as refused:
        ask(post, "phi-ssn-pattern", by=author)
    assert refused.value.code == "never_waived"


def test_advice_is_put_aside_by_its_author_alone(clinic: Clinic, own, write, author):
    own(weight="advises")
    post = write("A tummy tuck?")
    waiver = ask(post, "own-no-pet-names-for-operations", by=author, reason="")
    assert (waiver.state, waiver.level) == ("given", "author-dismiss")
    (judged,) = judged_post(fresh(post))
    assert [f.rule for f in judged.verdict.waived] == ["own-no-pet-names-for-operations"]
    assert "own-no-pet-names-for-operations" not in [f.rule for f in judged.verdict.findings]


def test_advice_that_became_graver_is_there_again(clinic: Clinic, own, write, author, officer):
    rule = own(weight="advises")
    post = write("A tummy tuck?")
    ask(post, "own-no-pet-names-for-operations", by=author, reason="")
    save_own_rule(clinic.organization, fields={"weight": "stops"}, by=officer, rule=rule)
    assert [f.rule for f in judged_post(fresh(post))[0].stops] == ["own-no-pet-names-for-operations"]
    waiver = ask(post, "own-no-pet-names-for-operations", by=author)
    assert (waiver.state, waiver.level) == ("asked", "approver-with-reason")


def test_an_approver_alone_lets_pass_what_asks_for_an_approver(clinic: Clinic, own, write, author):
    own(weight="stops")
    waiver = ask(write("A tummy tuck?"), "own-no-pet-names-for-operations", by=author)
    approver = clinic.member("brand_approver")
    with pytest.raises(Refusal):
        decide_waiver(waiver, by=approver, says="agree", reason=" ")
    assert decide_waiver(waiver, by=approver, says="agree", reason="It is a quote.").state == "given"


def test_a_rule_made_graver_by_the_organization_is_no_longer_the_authors(
    clinic: Clinic, officer, write, author
):
    emoji = guard.rule("a11y-hashtag-case")
    regrade_rule(
        clinic.organization, rule=emoji, weight="stops", reason="We mean it, says the board.", by=officer
    )
    post = write("Come to our fair #healthfairforeverybody")
    waiver = ask(post, emoji.id, by=author)
    assert (waiver.level, waiver.state) == ("approver-with-reason", "asked")


def test_a_refusal_and_its_reason_reach_the_author_and_the_record(clinic: Clinic, write, author):
    waiver = ask(write(CURES), "claim-cure-or-guarantee", by=author)
    decide_waiver(
        waiver, by=clinic.member("privacy_officer"), says="refuse", reason="Say what the study says."
    )
    assert any("not let pass" in notice.sentence for notice in author.notices.all())
    lines = Record.objects.filter(object_kind="waiver").order_by("number")
    assert [line.verb for line in lines] == ["waiver.asked", "waiver.refused"]
    assert lines[1].data["reason"] == "Say what the study says."
    assert CURES not in "".join(str(line.data) + line.words for line in lines)


def test_asking_twice_is_asking_once_until_it_was_refused(clinic: Clinic, write, author):
    post = write(CURES)
    first = ask(post, "claim-cure-or-guarantee", by=author)
    assert ask(post, "claim-cure-or-guarantee", by=author) == first
    decide_waiver(first, by=clinic.member("privacy_officer"), says="refuse", reason="")
    assert ask(post, "claim-cure-or-guarantee", by=author) != first


def test_another_organization_has_no_say(clinic: Clinic, other_clinic: Clinic, write, author):
    waiver = ask(write(CURES), "claim-cure-or-guarantee", by=author)
    for deed in (
        lambda by: decide_waiver(waiver, by=by, says="agree", reason=REASON),
        lambda by: withdraw_waiver(waiver, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(other_clinic.member("privacy_officer"))
