"""Who is named in a text, and in what role: a person of whom nothing is known, or a known one.

Known are the organization's own people, clinicians and officials by title or letters after the name, figures
of public life; illnesses, houses, streets, prizes and days that carry a name are nobody. Whether an unknown
person is spoken of as a patient is for the rules to say.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from bedside.guard.lexicon import FOLDER, Lexicon, lexicon
from bedside.guard.normalize import plain
from bedside.guard.organization import OrganizationFacts
from bedside.guard.tokens import Tokens

_HONORIFICS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "miss",
        "mister",
        "sr",
        "sra",
        "srta",
        "senor",
        "senora",
        "senorita",
        "don",
        "dona",
    ]
)
_CAPITAL_HONORIFICS = frozenset(("miss", "don", "senor", "senora"))
_DOUBTFUL_HONORIFICS = frozenset(("miss", "ms", "don", "dona", "senor", "senora", "sr", "mister"))
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "los",
        "las",
        "van",
        "von",
        "der",
        "den",
        "da",
        "dos",
        "di",
        "le",
        "el",
        "al",
        "bin",
        "san",
        "y",
        "mc",
    ]
)
_STATES = frozenset(
    ("georgia", "carolina", "virginia", "dakota", "montana", "florida", "washington", "indiana")
)
_CALENDAR = frozenset(
    ["april", "may", "june", "jan", "august", "mar", "juno", "summer", "autumn", "winter", "monday"]
)
_WORDLIKE = re.compile(
    r"(?:ing|ed|ory|tion|sion|ness|ment|able|ible|ly|ive|ous|ity|ary|ic|ical|ful|less|ers|ist|ists|ism)$",
)
_PERSON_BEFORE = re.compile(
    r"\b(?:congrat\w* (?:to|for)|congrat\w*,?|shout ?-?out to|meet|patient|named|proud of|pray(?:ers|ing)? for|"
    r"thanks,? to|hi to|hello to|brave|little"
    r"|our (?:patient|friend|fighter|warrior|little)|happy birthday,?(?: to)?|way to go,?|felicidades a|conozca\w* "
    r"a|paciente|orgullos\w+ de"
    r"|baby|mom|dad|survivor|resident|about|cheer(?:s|ing)? (?:for|on)|welcome|goodbye to|remembering|love you,?|"
    r"rip|llamad[oa]|hear from)\s$",
    re.IGNORECASE,
)
_PERSON_BEHIND = re.compile(
    r"(?:'s\b|,? (?:who|whose|age|aged|is|was|has|had|went|beat|rang|came|got|finished|just|left|walked|turned|says"
    r"|said|told"
    r"|shared|wrote|loves|thanks|rocked|and (?:his|her)|que|quien|salio|vencio|dice|cumplio)\b|, \d|[!.]|$)"
)
_AFTER = re.compile(r"^[ ,(]{1,3}([A-Za-z\-.]{2,8})")
_TITLED_BEHIND = re.compile(
    r"^[ ,(]{1,3}(?:(?:our|the|a|an|nuestro|nuestra|el|la|un|una)[ ]+)?(?:[a-z]+[ ]+){0,2}?([a-z]+)"
)
_INITIAL = re.compile(r"^ ?([A-Z])\b\.?(?!')")


@dataclass(frozen=True, slots=True)
class Person:
    """A name in the plain text. Its kind is `known_person` where the role excludes a patient, `full_person`
    for more than a given name, `given_person` for one, `maybe_person` where the word may be no name at
    all."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Directory:
    """The organization's own people, as words: full names, and each part with which a title may stand."""

    names: frozenset[tuple[str, ...]] = frozenset()
    parts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, organization: OrganizationFacts, consented: tuple[str, ...] = ()) -> "Directory":
        """Everybody whom the organization may name: its directory and who consented."""
        names = [c.name for c in organization.clinicians]
        names += [*organization.staff, *organization.spokespeople, *consented]
        words = [
            tuple(w for w in re.findall(r"[a-z']+", _folded(name)) if w not in _TITLES_OF_OWN)
            for name in names
        ]
        return cls(
            names=frozenset(word for word in words if word),
            parts=frozenset(part for word in words for part in word if len(part) > 1),
        )


_TITLES_OF_OWN = frozenset(
    ["dr", "dra", "doctor", "mr", "mrs", "ms", "md", "do", "rn", "np", "pa", "phd", "dds", "dmd"]
)


