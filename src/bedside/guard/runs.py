"""The linear part of the scorer: what single words and short runs of them weigh.

Runs of up to three words, with gaps, are packed into one integer each. A text is two rows of words: its own, and one
in which every listed word stands for its list and every name for its kind; a run counts in the second only where it
differs from the first. What a piece weighs is the sum of its runs, divided by the root of its number of words, so that
long texts are no more suspicious than short ones, and what is told of it as a whole: its surface, the rules that
spoke, which kinds of words meet in it and stand in the text that it answers.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bedside.guard.lexemes import KINDS
from bedside.guard.sheet import Sheet

PAIR, TRIPLE, GAP_OF_ONE, GAP_OF_TWO = (kind << 48 for kind in (1, 2, 3, 4))
REACH = (0, 1, 2, 2, 3)  # of single words, pairs, triples and the two gaps
FEW = 6  # words, added to their number, so that the few of a very short text do not decide alone
TOLD = 0.25  # what is told once counts as much as a run in a text of ten words
ECHO = "echo"  # a listed word of the parent is said again
SIDES = ("post", "reply")
_SLOT_BITS = 20
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it spreads keys over the slots


def runs_of(words: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """The key of the run of each shape that begins at each place, of both rows: an array of 5, 2 and the number of
    places; 0 where the second row says the same as the first, and past the end. A key with an unknown word in it is
    never a learned one."""
    row = np.stack([words, kinds])
    keys = np.zeros((5, *row.shape), np.int64)
    keys[0] = row
    first, second, third, fourth = row << 16, row[:, 1:], row[:, 2:], row[:, 3:]
    keys[1, :, :-1] = PAIR | first[:, :-1] | second
    keys[2, :, :-2] = TRIPLE | row[:, :-2] << 32 | first[:, 1:-1] | third
    keys[3, :, :-2] = GAP_OF_ONE | first[:, :-2] | third
    keys[4, :, :-3] = GAP_OF_TWO | first[:, :-3] | fourth
    keys[:, 1][keys[:, 1] == keys[:, 0]] = 0
    return keys


def slots_of(keys: np.ndarray) -> np.ndarray:
    """In which slot of the table each key stands."""
    spread: np.ndarray = (keys.astype(np.uint64) * _SPREAD) >> np.uint64(64 - _SLOT_BITS)
    return spread


@dataclass(frozen=True)
class Runs:
    """What was learned of runs. Weights have a row for posts and one for replies."""

    keys: np.ndarray  # no two in the same slot
    weights: np.ndarray
    told: dict[str, int]  # the column of `told_weights` by name
    told_weights: np.ndarray
    pairs: np.ndarray  # of kinds in one piece: side, kind, kind
    parents: np.ndarray  # of kinds in the parent: side, kind
    bias: float

    @cached_property
    def _slots(self) -> np.ndarray:
        slots = np.full(1 << _SLOT_BITS, len(self.keys), np.int32)
        slots[slots_of(self.keys)] = np.arange(len(self.keys), dtype=np.int32)
        return slots

    @cached_property
    def _keys(self) -> np.ndarray:
        return np.append(self.keys, -1)

    @cached_property
    def _weights(self) -> list[np.ndarray]:
        return [np.append(of_side, 0).astype(np.float32) for of_side in self.weights]

    def at_places(self, sheet: Sheet, side: int) -> np.ndarray:
        """How much that weighs which begins at each place, by shape of run."""
        words, kinds = sheet.lexemes.words.values, sheet.lexemes.kinds_as_words.values
        keys = runs_of(words[sheet.numbers], kinds[sheet.numbers])
        asked = np.flatnonzero(keys)
        some = keys.ravel()[asked]
        found = self._slots[slots_of(some)]
        is_known = np.flatnonzero(self._keys[found] == some)
        weights = np.zeros(keys.shape, np.float32)
        weights.ravel()[asked[is_known]] = self._weights[side][found[is_known]]
        weighed: np.ndarray = weights.sum(axis=1)
        return weighed

    def scores(self, sheet: Sheet, runs: np.ndarray, side: int) -> np.ndarray:
        """The score of each piece, from what `at_places` said."""
        count = sheet.over_pieces(np.add, sheet.numbers > 0)
        meeting = kinds_of_pieces(sheet)
        told = ((meeting @ self.pairs[side]) * meeting).sum(axis=1)
        told += self._told_of_cases(sheet, side)[sheet.cases]
        told += self.told_weights[side, self.told[ECHO]] * echoes(sheet)
        of_runs = sheet.over_pieces(np.add, runs.sum(axis=0))
        scores: np.ndarray = of_runs / np.sqrt(count + FEW) + TOLD * told + self.bias
        return scores

    def _told_of_cases(self, sheet: Sheet, side: int) -> np.ndarray:
        weights, column = self.told_weights[side], self.told
        told = np.array(
            [sum(weights[column[each]] for each in names if each in column) for names in sheet.told]
        )
        told += kinds_of_parents(sheet) @ self.parents[side]
        return told


def bits_of(masks: np.ndarray) -> np.ndarray:
    """Which kinds are in each mask: a row of zeros and ones. 0, no kind, is never one."""
    bits: np.ndarray = (masks[:, None] >> np.arange(KINDS) & 1).astype(np.float32)
    bits[:, 0] = 0
    return bits


def kinds_of_pieces(sheet: Sheet) -> np.ndarray:
    """Which kinds of words meet in each piece."""
    kinds = sheet.lexemes.kinds.values[sheet.numbers]
    return bits_of(sheet.over_pieces(np.bitwise_or, 1 << kinds))


def kinds_of_parents(sheet: Sheet) -> np.ndarray:
    """Which kinds of words each case's parent has."""
    kinds = sheet.lexemes.kinds.values[sheet.parents]
    return bits_of(sheet.over_parents(np.bitwise_or, 1 << kinds))


def echoes(sheet: Sheet) -> np.ndarray:
    """Whether each piece says a listed word of its parent again."""
    known = sheet.lexemes.known
    said = np.zeros(len(sheet.numbers), bool)
    said[[at for at in np.flatnonzero(sheet.said) if known[sheet.numbers[at]].is_listed]] = True
    return sheet.over_pieces(np.logical_or, said)
