"""How does a hold that was placed a moment before a departure always win?

Placing a hold and marking deliveries as `sending` are two transactions that could pass each other: the one
looks for holds, the other writes one, both commit. Here they meet. On PostgreSQL a departure holds a shared
lock until its commit and a new hold waits for it (and departures wait for the hold); on SQLite
one transaction writes at a time anyway.
"""

from django.db import connection

_LOCK = 0x686F6C64  # "hold"


def before_departure() -> None:
    """Call inside the transaction that marks deliveries as `sending`, before reading the holds."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)")


def before_stop() -> None:
    """Call inside the transaction that places a hold, before it is written."""
    _lock("SELECT pg_advisory_xact_lock(%s)")


def _lock(statement: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [_LOCK])
