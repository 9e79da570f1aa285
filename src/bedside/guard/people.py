"""Who is named in a text, and in what role: a person of whom nothing is known, or a known one.

Known are the organization's own people, clinicians and officials by title or letters after the name, figures
of public life; illnesses, houses, streets, prizes and days that carry a name are nobody. Where a name begins and
ends is in `names.py`; whether an unknown person is spoken of as a patient is for the rules to say.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bedside.guard.directory import Directory
from bedside.guard.lexicon import FOLDER, lexicon, listed
from bedside.guard.names import Names
from bedside.guard.tokens import Tokens

_BEFORE_PLACES = listed("st saint san santa santo fort port lake mount mt ft condado calle")
_ALWAYS_NOT = listed(
    "disease syndrome lymphoma palsy sarcoma sign test scale virus dementia maneuver hospital clinic foundation "
    "county university college school elementary street avenue enfermedad sindrome award scholarship prize "
    "lecture"
)
_BEHIND_TITLES = (" ", ". ", ", ", ".", ": ")
_AFTER = re.compile(r"^[ ,(]{1,3}([A-Za-z\-.]{2,8})")
_TITLED_BEHIND = re.compile(
    r"^[ ,(]{1,3}(?:(?:our|the|a|an|nuestro|nuestra|el|la|un|una)[ ]+)?(?:[a-z]+[ ]+){0,2}?([a-z]+)"
)
_INITIAL = re.compile(r"^ ?([A-Z])\b\.?(?!')")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Person:
    """A name in the plain text. Its kind is `known_person` where the role excludes a patient, `full_person`
    for more than a given name, `given_person` for one, `maybe_person` where the word may be no name at
    all."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    words = {}
    for name in ("titles", "credentials", "not_people", "eponyms"):
        lines = (FOLDER / "names" / f"{name}.txt").read_text(encoding="ascii").splitlines()
        words[name] = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    famous = (FOLDER / "names" / "famous.txt").read_text(encoding="ascii").splitlines()[1:]
    words["famous"] = frozenset(name.strip() for line in famous for name in line.split(","))
    return words


class Census:
    """Finds the people in a text, for one organization."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._words = lexicon()
        lists = _lists()
        self._titles, self._credentials = lists["titles"], lists["credentials"]
        self._not_people, self._famous, self._eponyms = lists["not_people"], lists["famous"], lists["eponyms"]
        self._names = Names(self._words, self._not_people)

    def people(self, tokens: Tokens) -> list[Person]:
        """Everybody who is named in the text, in order, none overlapping."""
        people = (self._person(tokens, first, last) for first, last in self._names.spans(tokens))
        return [person for person in people if person is not None]

    def _person(self, tokens: Tokens, first: int, last: int) -> Person | None:
        start, end = tokens.starts[first], tokens.end(last)
        names = tuple(known.bare for known in tokens.known[first : last + 1])
        if self._is_no_person(tokens, names, first, last):
            return None
        is_courteous = names[0] in self._words.honorifics
        initial = _INITIAL.match(tokens.text[end : end + 4])
        is_full = is_courteous or last > first or initial is not None
        if initial is not None and last == first and not is_courteous:
            end += initial.end(1)
        if self._is_known(tokens, names, first, last):
            return Person(start, end, "known_person")
        given = "maybe_person" if names[0] in self._words.ambiguous else "given_person"
        return Person(start, end, "full_person" if is_full else given)

    def _is_no_person(self, tokens: Tokens, names: tuple[str, ...], first: int, last: int) -> bool:
        if len(names) > 1 and names[-1] in self._not_people and not self._is_a_name_after_all(names):
            return True
        if names[0] in self._eponyms or (first == last and names[-1] in self._eponyms):
            return True
        if last + 1 < len(tokens):
            gap, after = tokens.gap(last + 1), tokens.known[last + 1]
            if gap in (" ", "-") and after.lower in self._not_people:
                return after.is_capital or after.lower in _ALWAYS_NOT
            if gap.strip() == "&" and after.is_capital:
                return True
        if first and tokens.words[first - 1] in _BEFORE_PLACES:
            return tokens.known[first - 1].is_capital
        start = tokens.starts[first]
        before = tokens.text[max(0, start - 1) : start]
        return before == "@" or before.isdigit()

    def _is_a_name_after_all(self, names: tuple[str, ...]) -> bool:
        """Whether the word behind a given name, which usually makes it a house or a prize, is a family name too."""
        words = self._words
        is_given = names[0] in words.first_names and names[0] not in words.ambiguous
        return is_given and names[-1] in words.last_names

    def _is_known(self, tokens: Tokens, names: tuple[str, ...], first: int, last: int) -> bool:
        if self._is_own(names) or " ".join(names) in self._famous:
            return True
        return names[0] not in self._words.honorifics and self._is_titled(tokens, first, last)

    def _is_own(self, names: tuple[str, ...]) -> bool:
        directory = self._directory
        if not directory.parts:
            return False
        named = tuple(name for name in names if name not in self._words.honorifics and len(name) > 1)
        if not named:
            return False
        return named in directory.names or all(name in directory.parts for name in named)

    def _is_titled(self, tokens: Tokens, first: int, last: int) -> bool:
        if first and tokens.words[first - 1] in self._titles and tokens.gap(first) in _BEHIND_TITLES:
            return True
        end = tokens.end(last)
        behind = tokens.text[end : end + _REACH]
        if behind[:1] not in (" ", ",", "("):
            return False
        letters = _AFTER.match(behind)
        if letters and letters[1].replace(".", "").replace("-", "").lower() in self._credentials:
            return letters[1][:2].isupper() or "." in letters[1]
        if behind[:1] not in (",", "(") or behind[:2] not in (", ", "("):
            return False
        titled = _TITLED_BEHIND.match(behind)
        return bool(titled and titled[1] in self._titles)
