"""Programs at the door of a clinic."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.fixtures.clinic import Clinic, clinic, other_clinic

from bedside.people.tokens import make_token

__all__ = ["clinic", "other_clinic"]

HERE = Path(__file__).resolve().parent


@pytest.hookimpl(tryfirst=True)  # before the choice for a database is made
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The door only calls the rooms' verbs, and these are tried on every database."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("strict") is None:
            item.add_marker("once")


class Program:
    """A client with a key."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to one call under /api/v1."""
        return self.client.generic(
            method,
            f"/api/v1{path}",
            data=b"" if body is None else json.dumps(body),
            content_type="application/json",
        )


@pytest.fixture
def program() -> Callable[[Clinic, str], Program]:
    """A program that acts for the clinic's member with this role, with all of their powers."""

    def make(clinic: Clinic, role: str) -> Program:
        member = clinic.member(role)
        _made, secret = make_token(name=f"Program of {role}", powers=member.powers, by=member)
        return Program(secret)

    return make
