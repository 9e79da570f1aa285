"""The gate before every view: who is asking, for which organization, with which power.

`@gate(Power.X)` signs in, requires the second factor and an unlocked screen (the middleware of
this room does both), checks the power and records the name of the power on the view, so that a
test can prove that no view forgot. Objects of another organization are 404s: `or_404`.
"""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase

from bedside.foundation.refusal import NotAllowed
from bedside.people.models import Member

P = ParamSpec("P")
M = TypeVar("M", bound=models.Model)


class DeskRequest(HttpRequest):
    """A request that passed the gate: `member` is the signed-in member of the current organization."""

    member: Member


def gate(
    *powers: str,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let a member pass who has at least one of `powers`; others get a 403 with a sentence."""

    def guard_view(
        view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @functools.wraps(view)
        def passed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member: Member | None = getattr(request, "member", None)
            if member is None:
                raise NotAllowed(
                    "membership", "You are not a member of an organization here yet. Ask for an invitation."
                )
            if not member.can_any(powers):
                raise NotAllowed(str(powers[0]))
            return view(cast(DeskRequest, request), *args, **kwargs)

        entrance = login_required(passed)
        entrance.needed_powers = tuple(str(p) for p in powers)  # type: ignore[attr-defined]  # read by tests/house
        return entrance

    return guard_view


def open_to_all(reason: str) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Mark a view that needs no power, with the reason (sign-in, health, a personal link)."""

    def mark(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        view.open_because = reason  # type: ignore[attr-defined]  # read by tests/house
        return view

    return mark


def or_404(found: models.QuerySet[M], member: Member, object_id: UUID | str) -> M:
    """The object with this id if it belongs to the member's organization, else a 404 that tells nothing."""
    try:
        return found.get(pk=object_id, organization_id=member.organization_id)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404 from None
