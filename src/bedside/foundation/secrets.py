"""How tokens and passwords of networks are kept: encrypted at rest, with keys that can be rotated.

Fernet (AES-128-CBC with HMAC-SHA-256) from `cryptography`. The first key encrypts, all keys
decrypt; `bedside keys rotate` writes everything anew under the first. Keys come from the
BEDSIDE_ENCRYPTION_KEYS setting or from a file in the data folder, never from the database.
"""

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class SecretUnreadable(Exception):
    """A stored secret was encrypted with a key that is no longer configured. Restore the key, or connect again."""


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def _current_box() -> MultiFernet:
    return _box(tuple(settings.BEDSIDE_ENCRYPTION_KEYS))


def seal(plain: str) -> str:
    """Encrypt `plain` under the first key; the result is ASCII and safe to store."""
    return _current_box().encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made. Raises SecretUnreadable when no configured key fits."""
    try:
        return _current_box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable("No configured key opens this secret.") from None


def reseal(sealed: str) -> str:
    """The same secret under the first key, for a rotation of keys."""
    try:
        return _current_box().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise SecretUnreadable("No configured key opens this secret.") from None


if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:  # Django's fields take their types only in the stubs
    _TextField = models.TextField


class SealedField(_TextField):
    """A JSON value that is encrypted in the database. It cannot be searched, and is absent from exports."""

    description = "An encrypted JSON value"

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else seal(json.dumps(value, separators=(",", ":")))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return None if value is None or value == "" else json.loads(unseal(value))

    def to_python(self, value: Any) -> Any:
        return value
