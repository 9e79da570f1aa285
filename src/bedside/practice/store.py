"""Where everything is kept, and when an answer may be given: one SQLite connection with group commit.

All changes that arrive while the loop turns once share one transaction, and each caller goes on only after the
commit: an accepted post survives a SIGKILL. In WAL mode the commit is a write into the page cache, without waiting
for the disk; a power cut may lose the last moments, which is right for a practice network. What is written is
decided elsewhere.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bedside.practice.schema import TABLES

T = TypeVar("T")
Change = Callable[[sqlite3.Connection], Any]


class Store:
    """The data of the network; to be used from the thread of the event loop only."""

    def __init__(self, path: Path | None) -> None:
        self.db = sqlite3.connect(":memory:" if path is None else path, timeout=5, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.execute("PRAGMA cache_size=-8000")
        self.db.executescript(TABLES)
        self._waiting: list[tuple[Change, asyncio.Future[Any]]] = []

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """All rows of a read."""
        return self.db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
        """The first row of a read, or None."""
        found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    async def write(self, change: Callable[[sqlite3.Connection], T]) -> T:
        """Make a change and return its result once it is committed; what it raises is raised, and undone."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.append((change, future))
        if len(self._waiting) == 1:
            loop.call_soon(self._commit_waiting)
        return await future

    def _commit_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            self.db.execute("BEGIN IMMEDIATE")
            outcomes = [self._one(change) for change, _ in waiting]
            self.db.execute("COMMIT")
        except sqlite3.Error as trouble:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            outcomes = [(None, trouble)] * len(waiting)
        for (_, future), (result, error) in zip(waiting, outcomes, strict=True):
            if future.done():
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

    def _one(self, change: Change) -> tuple[Any, Exception | None]:
        self.db.execute("SAVEPOINT one")
        try:
            result = change(self.db)
        except Exception as error:  # whatever it is belongs to this caller alone; the others' changes stay
            self.db.execute("ROLLBACK TO one")
            self.db.execute("RELEASE one")
            return None, error
        self.db.execute("RELEASE one")
        return result, None

    def close(self) -> None:
        """Close the file, folding the write-ahead log back into it."""
        self.db.close()
