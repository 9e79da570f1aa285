"""Has the embedded database the form that this version of Bedside wants? Asked at every start, without Django.

Django's `migrate` finds out too, but reads every application and every migration for it: seconds, each time, to do
nothing. So a note is left in the data folder after each migration: a digest of all that decides the form (our
migrations and settings, the versions of Django and allauth) and of the database's own list of what was applied. A
database that was restored or put there from elsewhere has another list, and is looked at anew. On PostgreSQL, which
other machines may change, the answer is always that nobody knows.
"""

import hashlib
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from bedside.config.environment import Environment

NOTE = "migrated"
CODE = Path(__file__).resolve().parent.parent
LIBRARIES = ("Django", "django-allauth")  # those whose applications have tables here


def is_up_to_date(environment: Environment, code: Path = CODE) -> bool:
    """Whether nothing has changed, here or in the database, since it was last brought up to date."""
    try:
        note = (environment.data / NOTE).read_text()
    except OSError:
        return False
    return note == _state(environment, code) != ""


def remember(environment: Environment, code: Path = CODE) -> None:
    """Leave the note; call it only after everything was applied."""
    if state := _state(environment, code):
        (environment.data / NOTE).write_text(state)


def _state(environment: Environment, code: Path) -> str:
    """The digest of all that decides; "" when it cannot be told."""
    applied = _applied(environment)
    if not applied:
        return ""
    digest = hashlib.sha256(repr([(name, version(name)) for name in LIBRARIES]).encode())
    for file in [*sorted(code.glob("*/migrations/*.py")), code / "config" / "settings.py"]:
        digest.update(f"\n{file.relative_to(code)}\n".encode() + file.read_bytes())
    digest.update(repr(applied).encode())
    return digest.hexdigest()


def _applied(environment: Environment) -> list[tuple[str, str]]:
    """The database's own list; empty where there is none, or another machine may change it."""
    if environment.database_url or not environment.sqlite_file.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{environment.sqlite_file.as_uri()}?mode=ro", uri=True)) as database:
            return list(database.execute("SELECT app, name FROM django_migrations ORDER BY app, name"))
    except sqlite3.Error:
        return []
