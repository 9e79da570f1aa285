"""Writing the record, and `@action`: the rule that no change goes unrecorded.

An action refuses, changes, records and announces, in one transaction. In tests and in debug mode
`@action` raises when the wrapped function returned without having recorded anything.
"""

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction

from bedside.audit.actor import Actor
from bedside.audit.link import hash_of
from bedside.audit.models import Chain, Record
from bedside.foundation import clock

P = ParamSpec("P")
R = TypeVar("R")

_written: ContextVar[int] = ContextVar("records_written", default=0)


class NothingRecorded(AssertionError):
    """An @action changed the world and told nobody: write a Record in it, or call `nothing_changed()`."""


@dataclass(frozen=True)
class Line:
    """What is to be recorded: who, which verb, on what, in words; `data` is JSON without secrets."""

    by: Actor
    verb: str
    object_kind: str
    object_id: str
    object_label: str
    words: str
    data: Mapping[str, Any]


def record(
    organization_id: UUID | str | None,
    *,
    by: Actor,
    verb: str,
    on: tuple[str, object, str],
    words: str,
    data: Mapping[str, Any] | None = None,
) -> Record:
    """Append one line to the organization's chain (None: the installation's).

    `on` is (kind, id, label) of the object. `words` is a sentence for a person. Must run inside the
    transaction of the change it tells of.
    """
    kind, object_id, label = on
    line = Line(by, verb, kind, str(object_id), label[:300], words, data or {})
    return record_many(organization_id, [line])[0]


def record_many(organization_id: UUID | str | None, lines: Iterable[Line]) -> list[Record]:
    """Append several lines to one chain, in order, with one lock and one write."""
    key = str(organization_id) if organization_id else "installation"
    if (bundle := _bundle.get()) is not None:
        return bundle.take(key, lines)
    with transaction.atomic():
        chain = _locked(key)
        now = clock.now()
        written = [_append(chain, line, now) for line in lines]
        Record.objects.bulk_create(written)
        chain.save(update_fields=["length", "head"])
    _written.set(_written.get() + len(written))
    return written


def _locked(key: str) -> Chain:
    """The chain's head, ours until the transaction ends; it is made when the first line is written."""
    locked = Chain.objects.select_for_update(no_key=True).filter(key=key)
    chain = locked.first()
    if chain is None:
        Chain.objects.get_or_create(key=key)
        chain = locked.get()
    return chain


class _Bundle:
    """Lines of one transaction that are written at its end; their chains are locked from the first line on."""

    def __init__(self) -> None:
        self.chains: dict[str, Chain] = {}
        self.records: list[Record] = []

    def take(self, key: str, lines: Iterable[Line]) -> list[Record]:
        if key not in self.chains:
            self.chains[key] = _locked(key)
        now = clock.now()
        made = [_append(self.chains[key], line, now) for line in lines]
        self.records += made
        _written.set(_written.get() + len(made))
        return made

    def write(self) -> None:
        Record.objects.bulk_create(self.records, batch_size=500)
        for chain in self.chains.values():
            chain.save(update_fields=["length", "head"])


_bundle: ContextVar[_Bundle | None] = ContextVar("records_bundled", default=None)


@contextmanager
def recorded_together() -> Iterator[None]:
    """Write all lines of a long transaction at its end, in their order: for a story of thousands of deeds.

    Must run inside one transaction, which nobody else's lines can enter: the chains stay locked until it ends.
    """
    bundle = _Bundle()
    token = _bundle.set(bundle)
    try:
        yield
        bundle.write()
    finally:
        _bundle.reset(token)


def _append(chain: Chain, line: Line, now: datetime) -> Record:
    made = Record(
        chain=chain,
        number=chain.length + 1,
        at=now,
        actor_kind=line.by.kind,
        actor_id=line.by.id,
        actor_label=line.by.label,
        verb=line.verb,
        object_kind=line.object_kind,
        object_id=line.object_id,
        object_label=line.object_label,
        words=line.words,
        data=json.loads(json.dumps(dict(line.data), default=str)),
        previous_hash=chain.head,
    )
    made.hash = hash_of(made)
    chain.length, chain.head = made.number, made.hash
    return made


def nothing_changed() -> None:
    """Tell `@action` that this call found nothing to do and so has nothing to record."""
    _written.set(_written.get() + 1)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in one transaction and insist that it wrote to the record."""

    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        before = _written.get()
        with transaction.atomic():
            result = function(*args, **kwargs)
            if settings.BEDSIDE_INSISTS_ON_RECORDS and _written.get() == before:
                raise NothingRecorded(f"{function.__module__}.{function.__qualname__} recorded nothing.")
        return result

    return whole
