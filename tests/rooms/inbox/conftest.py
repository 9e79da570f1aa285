"""A clinic that listens: a channel on a running practice network, strangers who write there, and ways to answer."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from tests.fixtures.clinic import Clinic
from tests.fixtures.practice import PracticeServer, practice_server
from tests.rooms.publishing.house import House
from tests.rooms.publishing.words import Notes

from bedside.foundation.announce import when
from bedside.inbox.listening import listen_to
from bedside.inbox.models import Conversation, Reply
from bedside.inbox.news import MessageArrived, ReplySent
from bedside.networks.models import Channel
from bedside.people.models import Member

__all__ = ["practice_server"]


@dataclass
class Town:
    """The clinic's channel and the people around it."""

    clinic: Clinic
    network: PracticeServer
    house: House
    channel: Channel
    handle: str
    posts: dict[str, str] = field(default_factory=dict)

    @property
    def moderator(self) -> Member:
        return self.clinic.member("moderator")

    def post(self, text: str = "Flu shots are here.") -> str:
        """Something on the channel, published outside Bedside; its id."""
        opened = self.network.channel(self.handle)
        made = self.network.http.post("/api/posts", json={"text": text}, headers=opened.headers)
        return str(made.raise_for_status().json()["id"])

    def comment(self, post_id: str, text: str, *, name: str = "Pat") -> None:
        answer = self.network.as_stranger(name, f"/p/{post_id}/comment", text=text)
        assert answer.status_code == 303, answer.text

    def mention(self, text: str, *, name: str = "Pat") -> None:
        answer = self.network.as_stranger(name, "/post", text=f"@{self.handle} {text}")
        assert answer.status_code == 303, answer.text

    def review(self, stars: int, text: str, *, name: str = "Pat") -> None:
        answer = self.network.as_stranger(name, f"/c/{self.handle}/review", stars=str(stars), text=text)
        assert answer.status_code == 303, answer.text

    def listen(self) -> int:
        """What a turn of the job does for this channel."""
        return listen_to(Channel.objects.select_related("organization").get(pk=self.channel.pk))

    def heard(self, text: str = "When are you open?", *, name: str = "Pat") -> Conversation:
        """Somebody comments below a post of ours, and we hear it."""
        self.comment(self.post(), text, name=name)
        self.listen()
        return Conversation.objects.latest("began_at", "id")

    def state_of(self, reply: Reply) -> str:
        return Reply.objects.values_list("state", flat=True).get(pk=reply.pk)


@pytest.fixture
def network(practice_server: PracticeServer, settings) -> PracticeServer:
    """The practice network, empty and well-behaved, whose address the operator named."""
    practice_server.reset()
    practice_server.end_faults()
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    return practice_server


@pytest.fixture
def town(network: PracticeServer, clinic: Clinic, tmp_path: Path) -> Town:
    """A clinic with one channel."""
    house = House(clinic, network, Notes(), tmp_path)
    return Town(clinic, network, house, house.channel("riverside"), "riverside")


@pytest.fixture
def live_town(transactional_db: None, network: PracticeServer, clinic: Clinic, tmp_path: Path) -> Town:
    """The same with committed data, for stories in which the publishing worker takes part."""
    house = House(clinic, network, Notes(), tmp_path)
    return Town(clinic, network, house, house.channel("riverside"), "riverside")


@pytest.fixture
def heard() -> list[object]:
    """Every piece of news that the inbox announced, in order."""
    found: list[object] = []
    for kind in (MessageArrived, ReplySent):
        when(kind, found.append)
    return found


def ids(conversations: list[Conversation]) -> list[UUID]:
    return [conversation.pk for conversation in conversations]
