"""When posts leave: planning in time, the queue, and the weekly slots of a channel.

Times are moments in UTC here; what people type is understood by `times.moment`. Planning changes no word, so
signatures stand.
"""

from datetime import datetime, time, timedelta

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.actions.telling import locked, need, refuse_if_public, tell
from bedside.planning.models import Post, QueueSlot, Variant
from bedside.planning.news import PostPlanned
from bedside.planning.queries import next_free_slot

GRACE = timedelta(minutes=1)  # "now" takes a moment to arrive
FURTHEST = timedelta(days=3 * 365)


@action
def plan_post(post: Post, *, at: datetime | None, by: Member) -> Post:
    """Plan the whole post for a moment (to the minute), or for none. Channels lose times of their own."""
    at = at.replace(second=0, microsecond=0) if at else None
    post = _plannable(post, at, by)
    if post.planned_at == at and not post.variants.exclude(planned_at=None).exists():
        nothing_changed()
        return post
    post.variants.exclude(planned_at=None).update(planned_at=None)
    _plan(post, at, by)
    return post


@action
def plan_variant(variant: Variant, *, at: datetime | None, by: Member) -> Post:
    """Plan one channel of the post for a moment of its own; None follows the post again."""
    at = at.replace(second=0, microsecond=0) if at else None
    post = _plannable(variant.post, at, by)
    variant.planned_at = at
    variant.save(update_fields=["planned_at"])
    own = [t for t in post.variants.values_list("planned_at", flat=True) if t is not None]
    has_followers = post.variants.filter(planned_at=None).exists()
    earliest = min([*own, *([post.planned_at] if post.planned_at and has_followers else [])], default=None)
    _plan(post, earliest or post.planned_at, by, channel=str(variant.channel_id))
    return post


@action
def queue_post(post: Post, *, by: Member) -> Post:
    """Plan every channel of the post for its next free slot of the week."""
    post = _plannable(post, None, by)
    zone, found = post.organization.time_zone, []
    for variant in post.variants.select_related("channel"):
        at = next_free_slot(variant.channel, zone=zone)
        if at is None:
            raise Refusal(
                "no_slot",
                _(
                    "%(channel)s has no free queue time in the coming year. Add one, or choose a time yourself."
                )
                % {"channel": variant.channel.name},
                field="planned_at",
            )
        variant.planned_at = at
        variant.save(update_fields=["planned_at"])
        found.append(at)
    if not found:
        raise Refusal("no_channel", _("Choose at least one channel for this post."), field="channels")
    if len(set(found)) == 1:
        post.variants.update(planned_at=None)
    _plan(post, min(found), by)
    return post


@action
def add_slot(channel: Channel, *, weekday: int, at: time, by: Member) -> QueueSlot:
    """Let the channel speak at this local time every week. Monday is 0."""
    need(by, Power.PUBLISH)
    if not 0 <= weekday <= 6:
        raise Refusal("bad_weekday", _("Choose a day of the week."), field="weekday")
    slot, is_new = QueueSlot.objects.get_or_create(
        channel=channel, weekday=weekday, time=at.replace(second=0)
    )
    if not is_new:
        raise Refusal("slot_exists", _("This channel has that time already."), field="time")
    _tell_slot(channel, by, "slot.added", _("Added a queue time."), slot)
    return slot


@action
def remove_slot(slot: QueueSlot, *, by: Member) -> None:
    """The channel no longer uses this time for new posts; what is planned for it stays planned."""
    need(by, Power.PUBLISH)
    _tell_slot(slot.channel, by, "slot.removed", _("Removed a queue time."), slot)
    slot.delete()


def _plannable(post: Post, at: datetime | None, by: Member) -> Post:
    post = locked(post.pk)
    need(by, Power.PUBLISH, *([] if post.state == Post.State.AGREED else [Power.WRITE]))
    if post.state == Post.State.WITHDRAWN:
        raise Refusal("withdrawn", _("This post was withdrawn. Make it a draft again before you plan it."))
    refuse_if_public(
        post, _("This post has left already, so its time cannot change. Duplicate it to say it again.")
    )
    if at is None:
        return post
    now = clock.now()
    if at < now - GRACE:
        raise Refusal(
            "in_the_past", _("That time is over. Choose a time that is still to come."), field="planned_at"
        )
    if at > now + FURTHEST:
        raise Refusal("too_far", _("Choose a time within the next three years."), field="planned_at")
    return post


def _plan(post: Post, at: datetime | None, by: Member, **data: str) -> None:
    post.planned_at = at
    post.save(update_fields=["planned_at"])
    post.variants.update(leaves_at=Coalesce("planned_at", Value(at, DateTimeField())))
    words = _("Planned the post.") if at else _("Took the post's time away.")
    tell(post, by.actor, "post.planned", words, {"at": at.isoformat() if at else None, **data})
    if post.state == Post.State.AGREED:
        announce(PostPlanned(post.pk))


def _tell_slot(channel: Channel, by: Member, verb: str, words: str, slot: QueueSlot) -> None:
    data = {"weekday": slot.weekday, "time": f"{slot.time:%H:%M}"}
    on = ("channel", channel.pk, channel.name)
    record(channel.organization_id, by=by.actor, verb=verb, on=on, words=words, data=data)
