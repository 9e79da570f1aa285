"""What is said on which day? Texts of a certain day first, then those of a season, and the others in between.

A plan is made for the days around the present one, whatever time of the year it is: the same day always gives the
same plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bedside.demo.shelf import Piece, dice
from bedside.foundation import clock

# How many texts a weekday carries at most; nothing is planned for Sunday but what belongs to it.
MOST_ON = {0: 2, 1: 2, 2: 2, 3: 2, 4: 2, 5: 1, 6: 0}
TIMES = ((9, 0), (12, 15), (15, 30), (17, 45), (8, 30), (11, 0), (16, 0))


@dataclass(frozen=True)
class Planned:
    """A text and the moment at which it leaves."""

    piece: Piece
    at: datetime


def plan(pieces: Sequence[Piece], first: date, last: date, *, most: int, zone: str) -> list[Planned]:
    """At most `most` of `pieces`, each once, from `first` to `last`, in the order of their times."""
    days: dict[date, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.day is not None:
            for day in days_of(piece.day, first, last):
                days[day].append(piece)
    seasonal = sorted((p for p in pieces if p.season), key=lambda p: len(list(in_season(p, first, last))))
    for piece in seasonal:
        _place(piece, list(in_season(piece, first, last)), days)
    at_any_time = [piece for piece in pieces if piece.day is None and piece.season is None]
    _spread(sorted(at_any_time, key=lambda p: dice("order", p.key)), first, last, days, most)
    return sorted(_timed(days, zone), key=lambda planned: planned.at)


def days_of(on: Any, first: date, last: date) -> Iterator[date]:
    """The days between `first` and `last` that `on` means: "11-14", or the third Thursday of a month."""
    for year in range(first.year, last.year + 1):
        day = _nth(on, year) if isinstance(on, dict) else date.fromisoformat(f"{year}-{on}")
        if first <= day <= last:
            yield day


def in_season(piece: Piece, first: date, last: date) -> Iterator[date]:
    """The days between `first` and `last` that lie in the text's season, which may span the new year."""
    start, end = piece.season or ("01-01", "12-31")
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        name = f"{day:%m-%d}"
        if (start <= name <= end) if start <= end else (name >= start or name <= end):
            yield day


def _nth(on: dict[str, int], year: int) -> date:
    start = date(year, on["month"], 1)
    return start + timedelta(days=(on["weekday"] - start.weekday()) % 7 + 7 * (on["nth"] - 1))


def _place(piece: Piece, wanted: list[date], days: dict[date, list[Piece]]) -> None:
    """Put a text on one of these days, where it is quietest; nowhere when all are full."""
    free = [day for day in wanted if len(days[day]) < MOST_ON[day.weekday()]]
    if free:
        day = min(free, key=lambda d: (_near(d, days), dice(piece.key, d)))
        days[day].append(piece)


def _near(day: date, days: dict[date, list[Piece]]) -> int:
    around = [-2, -1, 0, 0, 1, 2]
    return sum(len(days.get(day + timedelta(days=offset), ())) for offset in around)


def _spread(
    pieces: Sequence[Piece], first: date, last: date, days: dict[date, list[Piece]], most: int
) -> None:
    """Fill the quiet days evenly with what may be said at any time."""
    every = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    free = [day for day in every for _ in range(MOST_ON[day.weekday()] - len(days[day]))]
    room = most - sum(len(texts) for texts in days.values())
    chosen = pieces[: max(0, min(room, len(free)))]
    for number, piece in enumerate(chosen):
        days[free[number * len(free) // len(chosen)]].append(piece)


def _timed(days: dict[date, list[Piece]], zone: str) -> Iterable[Planned]:
    for day, texts in days.items():
        turn = dice("time", day) % len(TIMES)
        for number, piece in enumerate(texts):
            hour, minute = TIMES[(turn + 2 * number) % len(TIMES)]
            yield Planned(piece, clock.local(day, hour, minute, zone))
