"""Which words the guard knows, and to which lists of `words/` each belongs.

A word's lists are marked in the text by one byte (its mark) in front of the word, so that a phrase can ask
for "any illness" at the price of one character. Several lists together have a mark of their own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
LISTS = [
    "condition",
    "sensitive",
    "procedure",
    "drug",
    "rx",
    "body",
    "kin",
    "who",
    "minor",
    "generic",
    "job",
    "careplace",
    "clinician",
    "month",
    "weekday",
    "state",
]
# Lists that no file holds: the kinds of names that `people.py` tells apart, and their unions.
PEOPLE = ("full_person", "given_person", "maybe_person", "known_person")
SPECIFIC = ("condition", "sensitive", "procedure", "drug", "body", "kin")
UNIONS = {
    "person": ("full_person", "given_person"),
    "name": ("full_person", "given_person", "maybe_person"),
    "anybody": PEOPLE,
    "care": ("condition", "procedure", "sensitive", "careplace", "drug"),
    "ill": ("condition", "sensitive"),
    "done": ("procedure", "drug"),
    "clinical": ("condition", "sensitive", "procedure", "drug"),
}
FIRST_MARK = 0x80
INSIDE = "\x05"

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All known words. `single` and `longer` give the mark of a term, `vocabulary` every word without a
    typo, `ordinary` thousands more that are none either, `frequent` in how many of a thousand texts a word stands."""

    single: dict[str, int]
    longer: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
    marks: dict[str, bytes]
    people: dict[str, int]
    vocabulary: frozenset[str]
    first_names: frozenset[str]
    last_names: frozenset[str]
    honorifics: frozenset[str]
    ambiguous: frozenset[str]
    common: frozenset[str]
    ordinary: frozenset[str]
    frequent: dict[str, int]
    slang: dict[str, str]

    def patterns(self) -> dict[str, bytes]:
        """The pattern for any word of each list, with the separation before it."""
        return {
            name: rb"(?:[^a-z0-9!?\n]*[" + marks + rb"][a-z0-9'\x05]+)" for name, marks in self.marks.items()
        }

    def names_of_marks(self) -> dict[int, tuple[str, ...]]:
        """Each mark to the names of the lists and unions that it stands for."""
        names: dict[int, list[str]] = {}
        for name, marks in self.marks.items():
            for mark in re.findall(rb"x([0-9a-f]{2})", marks):
                names.setdefault(int(mark, 16), []).append(name)
        return {mark: tuple(each) for mark, each in names.items()}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists that ship with the product, read once."""
    lists_of: dict[tuple[str, ...], set[str]] = {}
    for name in LISTS:
        for term in _terms(name):
            for form in _forms(tuple(_WORD.findall(term))):
                lists_of.setdefault(form, set()).add(name)
    marks = {kind: FIRST_MARK + number for number, kind in enumerate(_kinds(lists_of))}
    longer: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for form, names in lists_of.items():
        if len(form) > 1:
            longer.setdefault(form[0], []).append((form[1:], marks[frozenset(names)]))
    words = {word for form in lists_of for word in form}
    common = _words("common.txt")
    first, last = _words("names/first.txt"), _words("names/last.txt")
    return Lexicon(
        single={form[0]: marks[frozenset(names)] for form, names in lists_of.items() if len(form) == 1},
        longer={word: tuple(sorted(rest, key=lambda r: -len(r[0]))) for word, rest in longer.items()},
        marks={name: _class((name,), marks) for name in (*LISTS, *PEOPLE)}
        | {name: _class(members, marks) for name, members in UNIONS.items()}
        | {
            "specific": _class(
                SPECIFIC, {kind: mark for kind, mark in marks.items() if "generic" not in kind}
            )
        },
        people={name: marks[frozenset((name,))] for name in PEOPLE},
        vocabulary=frozenset(words | common),
        first_names=first,
        last_names=last,
        honorifics=_words("names/honorifics.txt"),
        ambiguous=_words("names/ambiguous.txt"),
        common=common,
        ordinary=_words("ordinary.txt"),
        frequent=_frequent(),
        slang=dict(pair.split("=", 1) for pair in _terms("slang")),
    )


def listed(written: str) -> frozenset[str]:
    """The words of a line as a set: for lists that only one file needs."""
    return frozenset(written.split())


def _terms(name: str) -> Iterator[str]:
    for line in _lines(f"{name}.txt"):
        yield from (term.strip() for term in line.split(",") if term.strip())


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            yield line


def _frequent() -> dict[str, int]:
    rows = (line.split() for line in _lines("frequent.txt"))
    return {word: int(row[0]) for row in rows for word in row[1:]}


def _forms(term: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A term and its plural."""
    yield term
    last = term[-1]
    if len(last) > 3 and last.isalpha() and not last.endswith("s"):
        yield (*term[:-1], last + ("es" if last.endswith(("sh", "ch", "x", "or", "on", "al")) else "s"))
        if last.endswith(("or", "on", "al")):
            yield (*term[:-1], last + "s")


def _kinds(lists_of: dict[tuple[str, ...], set[str]]) -> list[frozenset[str]]:
    kinds = sorted({frozenset(names) for names in lists_of.values()}, key=sorted)
    kinds += [frozenset((name,)) for name in PEOPLE]
    if FIRST_MARK + len(kinds) > 256:
        raise ValueError(f"{len(kinds)} combinations of word lists do not fit into one byte.")
    return kinds


def _class(names: tuple[str, ...], marks: dict[frozenset[str], int]) -> bytes:
    return b"".join(rb"\x%02x" % mark for kind, mark in marks.items() if not kind.isdisjoint(names))
