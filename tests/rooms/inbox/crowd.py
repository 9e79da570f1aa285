"""Many conversations at once, written straight into the tables: for counting queries and for measuring."""

import random
from datetime import timedelta

from bedside.foundation import clock
from bedside.inbox.models import Contact, Conversation, Message
from bedside.inbox.triage import REASONS
from bedside.networks.models import Channel

SAID = (
    "open flu shot Saturday thanks parking bill nurse doctor appointment walk-in insurance portal hours test results "
    "baby knee waiting kind staff front desk phone call again tomorrow please help question vaccine school form"
)
WORDS = SAID.split()
KINDS = ("reply", "reply", "reply", "mention", "review", "quote")


def fill(channels: list[Channel], conversations: int, messages_each: int = 2, seed: int = 7) -> None:
    """Give the channels so many conversations, a tenth of them open, with so many messages each."""
    dice = random.Random(seed)
    for start in range(0, conversations, 5000):
        _portion(channels, range(start, min(start + 5000, conversations)), messages_each, dice)


def _portion(channels: list[Channel], numbers: range, messages_each: int, dice: random.Random) -> None:
    now, reasons = clock.now(), list(REASONS.values())
    contacts, found, messages = [], [], []
    for number in numbers:
        channel = channels[number % len(channels)]
        common = {"organization_id": channel.organization_id, "channel": channel}
        contact = Contact(
            **common, remote_id=f"p{number}", name=f"Person {number}", handle=f"@p{number}", first_seen_at=now
        )
        is_open, kind = dice.random() < 0.1, dice.choice(KINDS)
        reason = dice.choices(reasons, weights=[1, 1, 1, 5, 60, 20, 60, 40])[0]
        at = now - timedelta(minutes=number, seconds=dice.random() * 50)
        conversation = Conversation(
            **common,
            contact=contact,
            root_remote_id=f"root-{number // 3}",
            kind=kind,
            state="open" if is_open else dice.choice(["answered", "closed"]),
            is_unread=is_open and dice.random() < 0.4,
            rank=reason.rank if is_open else 0,
            reason=reason.code if is_open else "",
            rating=dice.randint(1, 5) if kind == "review" else None,
            excerpt=" ".join(dice.choices(WORDS, k=12)),
            message_count=messages_each,
            began_at=at,
            last_message_at=at,
        )
        contacts.append(contact)
        found.append(conversation)
        messages += [
            Message(
                **common,
                conversation=conversation,
                direction="in" if turn % 2 == 0 else "out",
                kind=kind,
                remote_id=f"m{number}-{turn}",
                text=" ".join(dice.choices(WORDS, k=16)),
                at=at - timedelta(seconds=messages_each - turn),
            )
            for turn in range(messages_each)
        ]
    Contact.objects.bulk_create(contacts, batch_size=1000)
    Conversation.objects.bulk_create(found, batch_size=500)
    Message.objects.bulk_create(messages, batch_size=1000)
