"""By which single words a phrase announces itself: the cheap question before the exact one.

For each part of a phrase, `signs_of` gives words of which at least one must stand in any text that the part fits. A
text's words are looked up once each; a phrase is compared only when every part of it is announced. Measured
against an RE2 set of all parts: as fast when warm, without the millisecond that a set needs to build new states for
every text it has not seen the like of.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import product

from bedside.guard.lexicon import lexicon
from bedside.guard.phrases import snippets
from bedside.guard.traits import DIGITS, MIXED_WORDS, OFTEN, PERCENT

_RARE = 0.5  # of a thousand texts has a word that is not among the frequent ones
_MOST_NUMBERS = 200


@dataclass(frozen=True)
class Signs:
    """Words, beginnings of words, word lists and traits of texts (`traits.py`), of which one stands in the text;
    `always` where nothing can be said. A word also stands in `word's`, a word of `alone` does not."""

    words: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    always: bool = False

    def __or__(self, other: "Signs") -> "Signs":
        return Signs(
            self.words | other.words,
            self.alone | other.alone,
            self.beginnings | other.beginnings,
            self.lists | other.lists,
            self.traits | other.traits,
            self.always or other.always,
        )

    @cached_property
    def often(self) -> float:
        """In about how many of a thousand texts one of these stands."""
        if self.always:
            return 1000.0
        frequent, begun = lexicon().frequent, _begun()
        told = [frequent.get(word, _RARE) for word in (*self.words, *self.alone)]
        told += [frequent.get(f"{{{name}}}", _RARE) for name in self.lists]
        told += [begun.get(beginning, _RARE) for beginning in self.beginnings]
        return sum(told) + sum(OFTEN[name] for name in self.traits)


@cache
def _begun() -> dict[str, int]:
    """In how many of a thousand texts a word stands that begins so."""
    begun: dict[str, int] = {}
    for word, times in lexicon().frequent.items():
        for end in range(1, len(word) + 1):
            begun[word[:end]] = begun.get(word[:end], 0) + times
    return begun


ALWAYS = Signs(always=True)


def trait(*names: str) -> Signs:
    """The sign that a text has one of these traits."""
    return Signs(traits=frozenset(names))


@cache
def signs_of(phrase: str) -> tuple[Signs, ...]:
    """The signs of every part of a phrase that must be there."""
    ways = _split(phrase, "|")
    if len(ways) > 1:
        return (any_of(ways),)
    told = [signs for signs in map(_of_part, _parts(phrase)) if signs is not None and not signs.always]
    return tuple(told) or (ALWAYS,)


def any_of(ways: Iterable[str]) -> Signs:
    """The signs of which one stands where one of these phrases does: the rarest of each."""
    found = Signs()
    for way in ways:
        found |= min(signs_of(way), key=lambda signs: signs.often)
    return found


_ESCAPED = re.compile(r"\\([^\w])")
_ANY_ENDING = r"\w*"
_MAY_BE_ABSENT = re.compile(r"(?:\?|\*|\{0,\d?\})")


def _of_part(part: str) -> Signs | None:
    """The signs of one part between spaces; None where the part may be absent."""
    part = _without_absent(part)
    if not part:
        return None
    if part.startswith(_ANY_ENDING) and part != _ANY_ENDING:
        return ALWAYS
    if part[0] == "{" and "}" in part:
        name = part[1 : part.index("}")]
        written = snippets().get(name)
        return Signs(lists=frozenset((name,))) if written is None else any_of(_split(written, "|"))
    if part[0] != "(":
        return _beginning(part)
    end = _closes(part)
    if all(way.endswith(" ") for way in _split(part[1:end], "|")) and (rest := _of_part(part[end + 1 :])):
        return rest
    signs = any_of(_split(part[1:end], "|"))
    return (
        signs
        if end == len(part) - 1
        else replace(signs, words=frozenset(), beginnings=signs.words | signs.beginnings)
    )


def _without_absent(part: str) -> str:
    """A part without the optional groups, letters and spaces in front of it."""
    while part and not part.startswith(_ANY_ENDING):
        if part.startswith(" ?"):
            return _ANY_ENDING + part[2:]  # what follows may be written to what was before: `had ?n't`
        if part[0] in " ,.:-":
            part = part[1:].lstrip("?*")
            continue
        end = _closes(part) if part[0] in "([" else 1 if part[0] == "\\" else 0
        optional = _MAY_BE_ABSENT.match(part, end + 1)
        if any_words := re.match(r"\(\\w\* \)(?:\?|\*|\{\d,\d\})", part):
            part = part[any_words.end() :]
            continue
        if not optional or (part[0].isalnum() and optional[0] == "*"):
            return part
        part = part[optional.end() :]
    return part


def _beginning(part: str) -> Signs:
    """The first letters of a part, as far as they are certain."""
    part = _ESCAPED.sub(r"\1", part)
    if re.fullmatch(r"[a-z0-9']+", part):
        return Signs(words=frozenset((part, part.replace("'", ""), part.split("'")[0])))
    if numbers := _numbers(part):
        return Signs(words=numbers)
    runs = re.findall(r"[a-z0-9]+", part)
    if runs and re.fullmatch(r"[a-z0-9'./&#%$\-]+", part):
        return Signs(words=frozenset((max(runs, key=len),)))
    stem = re.match(r"[a-z0-9]+(?=\*)|[a-z0-9]+(?=[(\[\\])|[a-z0-9]+(?=[a-z0-9]\?)|[a-z0-9]{3,}", part)
    if stem and (len(stem[0]) > 1 or stem[0].isdigit()):
        return Signs(beginnings=frozenset((stem[0],)))
    if part == "%":
        return trait(PERCENT)
    return _number(part) if re.search(r"\\d(?!\{0|\?|\*)|^\[0", part) else ALWAYS


def _number(part: str) -> Signs:
    """A number, and what must follow it: a word, or the same written to it (`5 years`, `5yo`)."""
    number = re.match(r"(?:\\d(?:[+?*]|\{\d(?:,\d)?\})?)+", part)
    rest = _of_part(part[number.end() :]) if number else None
    return trait(DIGITS) if rest is None or rest.always else rest | trait(MIXED_WORDS)


def _numbers(part: str) -> frozenset[str]:
    """All the numbers that `9\\d` or `1[01]\\d` stands for, if these are few. What begins with `\\d` may also be the
    end of a longer number."""
    if not re.fullmatch(r"\d(?:\\d|\[\d-\d\]|\[\d+\]|\d)*", part):
        return frozenset()
    places = [_digits(each) for each in re.findall(r"\\d|\[[^\]]*\]|\d", part)]
    if math.prod(map(len, places)) > _MOST_NUMBERS:
        return frozenset()
    return frozenset(map("".join, product(*places)))


def _digits(place: str) -> str:
    return "".join(digit for digit in "0123456789" if re.fullmatch(place, digit))


def _parts(phrase: str) -> list[str]:
    return [part for part in _split(phrase, " ") if part and part.strip(".")]


def _split(phrase: str, at: str) -> list[str]:
    """Split at a character outside all brackets; a space before `?` is no separation."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(phrase):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 and letter == at and not (at == " " and phrase[place + 1 : place + 2] == "?"):
            parts.append(phrase[start:place])
            start = place + 1
    parts.append(phrase[start:])
    return parts


def _closes(part: str) -> int:
    depth = 0
    for place, letter in enumerate(part):
        depth += (letter in "([") - (letter in ")]")
        if depth == 0:
            return place
    return -1
