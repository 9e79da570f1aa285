"""How likely is this text a violation, by all its words together? A linear scorer, for what no phrase foresees.

Its weights were learned from the labelled items of `tests/guard_items` (`scripts/learn.py`) and are one file,
`weights/scorer.json`. A text scores the sum of the weights of its features (`features.py`), divided by the root of
their
number, so that long texts are no more suspicious than short ones. Long texts are scored in overlapping pieces: a
harmless page around it must not hide a sentence.

What follows from a score is in `weighing.py`.
"""

import base64
import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from bedside.guard.features import about, keys_of, places_of, places_of_key, words_of
from bedside.guard.hits import Case
from bedside.guard.material import Surface
from bedside.guard.reading import Reading

FILE = Path(__file__).parent / "weights" / "scorer.json"
SCALE = 1000  # weights are kept as thousandths
LONGEST, PIECE, STEP = 60, 36, 18  # words
_TELLING = 0.3  # of the greatest share that a word of the sentence has


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one material as numbers, and where they stand."""

    words: list[int]
    lists: list[int]
    places: list[tuple[Reading, int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """The highest score of a material's pieces. Above 0 is more likely a violation than not, by the learned items."""

    value: float
    piece: Piece
    keys: frozenset[int]


class Scorer:
    """The learned weights of one file, ready to be asked."""

    def __init__(self, learned: dict[str, Any]) -> None:
        self.blocks_at: float = learned["blocks_at"]
        self.clears_below: float = learned["clears_below"]
        self._number = {word: at for at, word in enumerate(learned["words"].split("\n"), start=1)}
        keys = _numbers(learned["keys"], "q")
        self._weights = {
            name: dict(zip(keys, _numbers(learned["weights"][name], "h"), strict=True))
            for name in ("post", "reply")
        }
        self._bias: float = learned["bias"]
        self._rules: dict[str, dict[int, int]] = {
            rule: dict(zip(_numbers(told["keys"], "q"), _numbers(told["weights"], "h"), strict=True))
            for rule, told in learned["rules"].items()
        }

    def score(self, case: Case, fired: Iterable[str]) -> Score:
        """The score of the material's most suspicious piece. `fired` names the rules that spoke, with `!` where they
        would stop."""
        words, lists, places = rows_of(case)
        number = self._number
        rest = {number.get(each, 0) for each in about(case, words, lists, fired)}
        weights, bias = self._weights[side_of(case.material.surface)], self._bias
        best: Score | None = None
        for first, end in _pieces(len(words)):
            piece = Piece(
                [number.get(word, 0) for word in words[first:end]],
                [number.get(each, 0) for each in lists[first:end]],
                places[first:end],
            )
            keys = weights.keys() & (keys_of(piece.words, piece.lists) | rest)
            value = sum(map(weights.__getitem__, keys)) / (SCALE * sqrt(len(keys) or 1)) + bias
            if best is None or value > best.value:
                best = Score(value, piece, frozenset(keys))
        assert best is not None  # noqa: S101  (there is always one piece)
        return best

    def rule_for(self, score: Score, among: Iterable[str]) -> str | None:
        """Which of these rules such words break most often; None where nothing was learned of any of them."""
        sums = {
            rule: sum(map(self._rules[rule].get, score.keys & self._rules[rule].keys(), _ZEROS))
            for rule in among
            if rule in self._rules
        }
        return max(sorted(sums), key=sums.__getitem__) if sums else None

    def telling(self, case: Case, score: Score) -> tuple[Reading, int, int]:
        """The words of one sentence that weigh most: a reading, and a span of its marked text."""
        weights = self._weights[side_of(case.material.surface)]
        share = [0.0] * len(score.piece.words)
        for key in score.keys:
            stands = list(places_of_key(key, score.piece.words, score.piece.lists)) if key >> 56 == 0 else []
            for at in stands:
                share[at] += weights[key] / len(stands)
        sentences: dict[tuple[int, int, int], list[int]] = {}
        for at, (reading, start, end) in enumerate(score.piece.places):
            if end:
                sentences.setdefault((id(reading), *reading.sentence(start, end)), []).append(at)
        if not sentences:
            return case.readings[0], 0, 0
        words = max(sentences.values(), key=lambda each: sum(share[at] for at in each))
        most = max(share[at] for at in words)
        said = [at for at in words if share[at] >= _TELLING * most] if most > 0 else words
        reading, start, _ = score.piece.places[said[0]]
        return reading, start, score.piece.places[said[-1]][2]


def rows_of(case: Case) -> tuple[list[str], list[str], list[tuple[Reading, int, int]]]:
    """The words of all fields that hold prose, their lists, and where each stands in the marked text of its field."""
    words: list[str] = []
    lists: list[str] = []
    places: list[tuple[Reading, int, int]] = []
    for reading in case.readings:
        if reading.is_prose:
            said, listed = words_of(reading)
            words += said
            lists += listed
            places += [(reading, start, end) for start, end in places_of(reading)]
    return words, lists, places


_ZEROS: Iterator[int] = iter(lambda: 0, 1)


def _pieces(length: int) -> list[tuple[int, int]]:
    """One piece for a text of usual length, else overlapping ones."""
    if length <= LONGEST:
        return [(0, length)]
    return [(first, first + PIECE) for first in range(0, length - STEP, STEP)]


def _numbers(text: str, kind: str) -> "array[int]":
    numbers: array[int] = array(kind)
    numbers.frombytes(base64.b64decode(text))
    return numbers


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The weights that ship with the product, read once."""
    return Scorer(json.loads(FILE.read_bytes()))


@lru_cache(maxsize=1)
def weights_version() -> str:
    """A name for exactly these weights: verdicts change with them."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:8]


def side_of(surface: Surface) -> str:
    """Which of the two rows of weights a surface is scored with."""
    return "reply" if surface in ("comment_reply", "review_reply") else "post"
