"""The record outside the house: as JSON lines that anybody can verify, or as a table for a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator

from bedside.audit.models import Record

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


def as_json_lines(lines: Iterable[Record]) -> Iterator[str]:
    """Every line whole, with its hashes; the algorithm is described in docs/rooms/audit.md."""
    for line in lines:
        yield (
            json.dumps(
                {
                    "chain": line.chain_id,
                    "number": line.number,
                    "at": line.at.isoformat(timespec="microseconds"),
                    "actor": [line.actor_kind, line.actor_id, line.actor_label],
                    "verb": line.verb,
                    "object": [line.object_kind, line.object_id, line.object_label],
                    "words": line.words,
                    "data": line.data,
                    "previous": line.previous_hash,
                    "hash": line.hash,
                },
                ensure_ascii=False,
            )
            + "\n"
        )


class _Echo:
    """A file that gives back what is written, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def as_csv(lines: Iterable[Record]) -> Iterator[str]:
    """The readable columns. Cells that a spreadsheet would calculate are made harmless with a quote sign."""
    writer = csv.writer(_Echo())
    yield str(writer.writerow(COLUMNS))
    for line in lines:
        cells = (
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
        yield str(writer.writerow([_harmless(str(cell)) for cell in cells]))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
