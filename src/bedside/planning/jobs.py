"""What the worker does for this room: makes good what a lost piece of news left undone."""

from bedside.approvals.models import Request
from bedside.approvals.queries import last_words, latest_request
from bedside.foundation.work import every
from bedside.planning.actions import agree_post, return_post
from bedside.planning.clearance import KIND
from bedside.planning.models import Post

AT_ONCE = 100


@every(seconds=60)
def settle_answered() -> None:
    """Give every submitted post whose request is answered its new state. Usually the news has done it already."""
    asked = Request.objects.filter(subject_kind=KIND, state=Request.State.OPEN).values("subject_id")
    answered = Post.objects.filter(state=Post.State.SUBMITTED).exclude(pk__in=asked)
    for pk in answered.order_by("edited_at").values_list("pk", flat=True)[:AT_ONCE]:
        request = latest_request(KIND, pk)
        if request is not None and request.state == Request.State.AGREED:
            agree_post(pk)
        else:
            return_post(pk, words=last_words(request))
