"""Numbers that a noun calls one person's: records, plans, accounts, devices, vehicles, permits, portal names.

The nouns are in `nouns.py`, whose a number is in `owners.py`. Shapes are bounded.
"""

import re
from collections.abc import Iterator

from bedside.guard.finders.noun import GLUE, Noun, announced
from bedside.guard.finders.nouns import nouns_among
from bedside.guard.finders.owners import (
    is_lesson,
    is_of_care,
    is_of_something_worn,
    is_paid_to,
    is_somebodys,
)
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading

PORTAL_CUES = listed("user username usuario screen login log password contrasena")
_PORTAL = re.compile(
    r"\b(?i:user ?name|user|usuario|screen name|login|log-in|password|contrasena)" + GLUE + r"[\"']?"
    r"(?P<id>(?=[\w.\-]{0,30}[\d.\-])[A-Za-z][\w.\-]{4,30})"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$")
_PHONE = re.compile(
    r"(?:1[ \-.])?\(?[2-9]\d\d\)?[ \-.]\d{3}[ \-.]\d{4}$|(?:1[ \-.]?)?8(?:00|88|77|66|55|44|33)[ \-.]"
)
# Lines of three digits, and telephone numbers as the neighbors dial them.
_SHORT_LINE = re.compile(r"(?:911|988|211|311|711)$|[2-9]\d\d-\d{4}$")
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?$")
_YOURS = re.compile(r"\b(?:your|ur|her|his|su) $", re.IGNORECASE)
_NUMBER_SAID = re.compile(r"#|\b(?:number|num|no|id|numero)\b", re.IGNORECASE)
_REGISTERED_STUDY = re.compile(r"NCT ?\d", re.IGNORECASE)
_DOTTED_DATE = re.compile(r"(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])\.(?:20)?\d\d$")
_PUBLIC = (_SHORT_LINE, _REGISTERED_STUDY, _DOTTED_DATE)
_WORDLIKE = re.compile(
    r"^(?:in|on|at|of|by|to|for|and|or|the|is|was|since|covid|page|room|nov|dec|jan|feb|mar|apr|may|"
    r"june|july|aug|sept|oct|de|el|en)[ \-]",
    re.IGNORECASE,
)


_DIGITS = re.compile(r"\d[\dA-Za-z]*(?:[ \-/.](?:[A-Z]{1,4}[\-/]?)?\d[\dA-Za-z]*)*")
_MANY = 6


def numbers(
    reading: Reading, text: str, nouns: tuple[Noun, ...], *, in_reply: bool
) -> Iterator[tuple[int, int]]:
    """Where one of the nouns stands with its number, and the number is somebody's."""
    if announced(nouns).search(text.encode("ascii")) is None:
        return
    windows = list(_windows(text))
    there = nouns_among(reading.word_set) if windows else set()
    meant = [noun for noun in nouns if noun in there]
    for first, last in windows:
        for noun in meant:
            for found in noun.shape.finditer(text, first, last):
                if _is_number(found, noun) and _is_meant(reading, found, noun, in_reply):
                    yield found.span()


def _is_meant(reading: Reading, found: re.Match[str], noun: Noun, in_reply: bool) -> bool:
    if noun.needs == "nothing":
        return not is_lesson(reading, *found.span()) and not is_paid_to(reading, *found.span())
    if noun.needs == "care":
        return is_of_care(reading, *found.span(), in_reply=in_reply)
    if noun.is_of_thing and is_of_something_worn(reading, *found.span()):
        return True
    return is_somebodys(reading, *found.span(), in_reply=in_reply)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of the text around its longer numbers; all of it where there are many."""
    spans = [m.span() for m in _DIGITS.finditer(text) if not _is_common(m[0])]
    if len(spans) > _MANY:
        yield 0, len(text)
        return
    done = 0
    for start, end in spans:
        first, last = max(done, start - 80), min(len(text), end + 60)
        if first < last:
            yield first, last
        done = end


def _is_common(number: str) -> bool:
    """A year, a telephone number, a day, or too short to be anybody's."""
    if sum(map(str.isdigit, number)) < 2 or len(number) < 3:
        return True
    return bool(_YEARS.match(number) or _PHONE.match(number) or _DATE.match(number))


def portal_names(reading: Reading, text: str, *, in_reply: bool) -> Iterator[tuple[int, int]]:
    """Where somebody's name or password for the portal stands."""
    for found in _PORTAL.finditer(text):
        if is_somebodys(reading, *found.span(), in_reply=in_reply):
            yield found.span()


def _is_number(found: re.Match[str], noun: Noun) -> bool:
    number = found["id"]
    digits = sum(map(str.isdigit, number))
    if digits < noun.digits or _YEARS.match(number) or _PHONE.match(number) or _DATE.match(number):
        return False
    if noun.needs != "nothing" and any(form.match(number) for form in _PUBLIC):
        is_yours = _YOURS.search(found.string, max(0, found.start() - 8), found.start())
        return bool(is_yours and _NUMBER_SAID.search(found[0]))
    if _SHORT_LINE.match(number) and found[0].endswith(". " + number):
        return False
    return not _WORDLIKE.match(number) and "$" not in found[0]
