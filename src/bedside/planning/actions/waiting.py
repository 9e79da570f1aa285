"""A signer took a decision back: the post waits for signatures again, as if it had not been said."""

from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals.actions import void_for
from bedside.approvals.queries import latest_request
from bedside.audit.actions import action, nothing_changed
from bedside.audit.actor import SYSTEM, Actor
from bedside.foundation.announce import announce
from bedside.planning import progress
from bedside.planning.actions.telling import locked, tell
from bedside.planning.clearance import KIND
from bedside.planning.material import materials_for
from bedside.planning.models import Post
from bedside.planning.news import PostWaitsAgain
from bedside.planning.queries import variants_with_material
from bedside.planning.states import POST_MOVES


@action
def await_again(post_id: UUID, *, by: Actor = SYSTEM) -> Post:
    """Put the post back among those that wait, and stop what was scheduled of it.

    What is public already stays as it is. A post that was changed since cannot be signed as it was asked about, so
    the request becomes void and the post stays with its authors.
    """
    post = locked(post_id)
    variants = list(post.variants.values_list("pk", flat=True))
    is_out = not progress.PUBLIC.isdisjoint(progress.states_of(variants).values())
    if post.state == Post.State.SUBMITTED or is_out:
        nothing_changed()
        return post
    request = latest_request(KIND, post.pk)
    materials = materials_for(variants_with_material().filter(post=post)).values()
    is_withdrawn = post.state == Post.State.WITHDRAWN
    if (
        is_withdrawn
        or request is None
        or not {material.fingerprint for material in materials} <= set(request.parts)
    ):
        void_for(KIND, post.pk, because=_("The post was changed since."), by=by)
        return post
    POST_MOVES.check(post.state, Post.State.SUBMITTED)
    post.state = Post.State.SUBMITTED
    post.save(update_fields=["state"])
    tell(
        post,
        by,
        "post.waits_again",
        _("A signer took the decision back; the post waits for signatures again."),
    )
    announce(PostWaitsAgain(post.pk))
    return post
