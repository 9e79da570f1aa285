"""How does a table leave the house for a spreadsheet? As CSV, line by line, in which no cell can begin to calculate.

A spreadsheet takes a cell that begins with = + - @ for a formula, whoever wrote it (OWASP, CSV Injection, read
22 November 2026); such cells get a quote sign in front.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence


class _Echo:
    """A file that gives back what is written, so that rows can be streamed."""

    def write(self, value: str) -> str:
        return value


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The head and then every row as one line of CSV. Numbers stay numbers; None is an empty cell."""
    writer = csv.writer(_Echo())
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_cell(cell) for cell in row]))


def _cell(cell: object) -> object:
    if cell is None:
        return ""
    return cell if isinstance(cell, int | float) else harmless(str(cell))


def harmless(cell: str) -> str:
    """The same words, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else cell
