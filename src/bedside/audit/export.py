"""The record outside the house: as JSON lines that anybody can verify, or as a table for a spreadsheet."""

import json
from collections.abc import Iterable, Iterator
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.audit.actions import action, record
from bedside.audit.actor import Actor
from bedside.audit.link import said_by
from bedside.audit.models import Record
from bedside.audit.queries import Question, find, key_of
from bedside.foundation.table import csv_lines

Form = Literal["csv", "jsonl"]

COLUMNS = (
    "number",
    "at",
    "actor",
    "actor_kind",
    "verb",
    "object_kind",
    "object",
    "object_id",
    "words",
    "hash",
)


@action
def take_along(organization_id: UUID, question: Question, *, form: Form, by: Actor) -> Iterator[str]:
    """The lines that answer the question, oldest first, as a file of this form; that it was done is recorded."""
    key = key_of(organization_id)
    record(
        organization_id,
        by=by,
        verb="record.exported",
        on=("record", key, _("The record")),
        words=_("Exported the record as %(form)s.") % {"form": form},
    )
    found = find(key, question).order_by("number").iterator(chunk_size=2000)
    return as_csv(found) if form == "csv" else as_json_lines(found)


def as_json_lines(lines: Iterable[Record]) -> Iterator[str]:
    """Every line whole, with its hashes; the algorithm is described in docs/rooms/audit.md."""
    for line in lines:
        yield json.dumps(said_by(line) | {"hash": line.hash}, ensure_ascii=False) + "\n"


def as_csv(lines: Iterable[Record]) -> Iterator[str]:
    """The readable columns, as a spreadsheet takes them."""
    return csv_lines(COLUMNS, (_cells(line) for line in lines))


def _cells(line: Record) -> tuple[object, ...]:
    return (
        line.number,
        line.at.isoformat(timespec="seconds"),
        line.actor_label,
        line.actor_kind,
        line.verb,
        line.object_kind,
        line.object_label,
        line.object_id,
        line.words,
        line.hash,
    )
