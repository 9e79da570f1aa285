"""Digits and signs that stand for letters: `ch00s1ng`. What is meant, and when is a digit really a digit?

One such word is read only where a known word comes out of it. In a text that is l33t elsewhere, short words are read
too, but never a part of a number, a measure or an identifier.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from bedside.guard.lexicon import listed

SIGNS = frozenset("013457@$|!")
_MIXED = re.compile(r"[A-Za-z][013457@$|!]+[A-Za-z]|^[013457@$|!]+[A-Za-z]{2}|[A-Za-z]{2}[013457@$|!]+$")
_I, _L = str.maketrans("013457@$|!", "oieastasli"), str.maketrans("013457@$|!", "oleastasli")
_DIGITS_ALONE = str.maketrans("013457", "oieast")
# Two letters that are no measure: these are read in any text. The others might be seconds, meters, tons.
_NO_MEASURE = frozenset(("0f", "0n", "0r", "1n", "4t", "1f"))
_DIGITS = {
    "4": "a",
    "1": "I",
    "70": "to",
    "47": "at",
    "15": "is",
    "17": "it",
    "50": "so",
    "0": "o",
    "45": "as",
}
_MEASURE = re.compile(
    r"\d+(?:st|nd|rd|th|am|pm|m?g|mcg|m?l|mm|cm|km|k|yo|yrs?|years?|days?|hrs?|h|min|s|lbs?|kg|x|d|ft|in|oz|pm)$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    r"(?:[\d.:/\-+$]|\d, |\b(?:rooms?|rm|bed|bay|stage|type|grade|unit|route|level|age[ds]?|step|top|no|number|day"
    r"|week|phase"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|at|el|los|las)[. #]{0,2})$",
    re.IGNORECASE,
)
_BEHIND_NUMBER = re.compile(
    r"[.:/\-]\d|[%+]|[ -]?(?:weeks?|days?|months?|years?|yrs?|hours?|minutes?|am|pm|a\.m|p\.m|mg|ml|lbs?|kg|k?hz"
    r"|cm|de|of|out|and \d"
    r"|[a-z]+s\b)",
    re.IGNORECASE,
)
_PART = re.compile(r"[\-.:/][A-Za-z]*\d|[\-.:/]\w*\d")


def as_letters(word: str) -> str:
    """Every digit as the letter that it most often stands for."""
    return word.translate(_DIGITS_ALONE)


class L33t:
    """Reads words with digits by the words that are known."""

    def __init__(
        self,
        known: frozenset[str],
        given: frozenset[str],
        slang: Mapping[str, str],
        corrected: Callable[[str, str], str | None],
    ) -> None:
        self._known, self._given, self._slang, self._corrected = known, given, slang, corrected

    def unmasked(self, word: str) -> str | None:
        """`ch00s1ng` as `choosing`: only when a known word comes out of it."""
        body = word.rstrip("!|")
        letters = sum(letter.isalpha() for letter in body)
        if not letters or len(body) < 2 or SIGNS.isdisjoint(body):
            return None
        for made in self._forms(body):
            if not made.replace("'", "").isalpha():
                return None
            if self._is_meant(made, body, letters):
                named = body[0].isupper() or _stem(made) in self._given
                return self._slang.get(made, made.capitalize() if named else made)
            if len(made) >= 5 and letters >= 2 and (near := self._corrected(made, made)):
                return near
        return None

    def is_spoken(self, text: str, doubtful: Iterable[str]) -> bool:
        """Whether two words or more of this text can only be l33t; `doubtful` are those that are not known."""
        sure = {
            word for word in doubtful if word in _NO_MEASURE or (_MIXED.search(word) and self.unmasked(word))
        }
        if len(sure) != 1:
            return bool(sure)
        return any(word not in sure and self._short(word) for word in _TWO.findall(text))

    def surely(self, text: str, start: int, end: int) -> str | None:
        """What a word stands for in a text that is l33t elsewhere; None where it is what it seems."""
        word = text[start:end]
        if SIGNS.isdisjoint(word) or _is_in_number(text, start, end):
            return None
        if word in _DIGITS:
            return None if _is_counted(text, end) else _DIGITS[word]
        letters = sum(letter.isalpha() for letter in word)
        if not letters or _MEASURE.match(word) or (word.isupper() and letters < 4):
            return self._short(word)
        forms = [made for made in self._forms(word.rstrip("!|")) if made.replace("'", "").isalpha()]
        for made in forms:
            if _stem(made) in self._known or made in self._slang:
                named = word[0].isupper() or _stem(made) in self._given
                return self._slang.get(made, made.capitalize() if named else made)
        if not forms or not _MIXED.search(word):
            return None
        return forms[0].capitalize() if word[0].isupper() else forms[0]

    def in_hashtag(self, body: str, unknown: Callable[[str], int]) -> str:
        """The hashtag with digits as letters, where that leaves fewer words unknown."""
        if SIGNS.isdisjoint(body) or _IDENTIFIER.search(body) or not _BESIDE_LETTER.search(body):
            return body
        forms = (_BESIDE_LETTER.sub(lambda m: m[0].translate(_I), body), _with_l(body))
        return min((body, *forms), key=unknown)

    def _short(self, word: str) -> str | None:
        """A two-letter word with a digit, in small letters."""
        made = word.translate(_I)
        return made if len(word) == 2 and made != word and made in _SMALL else None

    def _forms(self, body: str) -> Iterator[str]:
        yield body.lower().translate(_I)
        yield body.lower().translate(_L)

    def _is_meant(self, made: str, body: str, letters: int) -> bool:
        known = _stem(made) in self._known or made in self._slang
        long_enough = len(body) > 2 or not body[0].isdigit() or body in _NO_MEASURE
        return known and long_enough and (letters >= len(body) / 2 or len(body) > 4)


_TWO = re.compile(r"\b[a-z0-9]{2}\b")
_IDENTIFIER = re.compile(r"[A-Z0-9]{6}")
_BESIDE_LETTER = re.compile(r"(?<![0-9])(?:(?<=[A-Za-z])[013457]+(?![0-9])|[013457]+(?=[A-Za-z]))")
_SMALL = listed("of on or in at is it as an am be do go he if no so to me my we el la es de")


def _with_l(body: str) -> str:
    return _BESIDE_LETTER.sub(lambda match: match[0].translate(_L), body)


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'re").removesuffix("'t")


def _is_in_number(text: str, start: int, end: int) -> bool:
    """Whether the word is part of a date, a time, a measure or an identifier written in pieces."""
    before = text[max(0, start - 12) : start]
    if _PART.match(text, end) or _DIGIT_PART_BEFORE.search(before):
        return True
    said = (before, before.translate(_I))
    return text[start:end].isdigit() and any(map(_BEFORE_NUMBER.search, said))


def _is_counted(text: str, end: int) -> bool:
    """Whether a measure, a month or things in the plural follow."""
    behind = text[end : end + 16]
    if behind[:1] in ",;)" and behind:
        return True
    return any(map(_BEHIND_NUMBER.match, (behind, behind.translate(_I))))


_DIGIT_PART_BEFORE = re.compile(r"\d[A-Za-z]{0,6}[\-.:/]$")
