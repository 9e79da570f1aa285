"""How does a connector make one call, and what becomes of an answer that never came?

Shared by all connectors because it is about HTTP and not about any network: nothing sent → `TryLater`;
sent, no answer → `Unsure` when the call would have published something; an error status → the connector's
own `translate` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from bedside.foundation import clock
from bedside.foundation.http import Answer, Http, NoAnswer, NotSent
from bedside.networks.outcomes import NotDone, Refused, TryLater, Unsure
from bedside.networks.words import sentence as _

P = ParamSpec("P")
T = TypeVar("T")

WAIT_WHEN_NOT_TOLD = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
# How long a server may be silent after it got a film, which it stores before it answers.
FILM_SECONDS = 120.0


@dataclass(frozen=True)
class Failure:
    """An answer with an error status, reduced to what judging it needs; pure input for `translate`."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    is_commit: bool
    now: datetime


Judge = Callable[[Failure], NotDone]


@dataclass(frozen=True)
class Wire:
    """One network's way of calling: its client, its headers, and the judge of its errors."""

    http: Http
    judge: Judge
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    now: Callable[[], datetime] = clock.now

    def get(self, path: str, **params: Any) -> Any:
        """Read something as JSON."""
        return self.call("GET", path, params=params or None)

    def call(
        self,
        method: str,
        path: str,
        *,
        is_commit: bool = False,
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> Any:
        """Make one call and return its JSON. `is_commit` marks the calls after which something is public."""
        return self._json(self.answer(method, path, is_commit=is_commit, headers=headers, **body), is_commit)

    def answer(
        self,
        method: str,
        path: str,
        *,
        is_commit: bool = False,
        headers: Mapping[str, str] | None = None,
        **body: Any,
    ) -> Answer:
        """Make one call and return its answer, of status below 400."""
        try:
            answer = self.http.request(method, path, headers={**self.headers, **(headers or {})}, **body)
        except NotSent as reason:
            raise TryLater(
                _("We could not reach the network, so nothing was sent. We try again by ourselves."),
                code="not_sent",
            ) from reason
        except NoAnswer as reason:
            raise _no_answer(is_commit) from reason
        if answer.status >= 300:
            raise self.judge(self._failure(answer, is_commit))
        return answer

    def _failure(self, answer: Answer, is_commit: bool) -> Failure:
        try:
            body = answer.json()
        except ValueError:
            body = {}
        return Failure(
            answer.status,
            answer.headers,
            body if isinstance(body, dict) else {},
            is_commit,
            self.now(),
        )

    def _json(self, answer: Answer, is_commit: bool) -> Any:
        try:
            return answer.json()
        except ValueError as reason:
            raise garbled(is_commit) from reason


def garbled(is_commit: bool) -> NotDone:
    """The network answered something that is not what it promises."""
    if is_commit:
        return Unsure(
            _("The network's answer could not be read, so the post may be public. We look it up."),
            code="garbled",
        )
    return TryLater(
        _("The network's answer could not be read. We try again by ourselves; nothing was lost."),
        code="garbled",
    )


def as_promised(call: Callable[P, T]) -> Callable[P, T]:
    """For calls that read: an answer that lacks what the network promises ends as `TryLater`, like an
    unreadable one.

    Publishing calls do not wear this: what goes wrong after asking must stay unsure.
    """

    @wraps(call)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return call(*args, **kwargs)
        except (LookupError, TypeError, ValueError, AttributeError) as surprise:
            # What taking apart an answer of another shape raises; the cause stays with the outcome for the log.
            raise garbled(is_commit=False) from surprise

    return reading


def usual_judgement(failure: Failure) -> NotDone:
    """What a status means when the network's own words say nothing better.

    A 5xx after a call that publishes is *unsure*: a gateway may have given up on a server that went on
    working.
    """
    code = str(failure.status)
    if failure.status == 429:
        return TryLater(
            _("The network asks us to slow down. We try again when it allows it."),
            at=retry_at(failure.headers, failure.now),
            code=code,
        )
    if failure.status >= 500 and failure.is_commit:
        return Unsure(
            _("The network failed while it took the post, so it may be public. We look it up."), code=code
        )
    if failure.status >= 500 or failure.status == 408:
        return TryLater(
            _(
                "The network is having trouble (%(status)d). We try again by ourselves.",
                status=failure.status,
            ),
            at=retry_at(failure.headers, failure.now, or_none=True),
            code=code,
        )
    if failure.status < 400:
        return Refused(
            _("This server sends us somewhere else. Check the server address of this channel."), code=code
        )
    return Refused(
        _("The network refused this (%(status)d) and gave no reason we know.", status=failure.status),
        code=code,
    )


def retry_at(headers: Mapping[str, str], now: datetime, *, or_none: bool = False) -> datetime | None:
    """When a network allows the next try: `Retry-After`, else the reset time of its rate limit, else in
    five minutes. `or_none` is for failures that are no rate limit: its reset time says nothing about them.
    """
    named = _retry_after(headers.get("retry-after", ""), now)
    for name in () if or_none else ("x-ratelimit-reset", "ratelimit-reset"):
        named = named or _moment(headers.get(name, ""))
    if named is None:
        return None if or_none else now + WAIT_WHEN_NOT_TOLD
    return min(max(named, now + timedelta(seconds=1)), now + LONGEST_WAIT)


def _no_answer(is_commit: bool) -> NotDone:
    if is_commit:
        return Unsure(
            _("The network did not answer in time, so the post may be public. We look it up."),
            code="no_answer",
        )
    return TryLater(_("The network did not answer in time. We try again by ourselves."), code="no_answer")


def _retry_after(value: str, now: datetime) -> datetime | None:
    """RFC 9110, 10.2.3: seconds, or an HTTP date."""
    if value.strip().isdigit():
        return now + timedelta(seconds=min(int(value), 7 * 86_400))
    try:
        return parsedate_to_datetime(value).astimezone(UTC) if value else None
    except ValueError:
        return None


def _moment(value: str) -> datetime | None:
    """An epoch second or an ISO 8601 time; anything else is ignored."""
    try:
        if value.strip().isdigit():
            return datetime.fromtimestamp(int(value), UTC)
        return datetime.fromisoformat(value).astimezone(UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None
