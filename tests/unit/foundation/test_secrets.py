"""What is sealed can be opened with any configured key, and with no other."""

import pytest
from cryptography.fernet import Fernet

from bedside.foundation.secrets import SecretUnreadable, reseal, seal, unseal

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_the_sealed_word_is_not_in_the_seal(settings):
    settings.BEDSIDE_ENCRYPTION_KEYS = [OLD]
    sealed = seal("refresh-token")
    assert "refresh-token" not in sealed
    assert unseal(sealed) == "refresh-token"


def test_keys_are_rotated_without_losing_anything(settings):
    settings.BEDSIDE_ENCRYPTION_KEYS = [OLD]
    sealed = seal("refresh-token")
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW, OLD]
    renewed = reseal(sealed)
    settings.BEDSIDE_ENCRYPTION_KEYS = [NEW]
    assert unseal(renewed) == "refresh-token"
    with pytest.raises(SecretUnreadable):
        unseal(sealed)
