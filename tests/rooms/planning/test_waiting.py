"""What becomes of a post when a signer takes a decision back, and of signatures when their time is over."""

from datetime import timedelta

from tests.fixtures.signatures import signed_parts

from bedside.approvals.actions import decide, undo
from bedside.approvals.models import Request
from bedside.approvals.passing import expire
from bedside.approvals.queries import latest_request
from bedside.foundation import clock
from bedside.planning import standing
from bedside.planning.actions import agree_post, await_again, submit_post
from bedside.planning.models import Post
from bedside.planning.progress import Leaving


def test_taking_a_signature_back_lets_the_post_wait_again(
    write, author, clinic, django_capture_on_commit_callbacks
):
    post = submit_post(write(), by=author)
    approver = clinic.member("brand_approver")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(latest_request("post", post.pk), by=approver, says="sign")
    post.refresh_from_db()
    assert post.state == "agreed"
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision, by=approver)
    post.refresh_from_db()
    assert post.state == "submitted"
    assert signed_parts("post", post.pk) == frozenset()
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("post", post.pk), by=approver, says="sign")
    post.refresh_from_db()
    assert post.state == "agreed"


def test_the_last_gate_sees_that_a_signature_was_taken_back_before_the_post_does(write, author, clinic):
    post = submit_post(write(), by=author)
    approver = clinic.member("brand_approver")
    decision = decide(latest_request("post", post.pk), by=approver, says="sign")
    agree_post(post.pk)
    variant = post.variants.get().pk
    looked = standing.standings([variant])[variant]
    assert looked.is_clear
    assert standing.marks([variant]) == {variant: looked.mark}
    undo(decision, by=approver)
    assert Post.objects.get(pk=post.pk).state == "agreed", "the news has not been heard yet"
    assert standing.marks([variant]) != {variant: looked.mark}


def test_a_wish_for_a_change_taken_back_after_an_edit_changes_nothing(
    write, author, clinic, django_capture_on_commit_callbacks
):
    post = submit_post(write(), by=author)
    approver = clinic.member("brand_approver")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(
            latest_request("post", post.pk), by=approver, says="change", words="Name the source."
        )
    post.refresh_from_db()
    assert post.state == "draft"
    post.text = "Flu shots are here, says the county."
    post.save()
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision, by=approver)
    post.refresh_from_db()
    assert post.state == "draft"
    assert latest_request("post", post.pk).state == Request.State.VOID
    assert await_again(post.pk).state == "draft"


def test_the_signatures_of_what_is_public_do_not_lapse_and_those_of_what_waits_do(agreed, became):
    public, waiting = agreed("Flu shots are here."), agreed("The library opens at nine.")
    became({public.variants.get().pk: Leaving("sent", "Sent", clock.now())})
    assert expire(at=clock.now() + timedelta(days=15)) == 1
    assert latest_request("post", public.pk).state == Request.State.AGREED
    assert latest_request("post", waiting.pk).state == Request.State.EXPIRED
