"""Where does a message belong? Finds or makes its contact and its conversation, many messages at a time.

One person below one root is one conversation. A word of ours belongs to the conversation of what it answers; one
that answers no message of others (our own first comment, say) belongs to our post and is not kept here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bedside.inbox.arrival import Arrival
from bedside.inbox.models import Contact, Conversation, Message
from bedside.networks.models import Channel
from bedside.publishing.models import Receipt


@dataclass(frozen=True)
class Placed:
    """An arrival and the conversation it belongs to; `message` is unsaved."""

    arrival: Arrival
    conversation: Conversation
    message: Message


@dataclass
class Placing:
    """One batch being placed for one channel, inside one transaction that holds the channel's row."""

    channel: Channel
    now: datetime
    roots: dict[str, str] = field(default_factory=dict)  # message → the root of its conversation
    by_message: dict[str, Conversation] = field(default_factory=dict)
    conversations: dict[tuple[str, object], Conversation] = field(default_factory=dict)
    fresh: list[Conversation] = field(default_factory=list)

    def place(self, arrivals: Sequence[Arrival], known: Mapping[str, Message]) -> list[Placed]:
        """Place new arrivals (oldest first); `known` are the stored messages that they may answer."""
        for message in known.values():
            self.roots[message.remote_id] = message.conversation.root_remote_id
            self.by_message[message.remote_id] = message.conversation
        theirs = [each for each in arrivals if not each.is_ours]
        contacts = self._contacts(theirs)
        for each in theirs:
            self.roots[each.remote_id] = (
                each.root or self.roots.get(each.in_reply_to, "") or (each.in_reply_to or each.remote_id)
            )
        self._load(theirs, contacts)
        placed = [found for each in arrivals if (found := self._place(each, contacts))]
        self._save_fresh()
        return placed

    def _place(self, each: Arrival, contacts: Mapping[str, Contact]) -> Placed | None:
        if each.is_ours:
            conversation = self.by_message.get(each.in_reply_to)
            if conversation is None:
                return None
        else:
            conversation = self._conversation(each, contacts[each.author.remote_id])
        self.by_message[each.remote_id] = conversation
        return Placed(each, conversation, self._message(each, conversation))

    def _conversation(self, each: Arrival, contact: Contact) -> Conversation:
        key = (self.roots[each.remote_id], contact.pk)
        if key not in self.conversations:
            made = Conversation(
                organization_id=self.channel.organization_id,
                channel=self.channel,
                contact=contact,
                root_remote_id=key[0],
                kind=each.kind,
                rating=each.rating,
                began_at=min(each.at, self.now),
                last_message_at=min(each.at, self.now),
            )
            self.conversations[key] = made
            self.fresh.append(made)
        return self.conversations[key]

    def _message(self, each: Arrival, conversation: Conversation) -> Message:
        return Message(
            organization_id=self.channel.organization_id,
            conversation=conversation,
            channel=self.channel,
            direction=Message.Direction.OUT if each.is_ours else Message.Direction.IN,
            kind=each.kind,
            remote_id=each.remote_id,
            remote_extra=each.remote_extra,
            text=each.text,
            at=min(each.at, self.now),  # some networks believe the author's clock
            in_reply_to=each.in_reply_to,
            url=each.url[:1000],
            attached=list(each.attached),
        )

    def _contacts(self, arrivals: Iterable[Arrival]) -> dict[str, Contact]:
        authors = {each.author.remote_id: each.author for each in arrivals}
        known = Contact.objects.filter(channel=self.channel, remote_id__in=list(authors))
        found = {contact.remote_id: contact for contact in known}
        changed = []
        for remote_id, contact in found.items():
            author = authors[remote_id]
            if (contact.name, contact.handle) != (author.name[:200], author.handle[:200]):
                contact.name, contact.handle = author.name[:200], author.handle[:200]
                changed.append(contact)
        Contact.objects.bulk_update(changed, ["name", "handle"])
        new = [
            Contact(
                organization_id=self.channel.organization_id,
                channel=self.channel,
                remote_id=remote_id,
                handle=author.handle[:200],
                name=author.name[:200],
                url=author.url[:500],
                first_seen_at=self.now,
            )
            for remote_id, author in authors.items()
            if remote_id not in found
        ]
        Contact.objects.bulk_create(new)
        return found | {contact.remote_id: contact for contact in new}

    def _load(self, arrivals: Sequence[Arrival], contacts: Mapping[str, Contact]) -> None:
        known = Conversation.objects.filter(
            channel=self.channel,
            root_remote_id__in={self.roots[each.remote_id] for each in arrivals},
            contact__in=[contact.pk for contact in contacts.values()],
        )
        for conversation in known:
            self.conversations.setdefault(
                (conversation.root_remote_id, conversation.contact_id), conversation
            )
        for conversation in self.by_message.values():
            key = (conversation.root_remote_id, conversation.contact_id)
            self.conversations.setdefault(key, conversation)
        # One object for each row, or two changes would overwrite each other.
        for remote_id, conversation in self.by_message.items():
            self.by_message[remote_id] = self.conversations[
                (conversation.root_remote_id, conversation.contact_id)
            ]

    def _save_fresh(self) -> None:
        roots = {conversation.root_remote_id for conversation in self.fresh}
        receipts = Receipt.objects.filter(remote_id__in=roots, delivery__channel=self.channel)
        ours = dict(receipts.values_list("remote_id", "delivery_id"))
        for conversation in self.fresh:
            conversation.delivery_id = ours.get(conversation.root_remote_id)
        Conversation.objects.bulk_create(self.fresh)
