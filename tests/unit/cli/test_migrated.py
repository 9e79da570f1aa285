"""Whether a start has to migrate: only when the database, the code or a library is another than it was."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bedside.cli.migrated import CODE, is_up_to_date, remember
from bedside.config.environment import Environment


def change(data: Path, *statements: str) -> None:
    with closing(sqlite3.connect(data / "bedside.sqlite3")) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.fixture
def here(tmp_path) -> Environment:
    """An installation whose database says that two migrations were applied."""
    change(
        tmp_path,
        "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT)",
        "INSERT INTO django_migrations (app, name) VALUES ('people', '0001_initial'), ('people', '0002_more')",
    )
    return Environment({"BEDSIDE_DATA": str(tmp_path)})


@pytest.fixture
def code(tmp_path) -> Path:
    """A copy of what decides the form of the database."""
    copy = tmp_path / "code"
    for file in [*CODE.glob("*/migrations/*.py"), CODE / "config" / "settings.py"]:
        target = copy / file.relative_to(CODE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    return copy


def test_nobody_knows_before_the_first_migration(here, tmp_path):
    assert not is_up_to_date(here)
    assert not is_up_to_date(Environment({"BEDSIDE_DATA": str(tmp_path / "nothing")}))


def test_what_was_remembered_is_up_to_date(here):
    remember(here)
    assert is_up_to_date(here)


def test_an_older_database_put_in_its_place_is_noticed(here):
    remember(here)
    change(here.data, "DELETE FROM django_migrations WHERE name = '0002_more'")
    assert not is_up_to_date(here)


def test_a_database_that_went_away_or_is_none_is_noticed(here):
    remember(here)
    here.sqlite_file.write_bytes(b"no database")
    assert not is_up_to_date(here)
    here.sqlite_file.unlink()
    assert not is_up_to_date(here)


def test_a_new_migration_and_another_application_are_noticed(here, code):
    remember(here, code)
    assert is_up_to_date(here, code)
    new = code / "planning" / "migrations" / "9999_new.py"
    new.write_text("operations = []")
    assert not is_up_to_date(here, code)
    new.unlink()
    assert is_up_to_date(here, code)
    settings = code / "config" / "settings.py"
    settings.write_text(settings.read_text() + "\nINSTALLED_APPS += ['other']\n")
    assert not is_up_to_date(here, code)


def test_of_postgresql_nobody_knows(here, tmp_path):
    remember(here)
    shared = {"BEDSIDE_DATA": str(tmp_path), "BEDSIDE_DATABASE_URL": "postgres://bedside@127.0.0.1:1/x"}
    remember(Environment(shared))
    assert not is_up_to_date(Environment(shared))
