"""Allowed moves of a thing's state, as one table that is checked when the program starts."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.foundation.refusal import Refusal


@dataclass(frozen=True)
class Moves:
    """The states of `noun` and where each may go. A state nobody can reach or leave to is a mistake.

    `table` maps each state to the states it may move to; `start` is where a new one begins.
    """

    noun: str
    start: str
    table: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        states = set(self.table)
        targets = {target for row in self.table.values() for target in row}
        if self.start not in states:
            raise ValueError(f"{self.noun}: the start {self.start!r} is not in the table.")
        if unknown := targets - states:
            raise ValueError(f"{self.noun}: moves lead to states without a row: {sorted(unknown)}.")
        if lost := states - targets - {self.start}:
            raise ValueError(f"{self.noun}: no move leads to {sorted(lost)}.")

    def allows(self, before: str, after: str) -> bool:
        """Whether a `noun` may go from `before` to `after`."""
        return after in self.table[before]

    def check(self, before: str, after: str) -> None:
        """Refuse (code `wrong_state`) unless the move is in the table."""
        if not self.allows(before, after):
            raise Refusal(
                "wrong_state",
                f"This {self.noun} is {before} and cannot become {after}. Reload the page to see how it stands.",
            )


def moves(noun: str, start: str, **table: str) -> Moves:
    """Write a table as words: `moves("post", "draft", draft="submitted withdrawn", ...)`."""
    return Moves(noun, start, {state: frozenset(row.split()) for state, row in table.items()})