def _folded(name: str) -> str:

    return plain(name).text.lower()


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
        self._words: Lexicon = lexicon()
        self._beginnings = self._words.first_names | self._words.last_names | _HONORIFICS
        lists = _lists()
        self._titles, self._credentials = lists["titles"], lists["credentials"]
        self._not_people, self._famous, self._eponyms = lists["not_people"], lists["famous"], lists["eponyms"]

    def people(self, text: str, tokens: Tokens) -> list[Person]:
        """Every name in the text, in order, none overlapping."""
        found: list[Person] = []
        shouted = text.isupper()
        done = -1
        for at in self._candidates(tokens):
            name = self._name_from(text, tokens, at, shouted) if at > done else None
            if name is None:
                continue
            first, done = name
            person = self._person(text, tokens, first, done)
            if person is not None:
                found.append(person)
        return found

    def _candidates(self, tokens: Tokens) -> list[int]:
        """Where a name might begin: a word of the name lists, a title, or an unknown word with a capital."""
        names, vocabulary = self._beginnings, self._words.vocabulary
        return [
            at
            for at, word in enumerate(tokens.words)
            if word in names
            or (word not in vocabulary and (tokens.is_capital(at) or word.removesuffix("'s") in names))
        ]

    def _name_from(self, text: str, tokens: Tokens, at: int, shouted: bool) -> tuple[int, int] | None:
        """The first and last token of a name that begins here, title of courtesy included."""
        token, words = tokens[at], self._words
        word = token.word
        if word in _HONORIFICS and at + 1 < len(tokens):
            return self._after_honorific(text, tokens, at)
        bare = word[:-2] if word.endswith("'s") else word
        given = bare in words.first_names
        if (
            not given
            and bare not in words.last_names
            and not (token.is_capital and bare not in words.vocabulary)
        ):
            return None
        if not token.is_capital or shouted:
            return self._small_name(
                text, tokens, at, given and bare not in words.ambiguous and bare not in words.vocabulary
            )
        if len(bare) == 1:
            return self._initialed(text, tokens, at)
        end = at
        while end + 1 < len(tokens) and end - at < 5 and self._continues(text, tokens, at, end):
            end += 1
        while end > at and tokens[end].word in _PARTICLES:
            end -= 1
        if end > at:
            surname = tokens[end].word.removesuffix("'s")
            if given:
                plausible = (
                    bare not in words.common or surname in words.last_names or surname not in words.vocabulary
                )
            else:
                plausible = surname in words.last_names and surname not in words.vocabulary
                initialed = len(surname) == 1 and len(bare) > 2 and text[tokens[end].end :][:1] == "."
                plausible = plausible or initialed or self._is_framed(text, tokens, at, end)
            return (at, end) if plausible and bare not in _CALENDAR else None
        given = given or self._is_framed(text, tokens, at, at)
        return (at, at) if given and bare not in _CALENDAR and bare not in _STATES else None

    def _is_framed(self, text: str, tokens: Tokens, first: int, last: int) -> bool:
        """Whether words that no list knows stand where only a person's name stands."""
        names = [tokens.words[at].removesuffix("'s") for at in range(first, last + 1)]
        if any(_WORDLIKE.search(name) for name in names):
            return False
        if any(len(name) < 3 or name in self._words.vocabulary or name in self._not_people for name in names):
            return False
        before = text[max(0, tokens[first].start - 24) : tokens[first].start]
        behind = text[tokens[last].end : tokens[last].end + 24]
        return bool(_PERSON_BEFORE.search(before) and (last > first or _PERSON_BEHIND.match(behind)))

    def _continues(self, text: str, tokens: Tokens, first: int, end: int) -> bool:
        here, after, words = tokens[end], tokens[end + 1], self._words
        if here.word.endswith("'s"):
            return False
        gap = text[here.end : after.start]
        if gap not in (" ", "-", ". ", "  ") or (gap == ". " and here.end - here.start > 1):
            return False
        if after.word in _PARTICLES and end + 2 < len(tokens):
            return tokens[end + 2].is_capital or after.word in ("de", "la", "del", "van", "von")
        if not after.is_capital:
            return False
        bare = after.word.removesuffix("'s")
        if bare in words.last_names or bare in words.first_names or (len(bare) == 1 and bare != "i"):
            return True
        return bare not in words.vocabulary and bare not in self._not_people

    def _small_name(self, text: str, tokens: Tokens, at: int, is_plain_given: bool) -> tuple[int, int] | None:
        """A name in small letters: a given name that is nothing else, and a family name beside it."""
        words = self._words
        if tokens[at].word.removesuffix("'s") not in words.first_names:
            return None
        alone = (at, at) if is_plain_given and len(tokens[at].word) > 3 else None
        if at + 1 >= len(tokens):
            return alone
        after = tokens[at + 1]
        surname = after.word.removesuffix("'s")
        if (
            text[tokens[at].end : after.start] != " "
            or surname not in words.last_names
            or surname in words.vocabulary
        ):
            return alone
        return (at, at + 1) if is_plain_given or surname not in words.first_names else None

    def _after_honorific(self, text: str, tokens: Tokens, at: int) -> tuple[int, int] | None:
        token, after, words = tokens[at], tokens[at + 1], self._words
        if text[token.end : after.start] not in (" ", ". ", ".", "  "):
            return None
        bare = after.word.removesuffix("'s")
        named = bare in words.last_names or bare in words.first_names
        if token.word in _CAPITAL_HONORIFICS and not token.is_capital and token.word in ("miss", "don"):
            return None
        if token.word in _DOUBTFUL_HONORIFICS and not (token.is_capital and after.is_capital) and not named:
            return None
        if (
            token.word in ("miss", "don", "dona", "senor", "senora")
            and not named
            and bare in words.vocabulary
        ):
            return None
        if not named and bare in words.vocabulary and not (after.is_capital and token.is_capital):
            return None
        end = at + 1
        while end + 1 < len(tokens) and end - at < 5 and self._continues(text, tokens, at, end):
            end += 1
        return at, end

    def _initialed(self, text: str, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """`R. Lopez`: an initial and a family name."""
        if at + 1 >= len(tokens) or tokens[at].word not in "bcdefghjklmnopqrstvwxyz":
            return None
        after = tokens[at + 1]
        if text[tokens[at].end : after.start] not in (". ", ".") or not after.is_capital:
            return None
        return (at, at + 1) if after.word.removesuffix("'s") in self._words.last_names else None

    def _person(self, text: str, tokens: Tokens, first: int, last: int) -> Person | None:
        start, end = tokens[first].start, tokens[last].end
        names = tuple(word.removesuffix("'s") for word in tokens.words[first : last + 1])
        courteous = names[0] in _HONORIFICS
        if self._is_no_person(text, tokens, names, first, last):
            return None
        initial = _INITIAL.match(text[end : end + 4])
        is_full = courteous or last > first or initial is not None
        if initial is not None and last == first and not courteous:
            end += initial.end(1)
        known = self._is_own(names) or (not courteous and self._is_titled(text, tokens, first, last))
        known = known or " ".join(names) in self._famous
        if known:
            return Person(start, end, "known_person")
        given = "maybe_person" if names[0] in self._words.ambiguous else "given_person"
        return Person(start, end, "full_person" if is_full else given)

    def _is_no_person(self, text: str, tokens: Tokens, names: tuple[str, ...], first: int, last: int) -> bool:
        if names[-1] in self._not_people and len(names) > 1:
            given = names[0] in self._words.first_names and names[0] not in self._words.ambiguous
            if not (given and names[-1] in self._words.last_names):
                return True
        if names[0] in self._eponyms or (len(names) <= 2 and names[-1] in self._eponyms and first == last):
            return True
        if last + 1 < len(tokens):
            after = tokens[last + 1]
            gap = text[tokens[last].end : after.start]
            if gap in (" ", "-") and after.word in self._not_people:
                small_ok = after.is_capital or after.word in _ALWAYS_NOT
                return small_ok
            if gap.strip() in ("&",) and after.is_capital:
                return True
        if first and tokens[first - 1].word in (
            "st",
            "saint",
            "san",
            "santa",
            "santo",
            "fort",
            "port",
            "lake",
            "mount",
            "mt",
            "ft",
            "condado",
            "calle",
        ):
            return tokens[first - 1].is_capital
        before = text[max(0, tokens[first].start - 1) : tokens[first].start]
        return before == "@" or (before.isdigit() and len(names) > 0)

    def _is_own(self, names: tuple[str, ...]) -> bool:
        directory = self._directory
        named = tuple(name for name in names if name not in _HONORIFICS and len(name) > 1)
        if not named or not directory.parts:
            return False
        return named in directory.names or all(name in directory.parts for name in named)

    def _is_titled(self, text: str, tokens: Tokens, first: int, last: int) -> bool:
        if first:
            before = tokens[first - 1]
            gap = text[before.end : tokens[first].start]
            if before.word in self._titles and gap in (" ", ". ", ", ", ".", ": "):
                return True
        behind = text[tokens[last].end : tokens[last].end + 60]
        letters = _AFTER.match(behind)
        if letters and letters[1].replace(".", "").replace("-", "").lower() in self._credentials:
            return letters[1][:2].isupper() or "." in letters[1]
        titled = _TITLED_BEHIND.match(behind)
        return bool(titled and behind[:1] in ",(" and behind[:2] in (", ", "(") and titled[1] in self._titles)


_ALWAYS_NOT = frozenset(
    [
        "disease",
        "syndrome",
        "lymphoma",
        "palsy",
        "sarcoma",
        "sign",
        "test",
        "scale",
        "virus",
        "dementia",
        "maneuver",
        "hospital",
        "clinic",
        "foundation",
        "county",
        "university",
        "college",
        "school",
        "elementary",
        "street",
        "avenue",
        "enfermedad",
        "sindrome",
        "award",
        "scholarship",
        "prize",
        "lecture",
    ]
)
