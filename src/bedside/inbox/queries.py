"""Reads of the inbox: the list in its order, one conversation with all it shows, and counts.

The list is read by keys (rank, time, id), never by offsets: page 400 is as quick as page one. Each read here is a
constant number of queries however many messages there are.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.inbox.models import Contact, Conversation, Message, Reply
from bedside.inbox.triage import REASONS, URGENT
from bedside.networks.models import Channel
from bedside.people.gate import or_404
from bedside.people.models import Member

PAGE = 50
THREAD = 100  # the newest messages of a conversation that a page shows
BADGE = 100  # counting stops there: the badge says 99+
MOST_FOUND = 200  # hits of a search that are looked at further
SEARCHED = 20_000  # a search by words looks through so many of the newest messages

State = Conversation.State


@dataclass(frozen=True)
class Wanted:
    """What the list is to show. Empty fields ask for nothing; `words` searches every state."""

    state: str = State.OPEN
    channel: str = ""
    kind: str = ""
    priority: str = ""
    words: str = ""
    is_unread: bool = False
    is_mine: bool = False


@dataclass(frozen=True)
class Listed:
    """A page of the list and the key after which the next one begins ("" at the end)."""

    conversations: list[Conversation]
    next_key: str


def conversations_for(member: Member, wanted: Wanted, *, after: str = "") -> Listed:
    """One page of conversations, the most urgent first and of these the newest; a search: the newest first."""
    found = _matching(member, wanted).select_related("contact", "channel", "assigned_to__user").only(*_SHOWN)
    if words := wanted.words.strip():
        ids = _found_ids(member, words)
        return Listed(list(found.filter(pk__in=ids).order_by("-last_message_at", "-id")[:PAGE]), "")
    if key := _key_of(after):
        found = found.filter(_after(key))
    rows = list(found.order_by("-rank", "-last_message_at", "-id")[: PAGE + 1])
    shown = rows[:PAGE]
    return Listed(shown, _key(shown[-1]) if len(rows) > PAGE else "")


def conversation_for(member: Member, conversation_id: UUID | str) -> Conversation:
    """One conversation of the member's organization; anything else is a 404."""
    whole = Conversation.objects.select_related(
        "contact",
        "channel__organization",
        "channel__location",
        "assigned_to__user",
        "organization",
        "delivery__receipt",
    ).defer("channel__credentials")
    return or_404(whole, member, conversation_id)


def messages_of(conversation: Conversation) -> list[Message]:
    """The newest messages of a conversation, oldest first, with who wrote ours."""
    newest = conversation.messages.select_related("reply__edited_by__user", "hidden_by__user").order_by(
        "-at", "-id"
    )[:THREAD]
    return list(newest)[::-1]


def message_for(member: Member, message_id: UUID | str) -> Message:
    """One message of the member's organization; anything else is a 404."""
    found = Message.objects.select_related("channel__organization", "conversation")
    return or_404(found, member, message_id)


def message_to_answer(conversation: Conversation) -> Message | None:
    """What an answer would stand below: the last thing they said that is still there."""
    theirs = conversation.messages.filter(direction=Message.Direction.IN, deleted_at=None)
    return theirs.order_by("-at", "-id").first()


def open_reply_of(conversation: Conversation) -> Reply | None:
    """The answer that is being written in a conversation, or is on its way; there is one at most."""
    states = (Reply.State.DRAFT, Reply.State.SUBMITTED, Reply.State.AGREED)
    found = conversation.replies.filter(state__in=states)
    return found.select_related("edited_by__user", "answers").first()


def reply_for(member: Member, reply_id: UUID | str) -> Reply:
    """One answer of the member's organization; anything else is a 404."""
    return or_404(Reply.objects.select_related("conversation__channel"), member, reply_id)


def other_conversations(conversation: Conversation, limit: int = 5) -> list[Conversation]:
    """What else this contact said on this channel, the newest first."""
    others = Conversation.objects.filter(contact_id=conversation.contact_id).exclude(pk=conversation.pk)
    return list(others.order_by("-last_message_at")[:limit])


def open_count(member: Member) -> int:
    """How many conversations are open, at most a hundred: for the badge. One indexed count."""
    return Conversation.objects.filter(organization_id=member.organization_id, state=State.OPEN)[
        :BADGE
    ].count()


