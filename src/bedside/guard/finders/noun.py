"""What a noun is that calls a number one person's, and how such a number is written behind it.

The nouns themselves are in `nouns.py`.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from bedside.guard.phrases import Pattern

GLUE = (
    r"(?:[ :#.,\"'(=*\-]{0,3}(?i:no|nr|nos|num|number|numero|id|is|it's|was|are|reads?|says|ends?|ending|"
    r"starts?|begins|"
    r"in|with|of|the|your|you|her|his|our|my|under|for|on|at|card|file|name|last|four|4|digits|code|member|"
    r"group|policy|cup|bag|barcode|sticker|label|slip|recip|recipient|sponsor|iban|visa|request|es|de|"
    r"el|la|su|termina|terminada|con|en|del|a|salud|clinico|medico|series|rx|left|that)\b){0,6}[ :#.,\"'(=*\-]{0,4}"
)
# Pieces of digits and capitals, joined by single separators: 26-S-004418, W2084 55190, PJN 220418H.
_ID = (
    r"(?P<id>(?:[A-Z]{1,6}[ \-./]?|[a-z]{1,3}-?|[a-z]{4,10}-)?\d[\dA-Za-z]{0,15}(?:[ \-/.]{1,2}\d[\dA-Za-z]{0,11}|"
    r"[\-/][A-Z]{1,12}\d{0,12}){0,5})"
    r"(?![\w%])(?!,\d)(?!\.\d)(?! ?(?i:percent|%|am\b|a\.m|pm\b|p\.m|people|patients|miles|steps|beds|"
    r"mg|ml|visits|nurses|cases|adults|tests|pages|tablets|hours|minutes|days|years))"
)


Needs = Literal["nothing", "care", "owner"]


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """What a number is called, how many digits it has at least, and what must be said around it (`needs`): nothing;
    care or a person; or both. Of a thing (`is_of_thing`) it is enough that patients wear such things.

    A text with the noun has a word that begins with one of `begins`, or is one of `alone` up to its digits.
    """

    named: str
    shape: re.Pattern[str]
    begins: tuple[str, ...]
    alone: frozenset[str]
    digits: int
    needs: Needs
    is_of_thing: bool = False

    def may_stand_by(self, word: str) -> bool:
        """Whether such a word, in small letters, may be part of the noun."""
        parts = (word, *word.split("'")) if "'" in word else (word,)
        return any(part.startswith(self.begins) or part.rstrip("0123456789") in self.alone for part in parts)


@cache
def announced(nouns: tuple[Noun, ...]) -> Pattern:
    """What stands wherever one of the nouns stands with a number behind it. It may stand elsewhere, but is found in
    little time."""
    named = "|".join(_LOOK_AHEAD.sub("", each.named) for each in nouns)
    return Pattern((r"(?i)\b(?:" + named + ")" + GLUE + r"(?:[a-z]{1,10}[ \-./]?)?\d").encode("ascii"))


_LOOK_AHEAD = re.compile(r"\(\?=[^)]*\)")


def noun(
    nouns: str, begins: str, digits: int, *, alone: str = "", needs: Needs, is_of_thing: bool = False
) -> Noun:
    """A noun from its spellings, the beginnings of its words and its whole words."""
    return Noun(
        named=nouns,
        shape=re.compile(r"\b(?i:" + nouns + r")(?![a-z])" + GLUE + _ID),
        begins=tuple(begins.split()),
        alone=frozenset(alone.split()),
        digits=digits,
        needs=needs,
        is_of_thing=is_of_thing,
    )
