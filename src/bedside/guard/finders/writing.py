"""How a text is written: hashtags, emoji, fancy letters, reading grade. Advice for readers of every kind."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bedside.guard.desk_words import spelling
from bedside.guard.hits import Case, Hit
from bedside.guard.normalize import PICTURE, is_styled, plain
from bedside.guard.readability import difficulty
from bedside.guard.rulebook import Rule

_HASHTAG = re.compile(r"#([a-z]{6,40})(?![A-Za-z0-9])")
_STYLED_RUN = re.compile("[Ⓐ-ⓩ\U0001d400-\U0001d7ff\U0001f130-\U0001f189ᴀ-ᴢＡ-Ｚａ-ｚ⒜-⒵]+(?: [^ -~]+)*")
_MOST_EMOJI = 3
_HIGHEST_GRADE = 12.0
_LONGEST_SENTENCE = 40


def hashtag_case(case: Case, rule: Rule) -> Iterator[Hit]:
    """Hashtags of several words in small letters, with the readable form as replacement."""
    for reading in case.readings:
        if "#" not in reading.original or not reading.is_prose:
            continue
        for found in _HASHTAG.finditer(reading.original):
            parts = spelling().segments(found[1])
            if parts and len(parts) > 1 and found[1] not in spelling().known:
                readable = "#" + "".join(part.capitalize() for part in parts)
                yield Hit(reading.field, found.start(), found.end(), readable)


def emoji(case: Case, rule: Rule) -> Iterator[Hit]:
    """More than three emoji, or the same one twice in a row."""
    for reading in case.readings:
        count = reading.plain.text.count(PICTURE)
        if not reading.is_prose or not count:
            continue
        doubled = re.search(f"{PICTURE}{{2,}}", reading.plain.text)
        repeated = doubled and _is_repeated(reading.original[slice(*reading.plain.span(*doubled.span()))])
        if count > _MOST_EMOJI or repeated:
            first, last = reading.plain.text.index(PICTURE), reading.plain.text.rindex(PICTURE)
            yield Hit(reading.field, *reading.plain.span(first, last + 1))


def _is_repeated(run: str) -> bool:
    letters = [letter for letter in run if ord(letter) > 0x2000 and letter not in "\u200d\ufe0f"]
    return any(a == b for a, b in pairwise(letters))


def styled_letters(case: Case, rule: Rule) -> Iterator[Hit]:
    """Mathematical, circled, squared, small-capital and full-width letters, with plain ones as
    replacement."""
    for reading in case.readings:
        if reading.original.isascii() or not reading.is_prose:
            continue
        for found in _STYLED_RUN.finditer(reading.original):
            if sum(map(is_styled, found[0])) >= 2:
                yield Hit(reading.field, found.start(), found.end(), _plainly(found[0]))


def _plainly(styled: str) -> str:
    return plain(styled).text[1:]


def reading_grade(case: Case, rule: Rule) -> Iterator[Hit]:
    """Texts above the target grade, or with very long sentences."""
    reached, longest = difficulty(case.material.text) or (0.0, 0)
    if reached > _HIGHEST_GRADE or longest > _LONGEST_SENTENCE:
        yield Hit("text", 0, len(case.material.text))
