"""Commands are tried on the same clinic as the rooms."""

from tests.fixtures.clinic import clinic

__all__ = ["clinic"]
