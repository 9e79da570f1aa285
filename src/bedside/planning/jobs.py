"""What the worker does for this room: makes good what a lost piece of news left undone."""

from bedside.approvals import answered
from bedside.foundation.work import every
from bedside.planning.actions import agree_post, return_post
from bedside.planning.clearance import KIND
from bedside.planning.models import Post


@every(seconds=60)
def settle_answered() -> None:
    """Give every submitted post whose request is answered its new state."""
    answered.settle_answered(
        KIND,
        Post.objects.filter(state=Post.State.SUBMITTED),
        agree=agree_post,
        send_back=lambda pk, words: return_post(pk, words=words),
    )
