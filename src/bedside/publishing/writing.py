"""The worker's one pen: every write of a worker process goes through one thread that commits in groups.

Durable commits are slow (each waits for the disk), so what arrives while one is being written goes into the
next together. On SQLite, where one writes at a time, the pen rests after each commit so that the web gets its
turn. A note that fails alone fails alone; a database that does not answer is waited for, as long as the note's
patience lasts.
"""

import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from bedside.audit.actions import Line, record_many
from bedside.foundation import clock
from bedside.publishing.models import Attempt, Receipt

log = logging.getLogger(__name__)

A = TypeVar("A")
T = TypeVar("T")
AT_ONCE = 400  # notes in one commit


@dataclass
class Batch:
    """What the notes of one commit collect, so that it is written with one statement for each table."""

    attempts: list[Attempt] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    ended: dict[tuple[str, str], list[UUID]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[UUID, list[Line]] = field(default_factory=lambda: defaultdict(list))
    news: list[object] = field(default_factory=list)

    def end(self, token: UUID, outcome: str, says: str = "") -> None:
        """Close an attempt with what came of it."""
        self.ended[outcome, says[:500]].append(token)

    def flush(self) -> None:
        """Write what was collected; chains of the record are locked last and in one order."""
        Attempt.objects.bulk_create(self.attempts)
        for (outcome, says), tokens in self.ended.items():
            Attempt.objects.filter(pk__in=tokens).update(ended_at=clock.now(), outcome=outcome, says=says)
        Receipt.objects.bulk_create(
            self.receipts,
            update_conflicts=True,
            unique_fields=["delivery"],
            update_fields=["remote_id", "url", "parts", "extra", "accepted_at"],
        )
        for organization_id in sorted(self.lines, key=str):
            record_many(organization_id, self.lines[organization_id])


Note = Callable[[Batch], T]


@dataclass(frozen=True)
class Together(Generic[A, T]):
    """A note that is written with all others of its kind in the commit: `write` takes what each of them has to say and
    answers each, in order.
    """

    write: Callable[[Batch, Sequence[A]], Sequence[T]]
    says: A

    def __call__(self, batch: Batch) -> T:
        return self.write(batch, [self.says])[0]


@dataclass(eq=False)
class _Entry:
    note: Note[Any]
    patience: float
    done: "Future[Any]" = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)

    @property
    def is_out_of_patience(self) -> bool:
        return time.monotonic() - self.since > self.patience


class Pen(threading.Thread):
    """The thread that writes. `write` may be called from any thread; the future tells when it is committed."""

    def __init__(self, *, pace: float, tell: Callable[[object], None]) -> None:
        super().__init__(name="pen", daemon=True)
        self.pace = pace
        self.tell = tell
        self.is_answering = True  # false while the database does not
        self._entries: queue.SimpleQueue[_Entry | None] = queue.SimpleQueue()

    def write(self, note: Note[T], *, patience: float) -> "Future[T]":
        """Have `note(batch)` called inside the next transaction; the result comes after its commit."""
        entry = _Entry(note, patience)
        self._entries.put(entry)
        return entry.done

    def stop(self) -> None:
        """Write what is there and end."""
        self._entries.put(None)

    def run(self) -> None:
        """Write until stopped."""
        is_open = True
        while is_open:
            entries = [self._entries.get()]
            while len(entries) < AT_ONCE and not self._entries.empty():
                entries.append(self._entries.get())
            is_open = None not in entries
            self._write_patiently([entry for entry in entries if entry is not None])
            time.sleep(self.pace)
        connection.close()

    def _write_patiently(self, entries: list[_Entry]) -> None:
        pause = 0.05
        while entries:
            try:
                self._commit(entries)
                self.is_answering = True
                return
            except (OperationalError, InterfaceError) as reason:
                if self.is_answering:
                    log.error("The database does not take what the worker writes: %s", type(reason).__name__)
                self.is_answering = False
                connection.close()
                entries = _still_patient(entries, reason)
                time.sleep(pause)
                pause = min(pause * 2, 2.0)
            except Exception as reason:  # one note is wrong: it must not take the others with it
                if len(entries) == 1:
                    log.exception("A note could not be written.")
                    entries[0].done.set_exception(reason)
                    return
                for entry in entries:
                    self._write_patiently([entry])
                return

    def _commit(self, entries: list[_Entry]) -> None:
        batch = Batch()
        with transaction.atomic():
            answered = list(_answers(batch, entries))
            batch.flush()
        for entry, result in answered:
            entry.done.set_result(result)
        for news in batch.news:
            self.tell(news)


def _answers(batch: Batch, entries: list[_Entry]) -> Iterator[tuple[_Entry, Any]]:
    """Have the notes write, those of one kind together at the place of the first; none of these waits for another."""
    kinds: dict[object, list[_Entry]] = {}
    for entry in entries:
        kind = entry.note.write if isinstance(entry.note, Together) else entry
        kinds.setdefault(kind, []).append(entry)
    for alike in kinds.values():
        first = alike[0].note
        if isinstance(first, Together):
            says = [entry.note.says for entry in alike if isinstance(entry.note, Together)]
            yield from zip(alike, first.write(batch, says), strict=True)
        else:
            yield alike[0], first(batch)


def _still_patient(entries: list[_Entry], reason: Exception) -> list[_Entry]:
    for entry in entries:
        if entry.is_out_of_patience:
            entry.done.set_exception(reason)
    return [entry for entry in entries if not entry.is_out_of_patience]
