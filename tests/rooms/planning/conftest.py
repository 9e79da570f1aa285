"""Channels to write for, and short ways to a post in a given state."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.fixtures.clinic import Clinic

from bedside.approvals.actions import decide
from bedside.approvals.queries import latest_request
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.planning import progress
from bedside.planning.actions import agree_post, create_post, submit_post
from bedside.planning.content import Content, Wording
from bedside.planning.models import Post


def channel_of(clinic: Clinic, name: str = "Riverside", network: str = "practice") -> Channel:
    return Channel.objects.create(
        organization=clinic.organization,
        network=network,
        remote_id=f"{network}-{name}",
        handle=name.lower().replace(" ", "-"),
        name=name,
        connected_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def channel(clinic) -> Channel:
    return channel_of(clinic)


@pytest.fixture
def second_channel(clinic) -> Channel:
    return channel_of(clinic, "Riverside Sky", "bluesky")


@pytest.fixture
def author(clinic):
    return clinic.member("author")


@pytest.fixture
def write(clinic, channel, author):
    """`write("text", ...)`: a draft by the author on the first channel."""

    def make(text="Flu shots are here.", *, by=None, on=(), **content) -> Post:
        wordings = {c.pk: Wording() for c in (on or [channel])}
        return create_post(by=by or author, content=Content(text=text, wordings=wordings, **content))

    return make


@pytest.fixture
def agreed(clinic, author, write):
    """`agreed("text")`: a post that everybody who has to has signed."""

    def make(text="Flu shots are here.", **content) -> Post:
        post = submit_post(write(text, **content), by=author)
        sign_all(clinic, post)
        return agree_post(post.pk)

    return make


@pytest.fixture
def became():
    """`became({variant_id: Leaving(...)})`: what publishing would tell of these variants, until the test ends."""
    wired = list(progress._sources)
    yield lambda told: progress.register(lambda ids: told)
    progress._sources[:] = wired


def sign_all(clinic: Clinic, post: Post) -> None:
    """Every step of the post's request is signed by somebody with that signing power."""
    request = latest_request("post", post.pk)
    for step in request.steps.all():
        role = {"privacy": "privacy_officer", "clinical": "clinical_approver", "brand": "brand_approver"}
        decide(request, by=clinic.member(role[step.signing]), says="sign")


def picture(clinic: Clinic, *, is_judged: bool = True, name: str = "shot.jpg", alt_text: str = "") -> Asset:
    """A picture of the library whose bytes nobody needs here."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Asset.objects.create(
        organization=clinic.organization,
        kind="image",
        name=name,
        mime="image/jpeg",
        content_hash=uuid4().hex,
        original_path="library/original/x",
        clean_path="library/clean/x.jpg",
        bytes=1000,
        width=100,
        height=100,
        alt_text=alt_text,
        uploaded_at=now,
        judged_at=now if is_judged else None,
    )
