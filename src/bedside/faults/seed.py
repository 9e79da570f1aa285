"""A clinic with many channels and many cleared posts, written straight into the tables because it has to be fast.

The posts are as real as those that went through the composer: agreed, with the recorded clearance of a practice of
one person for exactly their fingerprint. The last gate judges every one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from secrets import token_urlsafe
from typing import TypeVar

from django.db import models, transaction

from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.foundation.ids import uuid7
from bedside.networks.models import Channel
from bedside.people.actions import found_organization, make_user
from bedside.people.models import Member
from bedside.planning.material import materials_for
from bedside.planning.models import Post, SoloClearance, Variant
from bedside.publishing.models import Delivery

M = TypeVar("M", bound=models.Model)
AT_ONCE = 1000

# Plain service news in which the guard finds nothing.
SENTENCES = (
    "Our new parking area opens this week.",
    "We are open on Saturday mornings from now on.",
    "The front desk answers calls from eight to five.",
    "Our lobby has fresh paint and more chairs.",
    "The lift at the main entrance works again.",
)


@dataclass(frozen=True)
class Clinic:
    """Who sends: one member of a practice of one person, and its channels."""

    member: Member
    channels: list[Channel]


def make_clinic(practice_url: str, channels: int) -> Clinic:
    """An organization with `channels` channels signed in on a running practice network."""
    user = make_user(email="dana@field.example", name="Dana Field", password=token_urlsafe(24))
    member = found_organization(name="Field Family Practice", time_zone="America/Chicago", user=user)
    member.organization.allows_solo_clearance = True
    member.organization.save()
    http = Http(practice_url, allow_private=True)
    made = [_channel(http, practice_url, member, f"channel-{number:03}") for number in range(channels)]
    return Clinic(member, Channel.objects.bulk_create(made))


def _channel(http: Http, practice_url: str, member: Member, handle: str) -> Channel:
    told = http.request("POST", "/_control/channels", json={"handle": handle, "name": handle}).json()
    credentials = {
        "access_token": told["access_token"],
        "refresh_token": told["refresh_token"],
        "expires_at": (clock.now() + timedelta(seconds=told["expires_in"])).isoformat(),
        "extra": {},
    }
    return Channel(
        organization=member.organization,
        network="practice",
        remote_id=told["channel"]["id"],
        handle=f"@{handle}",
        name=handle,
        url=told["channel"]["url"],
        server_url=practice_url,
        credentials=credentials,  # type: ignore[misc]  # a sealed field takes any JSON value
        connected_at=clock.now(),
    )


def plan_cleared(clinic: Clinic, times: Sequence[datetime]) -> int:
    """A cleared post for each of `times`, spread evenly over the channels; each text is unique."""
    numbered = enumerate(times)
    while chunk := list(islice(numbered, AT_ONCE)):
        with transaction.atomic():
            _plan(clinic, chunk)
    return len(times)


def _plan(clinic: Clinic, chunk: list[tuple[int, datetime]]) -> None:
    now, author = clock.now(), clinic.member
    posts = [
        Post(
            organization=author.organization,
            state=Post.State.AGREED,
            text=f"{SENTENCES[number % len(SENTENCES)]} Note {number}.",
            planned_at=at,
            created_by=author,
            created_at=now,
            edited_by=author,
            edited_at=now,
        )
        for number, at in chunk
    ]
    Post.objects.bulk_create(posts)
    variants = [
        Variant(post=post, channel=clinic.channels[number % len(clinic.channels)])
        for post, (number, _at) in zip(posts, chunk, strict=True)
    ]
    Variant.objects.bulk_create(variants)
    for post in posts:
        post._prefetched_objects_cache = {"media": []}  # type: ignore[attr-defined]  # they have no pictures
    materials = materials_for(variants)
    fingerprints = {variant.pk: materials[variant.pk].fingerprint for variant in variants}
    SoloClearance.objects.bulk_create(
        SoloClearance(
            organization=author.organization,
            subject_kind="variant",
            subject_id=variant.pk,
            fingerprint=fingerprints[variant.pk],
            checklist=[],
            given_by=author,
            given_at=now,
        )
        for variant in variants
    )
    Delivery.objects.bulk_create(
        Delivery(
            organization=author.organization,
            channel=variant.channel,
            subject_kind="variant",
            subject_id=variant.pk,
            excerpt=post.text[:140],
            fingerprint=fingerprints[variant.pk],
            due_at=at,
            scheduled_by=author,
            scheduled_at=now,
        )
        for variant, post, (_number, at) in zip(variants, posts, chunk, strict=True)
    )


def plan_far_away(clinic: Clinic, count: int, *, days: int = 60) -> None:
    """Deliveries that wait for their time from tomorrow on: they are in the way, and are not sent."""
    first = clock.now() + timedelta(days=1)
    step = timedelta(days=days) / max(count, 1)
    rows = _far_away(clinic, count, first, step)
    while chunk := list(islice(rows, AT_ONCE)):
        Delivery.objects.bulk_create(chunk)


def _far_away(clinic: Clinic, count: int, first: datetime, step: timedelta) -> Iterator[Delivery]:
    for number in range(count):
        yield Delivery(
            organization=clinic.member.organization,
            channel=clinic.channels[number % len(clinic.channels)],
            subject_kind="variant",
            subject_id=uuid7(),
            excerpt=f"Planned note {number}",
            fingerprint="sha256:planned",
            due_at=first + step * number,
            scheduled_by=clinic.member,
            scheduled_at=clock.now(),
        )
