"""Fill a database for measurements: 50,000 posts on two channels each, and 200,000 messages.

Rows are written in bulk, as a long life would have left them; nothing is called on any network.
"""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

POSTS, CHANNELS, CONVERSATIONS, MESSAGES = 50_000, 20, 60_000, 200_000
TEXT = "Flu shots are here. Walk in any weekday, 8 to 5; most insurance covers them. Questions? Call the clinic. No. {}"


def fill() -> dict[str, str]:
    """Fill the database; the addresses of the pages by name, and the session under "session"."""
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from tests.fixtures.clinic import found

    call_command("migrate", verbosity=0)
    clinic = found("Measured Clinic")
    clinic.organization.requires_second_factor = False
    clinic.organization.save()
    draft, agreed, delivery = write_posts(clinic.organization, clinic.administrator)
    conversation = write_messages(clinic.organization)
    client = Client()
    client.force_login(clinic.administrator.user)
    analyze()
    return {
        "session": client.cookies["bedside_session"].value,
        "calendar month": "/planning/",
        "calendar week": "/planning/?view=week",
        "posts list": "/planning/posts",
        "composer": f"/planning/posts/{draft}",
        "post": f"/planning/posts/{agreed}",
        "inbox list": "/inbox/",
        "inbox search": "/inbox/?q=parking",
        "inbox conversation": f"/inbox/{conversation}",
        "ledger": "/publishing/",
        "ledger, what needs a person": "/publishing/?show=needs",
        "ledger, one state": "/publishing/?state=sent",
        "delivery": f"/publishing/{delivery}/",
        "today": "/",
    }


def analyze() -> None:
    """Let the database learn its tables, as it does by itself in a running installation."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def write_posts(organization: Any, member: Any) -> tuple[UUID, UUID, UUID]:
    """Posts over two years, each with two variants; those of the past were sent.

    Returns the ids of a draft, of an agreed post, and of a delivery that was sent.
    """
    from bedside.foundation import clock
    from bedside.networks.models import Channel
    from bedside.planning.models import Post, Variant
    from bedside.publishing.models import Delivery, Receipt

    now, dice = clock.now(), random.Random(7)
    channels = Channel.objects.bulk_create(
        Channel(
            organization=organization,
            network="practice",
            remote_id=str(n),
            handle=f"channel{n}",
            name=f"Channel {n}",
            server_url="http://127.0.0.1:8001",
            credentials={"access_token": "x"},
            connected_at=now,
        )
        for n in range(CHANNELS)
    )
    posts, variants, deliveries, receipts = [], [], [], []
    for n in range(POSTS):
        at = now + timedelta(minutes=dice.randrange(-60 * 24 * 640, 60 * 24 * 90))
        is_past = at < now
        post = Post(
            organization=organization,
            state="agreed" if is_past or n % 3 else "draft",
            text=TEXT.format(n),
            planned_at=at,
            created_by=member,
            created_at=at,
            edited_by=member,
            edited_at=at,
        )
        posts.append(post)
        for channel in dice.sample(channels, 2):
            variant = Variant(post=post, channel=channel)
            variants.append(variant)
            if post.state == "agreed":
                delivery = Delivery(
                    organization=organization,
                    channel=channel,
                    subject_kind="variant",
                    subject_id=variant.pk,
                    excerpt=post.text[:140],
                    fingerprint="sha256:x",
                    state="sent" if is_past else "waiting",
                    due_at=at,
                    scheduled_at=at,
                    finished_at=at if is_past else None,
                )
                deliveries.append(delivery)
                if is_past:
                    receipts.append(Receipt(delivery=delivery, remote_id=str(delivery.pk), accepted_at=at))
    for rows in (posts, variants, deliveries, receipts):
        type(rows[0]).objects.bulk_create(rows, batch_size=500)
    draft = next(post for post in posts if post.state == Post.State.DRAFT)
    agreed = next(post for post in posts if post.state == Post.State.AGREED)
    return draft.pk, agreed.pk, receipts[-1].delivery_id


def write_messages(organization: Any) -> UUID:
    """Conversations below the posts, a third of them open; returns one's id."""
    from bedside.foundation import clock
    from bedside.inbox.models import Contact, Conversation, Message
    from bedside.networks.models import Channel
    from bedside.publishing.models import Receipt

    now, dice = clock.now(), random.Random(8)
    sent = list(Receipt.objects.order_by("pk").values_list("pk", flat=True))  # one answers what was published
    channels = list(Channel.objects.all())
    contacts, conversations, messages = [], [], []
    for n in range(CONVERSATIONS):
        channel = channels[n % len(channels)]
        at = now - timedelta(minutes=dice.randrange(60 * 24 * 400))
        contact = Contact(
            organization=organization,
            channel=channel,
            remote_id=str(n),
            handle=f"visitor{n}",
            name=f"Visitor {n}",
            first_seen_at=at,
        )
        contacts.append(contact)
        count = 1 + n % 6 if n % 6 else 3
        conversation = Conversation(
            organization=organization,
            channel=channel,
            contact=contact,
            root_remote_id=f"root{n}",
            delivery_id=dice.choice(sent),
            kind="reply",
            state=("open", "answered", "closed")[n % 3],
            is_unread=n % 9 == 0,
            rank=n % 4 if n % 3 == 0 else 0,
            excerpt="Where is the parking at the new place?"
            if n % 50 == 0
            else "Thank you for the reminder.",
            message_count=count,
            began_at=at,
            last_message_at=at,
        )
        conversations.append(conversation)
        for m in range(count):
            messages.append(
                Message(
                    organization=organization,
                    conversation=conversation,
                    channel=channel,
                    direction="in" if m % 2 == 0 else "out",
                    kind="reply",
                    remote_id=f"{n}-{m}",
                    text="Where is the parking at the new place?"
                    if n % 50 == 0
                    else "Thank you for the reminder.",
                    at=at + timedelta(minutes=m),
                )
            )
    for rows in (contacts, conversations, messages[:MESSAGES]):
        type(rows[0]).objects.bulk_create(rows, batch_size=500)
    return conversations[0].pk
