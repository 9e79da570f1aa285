"""What becomes of a post when a signer takes a decision back."""

from tests.fixtures.signatures import signed_parts

from bedside.approvals.actions import decide, undo
from bedside.approvals.models import Request
from bedside.approvals.queries import latest_request
from bedside.planning.actions import await_again, submit_post


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
