"""How likely is this text a violation, by all its words together? For what no phrase foresees.

Two learned parts answer and are added up: one knows short runs of words exactly (`runs.py`), the other knows which
words are like which (`convolution.py`). Both were learned from the labelled items of `tests/guard_items`
(`scripts/learn.py`), and are kept in `weights/`. The most suspicious piece of a material counts.

What follows from a score is in `weighing.py`.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from threadpoolctl import ThreadpoolController

from bedside.guard.hits import Case
from bedside.guard.layout import laid_out
from bedside.guard.learned import FILES, Learned, learned
from bedside.guard.lexemes import Lexemes
from bedside.guard.material import Surface
from bedside.guard.reading import Reading
from bedside.guard.runs import REACH, SIDES
from bedside.guard.sheet import Piece, Sheet

MARGIN = 4.0  # by which a sentence alone must score higher than a whole text
# Where the runs alone say less than this of every piece, and no rule would stop, the network is not asked: it would
# lift 8 of 14,841 posts and replies over what blocks, and 45 of 10,366 ads and profiles (20 of them harmless), and nine
# of ten harmless texts are such.
HOPELESS = -2.0
# Which score of `blocks_at` counts. Ads and profiles have one of their own: agencies' posts, among which hardly one may
# be blocked, say nothing about them, and what they promise does more harm.
LIMIT_OF: Mapping[Surface, str] = {
    "post": "post",
    "ad": "ad",
    "profile": "ad",
    "comment_reply": "reply",
    "review_reply": "reply",
}
WOULD_STOP = "!"  # behind the name of a rule that spoke
# The score by side under which a weighed rule's stop becomes a signature; the plainest examples of rules score higher.
CLEARS_BELOW = {"post": 3.0, "reply": -2.0}
# A post of a few words says little: where no rule spoke, so much more must be said for it to be blocked.
_FEW_WORDS, _FEW_MARGIN = 9, 2.0
_TELLING = 0.3  # of the greatest share that a word of the sentence has


@dataclass(frozen=True, slots=True)
class Score:
    """The highest score of a material's pieces, and what it came from. Above 0 is more likely a violation than not."""

    value: float
    piece: Piece
    runs: np.ndarray  # what weighs which begins at each place of the piece, by shape of run
    read: np.ndarray  # the network's hidden layer

    def alone(self, side: str) -> float:
        """The score where no rule would stop."""
        is_short = side == SIDES[0] and self.piece.end - self.piece.first <= _FEW_WORDS
        return self.value - _FEW_MARGIN * is_short


class Scorer:
    """What was learned, ready to be asked. Safe to use from several threads."""

    def __init__(self, told: Learned) -> None:
        self.blocks_at = told.blocks_at
        self._runs, self._network, self._part = told.runs, told.convolution, told.network_part
        self._vocabulary = told.vocabulary
        self._lexemes = self._new_lexemes()

    def _new_lexemes(self) -> Lexemes:
        return Lexemes(self._vocabulary, self._network.vectors_of)

    def lay_out(self, cases: Iterable[tuple[Case, Iterable[str]]]) -> Sheet:
        """These cases on one sheet, each with the rules that spoke (with `WOULD_STOP` where they would)."""
        if self._lexemes.is_full:
            self._lexemes = self._new_lexemes()
        return laid_out(cases, self._lexemes)

    def score(self, cases: Sequence[tuple[Case, Collection[str]]]) -> list[Score | None]:
        """The score of the most suspicious piece of each case; None where there is no prose, or nothing suspicious."""
        scores: list[Score | None] = [None] * len(cases)
        with _threads().limit(limits=1, user_api="blas"):
            for side, name in enumerate(SIDES):
                chosen = [at for at, (case, _) in enumerate(cases) if side_of(case.material.surface) == name]
                if chosen:
                    for at, score in self._highest([cases[at] for at in chosen], side):
                        scores[chosen[at]] = score
        return scores

    def _highest(
        self, cases: Sequence[tuple[Case, Collection[str]]], side: int
    ) -> Iterable[tuple[int, Score]]:
        sheet = self.lay_out(cases)
        if not sheet.pieces:
            return
        runs = self._runs.at_places(sheet, side)
        values = self._runs.scores(sheet, runs, side) - margins(sheet)
        telling = set(sheet.cases[values >= HOPELESS].tolist())
        doubtful = [at for at, (_, fired) in enumerate(cases) if at in telling or _is_stop_among(fired)]
        if not doubtful:
            return
        read = self._network.read(sheet, np.array(doubtful))
        values += self._part * self._network.scores(sheet, read)
        best: dict[int, int] = {}
        for at, (case, value) in enumerate(zip(sheet.cases.tolist(), values.tolist(), strict=True)):
            if case not in best or value > values[best[case]]:
                best[case] = at
        for case in doubtful:
            if case in best:
                at = best[case]
                piece = sheet.pieces[at]
                yield case, Score(float(values[at]), piece, runs[:, piece.first : piece.end], read[at])

    def rule_for(self, score: Score, among: Collection[str]) -> str | None:
        """Which of these rules such words break most likely; None where nothing was learned of any of them."""
        return self._network.rule_for(score.read, set(among))

    def telling(self, score: Score) -> tuple[Reading, int, int]:
        """The words of one sentence that weigh most: a reading, and a span of its marked text."""
        reading = score.piece.reading
        shares = score.runs.sum(axis=0)
        for runs, reach in zip(score.runs, REACH, strict=True):
            shares[reach:] += runs[
                : len(runs) - reach
            ]  # a run counts for its last word as much as for its first
        sentences: dict[tuple[int, int], list[tuple[float, tuple[int, int]]]] = {}
        for place, span in score.piece.places():
            share = float(shares[place - score.piece.first])
            sentences.setdefault(reading.sentence(*span), []).append((share, span))
        if not sentences:
            return reading, 0, 0
        words = max(sentences.values(), key=lambda each: sum(share for share, _ in each))
        most = max(share for share, _ in words)
        said = [span for share, span in words if share >= _TELLING * most] if most > 0 else [words[0][1]]
        return reading, said[0][0], said[-1][1]


def margins(sheet: Sheet) -> np.ndarray:
    """What is taken from the score of each piece."""
    return MARGIN * np.array([piece.is_sentence for piece in sheet.pieces])


def _is_stop_among(fired: Iterable[str]) -> bool:
    return any(each.endswith(WOULD_STOP) for each in fired)


@lru_cache(maxsize=1)
def _threads() -> ThreadpoolController:
    """Our products are so small that threads for them would only wait for each other."""
    return ThreadpoolController()


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """What ships with the product, read once."""
    return Scorer(learned())


@lru_cache(maxsize=1)
def weights_version() -> str:
    """A name for exactly these weights: verdicts change with them."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in FILES)).hexdigest()[:8]


def side_of(surface: Surface) -> str:
    """Which of the two rows of weights a surface is scored with."""
    return "reply" if surface in ("comment_reply", "review_reply") else "post"
