"""A clinic whose posts stand on a running practice network, and the strangers who like them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.fixtures.clinic import Clinic
from tests.fixtures.practice import PracticeServer, practice_server
from tests.rooms.publishing.house import House
from tests.rooms.publishing.words import Notes

from bedside.foundation import clock
from bedside.insights.following import follow_sent
from bedside.insights.models import Result
from bedside.insights.reading import read_all
from bedside.networks.models import Channel
from bedside.planning.actions import create_post
from bedside.planning.content import Content, Wording
from bedside.planning.models import Campaign, Post
from bedside.publishing.models import Delivery, Receipt

__all__ = ["practice_server"]


@dataclass
class Square:
    """The clinic's channels, what they published, and the people who pass by."""

    clinic: Clinic
    network: PracticeServer
    house: House
    channel: Channel

    @property
    def handle(self) -> str:
        return self.channel.handle.lstrip("@")

    def write(self, text: str, campaign: Campaign | None = None) -> Post:
        """A post of the author for the first channel."""
        content = Content(text=text, wordings={self.channel.pk: Wording()})
        post = create_post(by=self.clinic.member("author"), content=content)
        if campaign is not None:
            Post.objects.filter(pk=post.pk).update(campaign=campaign)
        return post

    def publish(
        self, text: str = "Flu shots are here.", *, ago: timedelta = timedelta(0), **more: object
    ) -> Delivery:
        """Something that left `ago` and stands on the network, as the publishing room leaves it behind."""
        opened = self.network.channel(self.handle)
        made = self.network.http.post("/api/posts", json={"text": text}, headers=opened.headers)
        remote = made.raise_for_status().json()
        return self.record_sent(self.write(text, **more), remote["id"], clock.now() - ago)

    def record_sent(self, post: Post, remote_id: str, at: datetime) -> Delivery:
        """The rows of a delivery that the network accepted at that time."""
        delivery = Delivery.objects.create(
            organization=self.clinic.organization,
            channel=self.channel,
            subject_kind="variant",
            subject_id=post.variants.get().pk,
            excerpt=post.text[:140],
            fingerprint="x",
            state=Delivery.State.SENT,
            due_at=at,
            scheduled_at=at,
            finished_at=at,
        )
        Receipt.objects.create(
            delivery=delivery,
            remote_id=remote_id,
            url=f"{self.network.base_url}/p/{remote_id}",
            accepted_at=at,
        )
        return delivery

    def like(self, delivery: Delivery, name: str) -> None:
        answer = self.network.as_stranger(name, f"/p/{delivery.receipt.remote_id}/like")
        assert answer.status_code == 303, answer.text

    def comment(self, delivery: Delivery, name: str, text: str = "Are you open on Saturday?") -> None:
        answer = self.network.as_stranger(name, f"/p/{delivery.receipt.remote_id}/comment", text=text)
        assert answer.status_code == 303, answer.text

    def follow(self) -> int:
        return follow_sent(self.clinic.organization)

    def read(self, **later: float) -> int:
        """A turn of reading, so much later than now; the account's own reading is due as it comes."""
        with clock.at(clock.now() + timedelta(**later)):
            return read_all()


def result_of(delivery: Delivery) -> Result:
    """What is known of a delivery now."""
    return Result.objects.get(pk=delivery.pk)


@pytest.fixture
def network(practice_server: PracticeServer, settings) -> PracticeServer:
    """The practice network, empty and well-behaved, whose address the operator named."""
    practice_server.reset()
    practice_server.end_faults()
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    return practice_server


@pytest.fixture
def square(network: PracticeServer, clinic: Clinic, tmp_path: Path) -> Square:
    """A clinic with one channel on the practice network."""
    house = House(clinic, network, Notes(), tmp_path)
    return Square(clinic, network, house, house.channel(f"riverside-{uuid4().hex[:8]}"))
