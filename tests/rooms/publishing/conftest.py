"""What do the tests of sending stand on? A clinic, a practice network of its own process, and notes to send."""

from pathlib import Path

import pytest
from tests.fixtures.clinic import Clinic
from tests.fixtures.practice import PracticeServer, practice_server
from tests.rooms.publishing.house import House
from tests.rooms.publishing.words import KIND, Notes

from bedside.publishing import subjects

__all__ = ["practice_server"]


@pytest.fixture
def network(practice_server: PracticeServer, settings) -> PracticeServer:
    """The practice network, empty and well-behaved, whose address the operator named."""
    practice_server.reset()
    practice_server.end_faults()
    settings.BEDSIDE_PRACTICE_URL = practice_server.base_url
    return practice_server


@pytest.fixture
def house(transactional_db, network: PracticeServer, clinic: Clinic, tmp_path: Path) -> House:
    """Everything a story about sending needs. Threads take part, so the tests' data are committed."""
    notes = Notes()
    subjects.register(KIND, notes)
    return House(clinic, network, notes, tmp_path)
