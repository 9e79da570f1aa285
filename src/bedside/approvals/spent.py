"""Which signatures have done their work, because everything they were for has left the house?

The rooms that let things leave stand above this one and cannot be asked directly: `config.wiring` registers who knows
for each kind of subject. Of a kind that nobody knows, nothing has left.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from bedside.approvals.models import Request

Left = Callable[[Collection[UUID]], Collection[UUID]]

_left: dict[str, Left] = {}


def register(subject_kind: str, left: Left) -> None:
    """Let `left` say which of some subjects of this kind have left with all that was signed."""
    _left[subject_kind] = left


def spent_of(requests: Iterable[Request]) -> set[UUID]:
    """The ids of those requests, among agreed ones, of whose subject nothing is left to send."""
    by_kind: dict[str, dict[UUID, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for request in requests:
        if request.state == Request.State.AGREED:
            by_kind[request.subject_kind][request.subject_id].append(request.pk)
    return {
        pk
        for kind, requests_of in by_kind.items()
        if kind in _left
        for subject in _left[kind](list(requests_of))
        for pk in requests_of[subject]
    }
