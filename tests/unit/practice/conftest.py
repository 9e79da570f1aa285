"""What do the tests of the practice network stand on? One running network, emptied before each test."""

import pytest
from tests.fixtures.practice import PracticeChannel, PracticeServer, practice_server

__all__ = ["practice_server"]


@pytest.fixture
def network(practice_server: PracticeServer) -> PracticeServer:
    """The practice network, empty and well-behaved."""
    practice_server.reset()
    return practice_server


@pytest.fixture
def clinic(network: PracticeServer) -> PracticeChannel:
    """A clinic's channel."""
    return network.channel("riverbend", "Riverbend Family Clinic")