def urgent_for(member: Member, limit: int = 5) -> list[Conversation]:
    """The open conversations that may be an emergency, self-harm or a threat, the worst first."""
    found = Conversation.objects.filter(
        organization_id=member.organization_id, state=State.OPEN, rank__gte=URGENT
    )
    return list(_told(found).order_by("-rank", "-last_message_at", "-id")[:limit])


def newest_for(member: Member, limit: int = 5) -> list[Conversation]:
    """The open conversations in the order of the list, for the Today page."""
    found = Conversation.objects.filter(
        organization_id=member.organization_id, state=State.OPEN, rank__lt=URGENT
    )
    return list(_told(found).order_by("-rank", "-last_message_at", "-id")[:limit])


def contacts_named(member: Member, words: str, limit: int = 6) -> list[Conversation]:
    """The newest conversations of contacts whose name or handle begins with `words`."""
    named = Conversation.objects.filter(pk__in=_of_contacts(member, words))
    return list(_told(named).order_by("-last_message_at", "-id")[:limit])


def channels_with_inbox(member: Member) -> list[Channel]:
    """The channels to filter by, by name."""
    return list(
        Channel.objects.filter(organization_id=member.organization_id).defer("credentials", "read_cursor")
    )


def _told(found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With what a line says of each: whose it is and on which channel, never the channel's credentials."""
    return found.select_related("contact", "channel").defer("channel__credentials", "channel__read_cursor")


def _matching(member: Member, wanted: Wanted) -> QuerySet[Conversation]:
    found = Conversation.objects.filter(organization_id=member.organization_id)
    if not wanted.words.strip():
        found = found.filter(state=wanted.state)
    if wanted.channel:
        found = found.filter(channel_id=wanted.channel)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.priority == "urgent":
        found = found.filter(rank__gte=URGENT)
    elif wanted.priority:
        found = found.filter(rank=REASONS[wanted.priority].rank)
    if wanted.is_unread:
        found = found.filter(is_unread=True)
    if wanted.is_mine:
        found = found.filter(assigned_to=member)
    return found


def _found_ids(member: Member, words: str) -> set[UUID]:
    """The conversations that a search finds: by a contact's name, and by what was said lately, the newest first."""
    mine = Message.objects.filter(organization_id=member.organization_id).order_by("-at", "-id")
    oldest = mine.values_list("at", flat=True)[SEARCHED : SEARCHED + 1].first()
    recent = mine.filter(at__gte=oldest) if oldest else mine
    said = recent.filter(text__icontains=words, deleted_at=None).values_list("conversation_id", flat=True)
    return set(said[:MOST_FOUND]) | set(_of_contacts(member, words))


def _of_contacts(member: Member, words: str) -> list[UUID]:
    plain = words.lstrip("@")
    named = Contact.objects.filter(
        Q(name__istartswith=plain) | Q(handle__istartswith=f"@{plain}"),
        organization_id=member.organization_id,
    )
    ids = list(named.values_list("pk", flat=True)[:MOST_FOUND])
    found = Conversation.objects.filter(contact__in=ids).order_by("-last_message_at")
    return list(found.values_list("pk", flat=True)[:MOST_FOUND])


def _key(conversation: Conversation) -> str:
    at = conversation.last_message_at.astimezone(UTC).isoformat()
    return (
        base64.urlsafe_b64encode(f"{conversation.rank}|{at}|{conversation.pk}".encode()).decode().rstrip("=")
    )


def _key_of(written: str) -> tuple[int, datetime, UUID] | None:
    """The key in an address; None when there is none, or somebody typed one."""
    try:
        plain = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
        rank, at, pk = plain.split("|")
        return int(rank), datetime.fromisoformat(at), UUID(pk)
    except (ValueError, binascii.Error):
        return None


def _after(key: tuple[int, datetime, UUID]) -> Q:
    rank, at, pk = key
    later = Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=pk)
    return Q(rank__lte=rank) & (Q(rank__lt=rank) | later)


_SHOWN = (
    "id",
    "organization_id",
    "kind",
    "state",
    "is_unread",
    "rank",
    "reason",
    "rating",
    "excerpt",
    "last_message_at",
    "contact__name",
    "contact__handle",
    "channel__name",
    "channel__network",
    "assigned_to__user__name",
)
