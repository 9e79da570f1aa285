"""What does the doctor see in the database? Whether it answers, is up to date and safe, and what waits for a
person.

What can be seen without it is `cli/look_at_machine.py`. Imported only when Django is set up.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bedside.audit.queries import chains, first_broken_link
from bedside.cli.sight import Sight, ill, watch, well
from bedside.config.environment import Environment
from bedside.foundation import clock
from bedside.foundation.models import Heartbeat
from bedside.networks.models import Channel

NEWEST_LINES = 500
"""How much of each chain is walked here; `bedside audit verify` walks all of it."""
SEEN_WITHIN = timedelta(minutes=1)


def look_at_desk(env: Environment) -> list[Sight]:
    """Everything that is in the database; without one, only that it does not answer."""
    try:
        seen = [database(), *sqlite(), migrations()]
        if seen[-1].state.value == "ill":
            return seen
        return [*seen, *queue(env), *workers(), *channels(), *record()]
    except DatabaseError as reason:
        said = str(reason).strip().splitlines()[0] if str(reason).strip() else type(reason).__name__
        return [
            ill("database", f"It does not answer: {said}.", "Start it, or set BEDSIDE_DATABASE_URL right.")
        ]


def database() -> Sight:
    """Does the database answer?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return well("database", f"{connection.display_name} answers.")


def sqlite() -> Iterable[Sight]:
    """Readers must not stop the writer: the embedded database has to keep a write-ahead log."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode == "wal":
        yield well("write-ahead log", "SQLite keeps a write-ahead log.")
    else:
        yield ill(
            "write-ahead log",
            f"SQLite runs in mode {mode}.",
            "Keep the data folder on a local disk.",
        )


def migrations() -> Sight:
    """Has the database the form that this version expects?"""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return ill("migrations", f"{len(missing)} steps are missing.", "Start Bedside again; it takes them.")
    return well("migrations", "The database is up to date.")


def queue(env: Environment) -> Iterable[Sight]:
    """Many machines share jobs only by Redis, and a database of its own machine only by PostgreSQL."""
    if env.redis_url and connection.vendor == "sqlite":
        yield watch(
            "queue",
            "Redis is set, but the database is a file.",
            "Set BEDSIDE_DATABASE_URL too.",
        )
    if settings.DEBUG:
        yield watch("debug", "Technical error pages are shown.", "Unset BEDSIDE_DEBUG where members work.")


def workers() -> Iterable[Sight]:
    """Which workers have been alive lately, on any machine?"""
    lately = Heartbeat.objects.filter(kind="worker", seen_at__gte=clock.now() - SEEN_WITHIN).count()
    if lately:
        yield well(
            "workers", f"{lately} workers were alive within the last minute, on all machines together."
        )


def channels() -> Iterable[Sight]:
    """Which channels cannot send until somebody signs in again?"""
    for channel in Channel.objects.filter(health=Channel.Health.NEEDS_SIGN_IN).order_by("name"):
        advice = f"Open {settings.BEDSIDE_BASE_URL}/networks/ and connect it again; its history stays."
        yield ill("channel", f"{channel.name} ({channel.network}) needs somebody to sign in again.", advice)


def record() -> Iterable[Sight]:
    """Do the newest lines of each chain hold together?"""
    keys = chains()
    for key in keys:
        broken = first_broken_link(key, newest=NEWEST_LINES)
        if broken:
            advice = "Keep a copy of the database as it is, and run: bedside audit verify"
            yield ill(
                "record", f"The record of {key} is broken at line {broken.number}: {broken.says}.", advice
            )
            return
    yield well(
        "record", f"The newest lines of {len(keys)} chains hold; bedside audit verify walks all of them."
    )
