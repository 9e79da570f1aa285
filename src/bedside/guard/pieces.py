"""Is there anything in a text that must be made whole? Asked of each piece between two spaces, and remembered.

Nearly all pieces were seen in another text, commas and all. So what `unfold.py` does is done for texts that need it:
those with a word that is not known, a hashtag of several words, digits that may be spelled or spaced.
"""

import re
from collections.abc import Callable, Iterator

from bedside.guard.addresses import addresses, blanked
from bedside.guard.digits import GROUPED, LETTERS_FOR_DIGITS, MAY_BE_SPELLED, SPACED_DIGITS, SPELLING
from bedside.guard.hashtags import HUMPS, TAG

# What a piece is: left alone wherever it stands; left alone unless others stand beside it, because it is one letter,
# one digit, a digit spelled out, or letters and digits; a hashtag of several words, otherwise fine; or worth a look.
FINE, LETTER, DIGIT, SPELLED, GLUED, TAGGED, LOOK = range(7)
_NOTHING_TO_DO = {FINE}
_MEMORY, _LONGEST, _SHORT_NUMBER = 50_000, 40, 3  # pieces that are kept, letters of one that is
_FEWEST_LETTERS, _FEWEST_DIGITS, _FEWEST_SPELLED = 4, 3, 3  # that mean something together
WORD = re.compile(r"[#@]?[A-Za-z0-9@$|+!](?:[A-Za-z0-9$|+']+|[@!](?=[A-Za-z0-9]))*")
BREAK = re.compile(r"[\n!?](?=\S)|[$](?= ?\d)|(?<=\d)(?=(?:yo|yrs?|years?|mg|mcg|ml|lbs?|kg)\b)")
SPACED_LETTERS = re.compile(
    r"(?<![A-Za-z0-9'])[A-Za-z](?:([ .\-*~|/])[A-Za-z]){3,}(?![A-Za-z0-9'])(?:(?: {2,4})[A-Za-z](?:\1"
    r"[A-Za-z])+)*"
)
_RUN = re.compile(r"[A-Za-z0-9]+")
_TAGGED = re.compile(r"[(\"]?(#[A-Za-z0-9']+)[.,:;)\"]*$")
_ABBREVIATIONS = frozenset(("a.m", "p.m", "u.s", "e.g", "i.e", "d.c", "w/o"))


class Pieces(dict[str, int]):
    """What each piece is; `is_fine` says whether a word is left alone wherever it stands."""

    def __init__(self, is_fine: Callable[[str], bool]) -> None:
        self._is_fine = is_fine

    def only_tags(self, text: str) -> list[tuple[int, int, str]] | None:
        """Where hashtags of several words stand in the text, and which: if that is all in it that must be made whole,
        so mostly nowhere. Else None."""
        pieces = text.split()
        kinds = list(map(self.__getitem__, pieces))
        there = set(kinds)
        if LOOK in there or "\n" in text:
            return None
        if there <= _NOTHING_TO_DO:
            return []
        if kinds.count(LETTER) >= _FEWEST_LETTERS:
            return None
        digits, spelled = kinds.count(DIGIT), kinds.count(SPELLED)
        if digits >= _FEWEST_DIGITS and SPACED_DIGITS.search(text):
            return None
        if spelled and spelled + digits >= _FEWEST_SPELLED and MAY_BE_SPELLED.search(text.encode("ascii")):
            return None
        if GLUED in there and GROUPED.search(text):
            return None
        return list(_tags(text, pieces, kinds)) if TAGGED in there else []

    def doubtful(self, text: str) -> set[str]:
        """The words of a text without addresses that are not left alone wherever they stand."""
        looked_at = [piece for piece in set(text.split()) if self[piece] >= TAGGED]
        return {word for piece in looked_at for word in WORD.findall(piece) if not self._is_fine(word)}

    def __missing__(self, piece: str) -> int:
        number = piece.strip(".,:;()")
        if number.isdigit():
            digits = FINE if len(number) > 1 else DIGIT
            if (
                len(piece) <= _SHORT_NUMBER
            ):  # a longer one is always another: quickly told, and not worth keeping
                self[piece] = digits
            return digits
        broken = TAGGED if _TAGGED.match(piece) else LOOK
        kind = broken if self._is_broken(piece) else _alone(piece)
        if len(piece) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[piece] = kind
        return kind

    def _is_broken(self, piece: str) -> bool:
        """Whether something in the piece may have to be made whole, whatever stands beside it."""
        said = blanked(piece, addresses(piece))
        return bool(
            "$" in said
            or BREAK.search(said)
            or SPACED_LETTERS.search(piece)
            or SPACED_DIGITS.search(piece)
            or MAY_BE_SPELLED.search(piece.encode("ascii"))
            or any(len(HUMPS.findall(tag)) > 1 for tag in TAG.findall(said))
            or not all(map(self._is_fine, WORD.findall(said)))
        )


def _tags(text: str, pieces: list[str], kinds: list[int]) -> Iterator[tuple[int, int, str]]:
    """The hashtags among the pieces of a text, and where each stands."""
    at = 0
    for piece, kind in zip(pieces, kinds, strict=True):
        if kind == TAGGED and (tag := _TAGGED.match(piece)):
            at = text.index(piece, at)
            yield at + tag.start(1), at + tag.end(1), tag[1]
            at += len(piece)


def _alone(piece: str) -> int:
    """What a piece is that is whole by itself."""
    if piece.strip(".,:;()").lower() in _ABBREVIATIONS:
        return FINE
    runs = _RUN.findall(piece)
    kinds = set()
    lone = [run for run in runs if len(run) == 1]
    if lone and 1 in (len(runs[0]), len(runs[-1])):  # else nothing beside the piece can join them
        kinds.add(LOOK if len(lone) > 1 else DIGIT if lone[0].isdigit() else LETTER)
    if not SPELLING.isdisjoint(map(str.lower, runs)):
        kinds.add(SPELLED)
    if LETTERS_FOR_DIGITS.search(piece):
        kinds.add(GLUED)
    return LOOK if len(kinds) > 1 else next(iter(kinds), FINE)
