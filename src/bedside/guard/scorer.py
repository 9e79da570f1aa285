"""How likely is this text a violation, by all its words together? A linear scorer, for what no phrase foresees.

Its weights were learned from the labelled items of `tests/guard_items` (`scripts/learn.py`) and are one file,
`weights/scorer.json`. A text scores the sum of the weights of its features (`features.py`), divided by the root of
their
number, so that long texts are no more suspicious than short ones. The most suspicious piece of a material counts.

What follows from a score is in `weighing.py`.
"""

import base64
import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import sqrt
from pathlib import Path
from typing import Any

from bedside.guard.features import Piece, Surroundings, keys_of, pieces_of, places_of_key
from bedside.guard.hits import Case
from bedside.guard.material import Surface
from bedside.guard.reading import Reading

FILE = Path(__file__).parent / "weights" / "scorer.json"
SCALE = 1000  # weights are kept as thousandths
MARGIN = 2.5  # by which a sentence alone must score higher than a whole text
FEW = 6  # keys, added to their number, so that the few of a very short text do not decide alone
_TELLING = 0.3  # of the greatest share that a word of the sentence has


@dataclass(frozen=True, slots=True)
class Score:
    """The highest score of a material's pieces, and what it came from. Above 0 is more likely a violation than not."""

    value: float
    piece: Piece
    words: list[int]
    lists: list[int]
    keys: frozenset[int]


class Scorer:
    """The learned weights of one file, ready to be asked."""

    def __init__(self, learned: dict[str, Any]) -> None:
        self.blocks_at: dict[str, float] = learned["blocks_at"]
        self.clears_below: float = learned["clears_below"]
        self._number = {word: at for at, word in enumerate(learned["words"].split("\n"), start=1)}
        keys = list(accumulate(_numbers(learned["keys"], "q")))
        self._weights = {
            name: dict(zip(keys, _numbers(learned["weights"][name], "h"), strict=True))
            for name in ("post", "reply")
        }
        self._bias: float = learned["bias"]
        self._before: dict[str, float] = {rule: told["before"] for rule, told in learned["rules"].items()}
        self._rules: dict[str, dict[int, int]] = {
            rule: dict(
                zip(
                    map(keys.__getitem__, _numbers(told["keys"], "H")),
                    _numbers(told["weights"], "h"),
                    strict=True,
                )
            )
            for rule, told in learned["rules"].items()
        }

    def score(self, case: Case, fired: Iterable[str]) -> Score | None:
        """The score of the material's most suspicious piece; None where there is no prose. `fired` names the rules that
        spoke, with `!` where they would stop."""
        number = self._number
        surroundings = Surroundings.of(case, fired)
        weights, bias = self._weights[side_of(case.material.surface)], self._bias
        best: Score | None = None
        for piece in pieces_of(case):
            rest = {number.get(each, 0) for each in surroundings.of_piece(piece)}
            words = [number.get(word, 0) for word in piece.words]
            lists = [number.get(each, 0) for each in piece.lists]
            keys = weights.keys() & (keys_of(words, lists) | rest)
            value = sum(map(weights.__getitem__, keys)) / (SCALE * sqrt(len(keys) + FEW)) + bias
            value -= MARGIN * piece.is_sentence
            if best is None or value > best.value:
                best = Score(value, piece, words, lists, frozenset(keys))
        return best

    def rule_for(self, score: Score, among: Collection[str]) -> str | None:
        """Which of these rules such words break most often; None where nothing was learned of any of them."""
        sums = {
            rule: SCALE * self._before[rule] + sum(map(weights.__getitem__, score.keys & weights.keys()))
            for rule, weights in self._rules.items()
            if rule in among
        }
        return max(sorted(sums), key=sums.__getitem__) if sums else None

    def telling(self, case: Case, score: Score) -> tuple[Reading, int, int]:
        """The words of one sentence that weigh most: a reading, and a span of its marked text."""
        weights = self._weights[side_of(case.material.surface)]
        reading, places = score.piece.reading, score.piece.places
        share = [0.0] * len(places)
        for key in score.keys:
            stands = list(places_of_key(key, score.words, score.lists))
            for at in stands:
                share[at] += weights[key] / len(stands)
        sentences: dict[tuple[int, int], list[int]] = {}
        for at, place in enumerate(places):
            sentences.setdefault(reading.sentence(*place), []).append(at)
        if not sentences:
            return reading, 0, 0
        words = max(sentences.values(), key=lambda each: sum(share[at] for at in each))
        most = max(share[at] for at in words)
        said = [at for at in words if share[at] >= _TELLING * most] if most > 0 else words
        return reading, places[said[0]][0], places[said[-1]][1]


def packed(numbers: Iterable[int], kind: str) -> str:
    """Numbers as compressed text; the kinds are those of `array`, little-endian."""
    written: array[int] = array(kind, numbers)
    if sys.byteorder == "big":
        written.byteswap()
    return base64.b64encode(zlib.compress(written.tobytes(), 9)).decode("ascii")


def _numbers(text: str, kind: str) -> "array[int]":
    """What `packed` wrote."""
    numbers: array[int] = array(kind)
    numbers.frombytes(zlib.decompress(base64.b64decode(text)))
    if sys.byteorder == "big":
        numbers.byteswap()
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
