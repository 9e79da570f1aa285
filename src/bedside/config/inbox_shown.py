"""What the shell shows of the inbox: the badge in the navigation, lines of the Today page, hits of the search.

The Today page carries names and words of nobody: it is often open on a desk that others can see.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from bedside.inbox.models import Conversation
from bedside.inbox.queries import contacts_named, newest_for, open_count, urgent_for
from bedside.inbox.triage import reason_of
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.web import navigation, palette, today
from bedside.web.palette import Hit
from bedside.web.today import TodayItem

URGENT_WEIGHT = 100


def connect() -> None:
    """Register the inbox with the shell."""
    navigation.count_with("inbox", badge)
    today.register(today_items)
    palette.register("inbox", hits)


def badge(member: Member) -> int:
    """How many conversations are open."""
    return open_count(member) if member.can(Power.ANSWER) else 0


def today_items(member: Member) -> Iterator[TodayItem]:
    """Possible emergencies need me now; the other open conversations came in."""
    if not member.can(Power.ANSWER):
        return
    for each in urgent_for(member):
        yield _item(each, needs_me=True)
    for each in newest_for(member):
        yield _item(each, needs_me=False)


def hits(member: Member, words: str) -> Iterator[Hit]:
    """The conversations of people whose name begins like that."""
    if not member.can(Power.ANSWER):
        return
    for each in contacts_named(member, words):
        yield Hit(
            label=str(each.contact),
            url=_url(each),
            icon="conversation",
            detail=f"{each.get_kind_display()} · {each.channel.name}",
            group=_("Conversations"),
        )


def _item(conversation: Conversation, *, needs_me: bool) -> TodayItem:
    reason = reason_of(conversation.reason)
    kind = conversation.get_kind_display()
    title = f"{reason.word}: {kind}" if reason else str(kind)
    sentence = f"{conversation.channel.name}. {reason.sentence}" if reason else conversation.channel.name
    return TodayItem(
        kind="needs_me" if needs_me else "came_in",
        title=title,
        sentence=sentence,
        url=_url(conversation),
        at=conversation.last_message_at,
        weight=URGENT_WEIGHT if needs_me else conversation.rank,
        icon="shield-alert" if needs_me else "inbox",
        tone="danger" if needs_me else "quiet",
    )


def _url(conversation: Conversation) -> str:
    return reverse("inbox:conversation", args=[conversation.pk])
