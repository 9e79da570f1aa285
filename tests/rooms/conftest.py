"""What every room's tests stand on: a clinic, another one, and an audit that insists."""

import pytest
from tests.fixtures.clinic import clinic, other_clinic

__all__ = ["clinic", "other_clinic"]


@pytest.fixture(autouse=True)
def insists_on_records(settings):
    """In tests every action must have written to the record."""
    settings.BEDSIDE_INSISTS_ON_RECORDS = True


@pytest.fixture(autouse=True)
def hashes_passwords_fast(settings):
    """Real password hashes are slow on purpose; no test here measures their strength."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
