"""What all verbs of this room share: locking a post, asking for a power, and writing the record."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals.actions import void_for
from bedside.audit.actions import record
from bedside.audit.actor import Actor
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning import progress
from bedside.planning.clearance import KIND
from bedside.planning.models import Post
from bedside.planning.news import PostChanged
from bedside.planning.states import POST_MOVES


def need(by: Member, *powers: Power) -> None:
    """Refuse unless the member has at least one of these powers."""
    if not by.can_any(powers):
        raise NotAllowed(powers[0])


def locked(post_id: UUID) -> Post:
    """The post as it is now; nobody else changes it until the present transaction ends."""
    return (
        Post.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization")
        .get(pk=post_id)
    )


def tell(post: Post, by: Actor, verb: str, words: str, data: Mapping[str, Any] | None = None) -> None:
    """Write one line about a post into the record; never its text, which may hold what must not be kept."""
    record(post.organization_id, by=by, verb=verb, on=(KIND, post.pk, label_of(post)), words=words, data=data)


def label_of(post: Post) -> str:
    """How the record calls a post."""
    return _("Post of %(day)s") % {"day": f"{post.created_at:%Y-%m-%d}"}


def refuse_if_public(post: Post, sentence: str) -> None:
    """Refuse when any of it is public, or may be: then it has left the house and is history."""
    states = progress.states_of(list(post.variants.values_list("pk", flat=True)))
    if not progress.PUBLIC.isdisjoint(states.values()):
        raise Refusal("is_public", sentence)


def back_to_draft(post: Post, *, because: str, by: Actor) -> None:
    """Make a submitted, agreed or withdrawn post a draft again; signatures on it count no longer."""
    POST_MOVES.check(post.state, Post.State.DRAFT)
    was = post.state
    post.state = Post.State.DRAFT
    if was in (Post.State.SUBMITTED, Post.State.AGREED):
        void_for(KIND, post.pk, because=because, by=by)
        announce(PostChanged(post.pk))
