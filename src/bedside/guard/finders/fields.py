"""The fields in which numbers are looked for, and how a place in one of them becomes a hit."""

from collections.abc import Iterator

from bedside.guard.hits import Case, Hit
from bedside.guard.reading import Reading

# So many numbers in one field are reason enough; whoever adds more does not make judging slower.
ENOUGH = 40


def with_digits(case: Case) -> Iterator[tuple[Reading, str]]:
    """Each field that has digits, with its plain text without web addresses."""
    for reading in case.readings:
        if reading.has_digits:
            yield reading, reading.said.text


def hit(reading: Reading, start: int, end: int) -> Hit:
    """A piece of the plain text, as a place in the original."""
    return Hit(reading.field, *reading.span(start, end))
