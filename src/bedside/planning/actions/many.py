"""The same verb for many posts. Each is done or refused by itself, and every refusal is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.people.models import Member
from bedside.planning.actions.labels import label_post
from bedside.planning.actions.scheduling import plan_post
from bedside.planning.actions.submitting import submit_post, withdraw_post
from bedside.planning.models import Post
from bedside.planning.queries import whole_posts
from bedside.planning.times import moved_by_days

MOST = 200


@dataclass
class Outcome:
    """What became of each post: those done, and those refused with the sentence why."""

    done: list[Post] = field(default_factory=list)
    refused: list[tuple[Post, str]] = field(default_factory=list)


def plan_many(ids: Iterable[UUID], *, at: datetime, by: Member) -> Outcome:
    """Plan all for the same moment."""
    return _each(ids, by, lambda post: plan_post(post, at=at, by=by))


def shift_many(ids: Iterable[UUID], *, days: int, by: Member) -> Outcome:
    """Move each by whole days on the organization's calendar, keeping its time of day."""

    def shift(post: Post) -> Post:
        if post.planned_at is None:
            raise Refusal("not_planned", _("It has no time yet, so it cannot be moved."))
        return plan_post(post, at=moved_by_days(post.planned_at, days, post.organization.time_zone).at, by=by)

    return _each(ids, by, shift)


def tag_many(ids: Iterable[UUID], *, tag: str, by: Member) -> Outcome:
    """Add one tag to all."""

    def add(post: Post) -> Post:
        return label_post(post, by=by, campaign=post.campaign, tags=[*(t.name for t in post.tags.all()), tag])

    return _each(ids, by, add)


def withdraw_many(ids: Iterable[UUID], *, by: Member) -> Outcome:
    """Withdraw all."""
    return _each(ids, by, lambda post: withdraw_post(post, by=by))


def submit_many(ids: Iterable[UUID], *, by: Member) -> Outcome:
    """Send all for approval."""
    return _each(ids, by, lambda post: submit_post(post, by=by))


def _each(ids: Iterable[UUID], by: Member, verb: Callable[[Post], Post]) -> Outcome:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Refusal("none_chosen", _("Choose at least one post."))
    if len(wanted) > MOST:
        raise Refusal("too_many", _("Choose up to 200 posts at a time."))
    outcome = Outcome()
    for post in whole_posts().filter(organization_id=by.organization_id, pk__in=wanted):
        try:
            outcome.done.append(verb(post))
        except Refusal as refusal:
            outcome.refused.append((post, refusal.sentence))
    return outcome
