"""Which servers do the connectors' tests stand on? Started once for a run; what is absent is a skip with
its reason.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from servers import installed, running
from tests.fixtures.practice import PracticeServer, practice_server
from tests.fixtures.servers import Absent, start_postgres, start_redis
from tests.networks.lossy import line_to
from tests.networks.on_bluesky import OnBluesky
from tests.networks.on_mastodon import OnMastodon
from tests.networks.on_practice import OnPractice
from tests.networks.places import Place

__all__ = ["practice_server"]


@pytest.fixture(scope="session")
def mastodon_url() -> Iterator[str]:
    """A Mastodon server."""
    try:
        with running.mastodon() as url:
            yield url
    except installed.NotInstalled as reason:
        pytest.skip(str(reason))  # said where a machine lacks it; in CI that is a failure


@pytest.fixture(scope="session")
def bluesky_servers() -> Iterator[running.Bluesky]:
    """The whole Bluesky network, or without PostgreSQL and Redis the personal data server alone."""
    with ExitStack() as stack:
        stores = None
        try:
            postgres = start_postgres()
            stack.callback(postgres.stop)
            redis = start_redis()
            stack.callback(redis.stop)
            stores = running.Stores(postgres.url, urlsplit(redis.url).netloc)
        except Absent:
            pass  # the tests of conversations skip, saying so
        try:
            yield stack.enter_context(running.bluesky(stores))
        except installed.NotInstalled as reason:
            pytest.skip(str(reason))  # said where a machine lacks it; in CI that is a failure


@pytest.fixture
def on_practice(practice_server: PracticeServer) -> Iterator[OnPractice]:
    with line_to(practice_server.base_url) as line:
        yield OnPractice(line)


@pytest.fixture
def on_mastodon(mastodon_url: str) -> Iterator[OnMastodon]:
    with line_to(mastodon_url) as line:
        yield OnMastodon(line)


@pytest.fixture
def on_bluesky(bluesky_servers: running.Bluesky) -> Iterator[OnBluesky]:
    with line_to(bluesky_servers.url) as line:
        place = OnBluesky(line)
        place.knows_strangers = bluesky_servers.is_whole
        yield place


@pytest.fixture(
    params=[
        pytest.param("practice"),
        pytest.param("mastodon", marks=pytest.mark.servers),
        pytest.param("bluesky", marks=pytest.mark.servers),
    ]
)
def place(request: pytest.FixtureRequest) -> Place:
    """Every network in turn."""
    found = request.getfixturevalue(f"on_{request.param}")
    assert isinstance(found, Place)
    return found


@pytest.fixture
def busy_place(place: Place) -> Place:
    """Every network on which strangers can be heard."""
    if not place.knows_strangers:
        pytest.skip(  # said where a machine lacks it; in CI that is a failure
            "Conversations on Bluesky need PostgreSQL and Redis, which are not both here."
        )
    return place
