"""What asked for signatures and was answered: for rooms whose news of it was lost."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bedside.approvals.models import Request
from bedside.approvals.queries import last_words, latest_request

AT_ONCE = 100


def settle_answered(
    subject_kind: str,
    submitted: QuerySet[Any],
    *,
    agree: Callable[[UUID], object],
    send_back: Callable[[UUID, str], object],
) -> None:
    """Tell of each of these submitted subjects what became of its request: `agree`, or `send_back` with the words.

    The longest edited first, no more than `AT_ONCE`. Usually the news has done it already.
    """
    asked = Request.objects.filter(subject_kind=subject_kind, state=Request.State.OPEN).values("subject_id")
    answered = submitted.exclude(pk__in=asked).order_by("edited_at")
    for pk in answered.values_list("pk", flat=True)[:AT_ONCE]:
        request = latest_request(subject_kind, pk)
        if request is not None and request.state == Request.State.AGREED:
            agree(pk)
        else:
            send_back(pk, last_words(request))
