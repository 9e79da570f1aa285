"""Where names of people stand in a text: the words from the first to the last of each.

By the lists of names, by capitals, and for words that no list knows by what stands around them. Whose name it is,
and whether it is a person's at all, is in `people.py`.
"""

import re
from collections.abc import Iterator

from bedside.guard.known import MAY_BEGIN_NAME, Known
from bedside.guard.lexicon import Lexicon, listed
from bedside.guard.tokens import Tokens

_NEVER_SMALL = frozenset(("miss", "don"))
_ALSO_WORDS = frozenset(("miss", "don", "dona", "senor", "senora"))
_DOUBTFUL = listed("miss ms don dona senor senora sr mister")
_PARTICLES = listed("de la del los las van von der den da dos di le el al bin san y mc")
_BEFORE_SMALL = frozenset(("de", "la", "del", "van", "von"))
_STATES = listed("georgia carolina virginia dakota montana florida washington indiana")
_DAYS = listed("april may june jan august mar juno summer autumn winter monday")
_INITIALS = frozenset("bcdefghjklmnopqrstvwxyz")
_LONGEST = 5  # words behind the first
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
_BEFORE_LAST = listed(
    "to for meet patient named of brave little friend fighter warrior birthday go a paciente de baby mom dad survivor "
    "resident about on welcome remembering you rip llamado llamada from"
)
_PERSON_BEHIND = re.compile(
    r"(?:'s\b|,? (?:who|whose|age|aged|is|was|has|had|went|beat|rang|came|got|finished|just|left|walked|turned|says"
    r"|said|told"
    r"|shared|wrote|loves|thanks|rocked|and (?:his|her)|que|quien|salio|vencio|dice|cumplio)\b|, \d|[!.]|$)"
)
_REACH = 24


def _frames(word: str) -> bool:
    """Whether what stands before a person ends with this word: most words are told at once by it."""
    last = word.rpartition("'")[2]
    return last in _BEFORE_LAST or last.startswith("congrat")


class Names:
    """Finds the names in texts."""

    def __init__(self, words: Lexicon, not_people: frozenset[str]) -> None:
        self._words = words
        self._not_people = not_people

    def spans(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """The first and last word of every name, title of courtesy included; in order, none overlapping."""
        beginnings = tokens.with_trait(MAY_BEGIN_NAME)
        shouted = bool(beginnings) and tokens.text.isupper()
        done = -1
        for at in beginnings:
            name = self._from(tokens, at, shouted) if at > done else None
            if name is not None:
                yield name
                done = name[1]

    def _from(self, tokens: Tokens, at: int, shouted: bool) -> tuple[int, int] | None:
        """The name that begins with this word, if one does."""
        known = tokens.known[at]
        if known.lower in self._words.honorifics and at + 1 < len(tokens):
            return self._after_honorific(tokens, at)
        if not known.is_given and not known.is_family and not (known.is_capital and not known.is_word):
            return None
        if not known.is_capital or shouted:
            return self._small(tokens, at)
        if len(known.bare) == 1:
            return self._initialed(tokens, at)
        end = self._reaches(tokens, at, at)
        while end > at and tokens.words[end] in _PARTICLES:
            end -= 1
        is_named = self._is_full(tokens, at, end) if end > at else self._is_alone(tokens, at)
        return (at, end) if is_named and known.bare not in _DAYS else None

    def _reaches(self, tokens: Tokens, first: int, end: int) -> int:
        """The last word of a name of which the words up to `end` are known to be part."""
        last = min(len(tokens) - 1, first + _LONGEST)
        while end < last and self._continues(tokens, end):
            end += 1
        return end

    def _is_full(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether several words with capitals are a name."""
        known, surname = tokens.known[first], tokens.known[last]
        if known.is_given:
            return known.bare not in self._words.common or surname.is_family or not surname.is_word
        if surname.is_family and not surname.is_word:
            return True
        is_initial = len(surname.bare) == 1 and len(known.bare) > 2
        if is_initial and tokens.gap(last + 1).startswith("."):
            return True
        return self._is_framed(tokens, first, last)

    def _is_alone(self, tokens: Tokens, at: int) -> bool:
        """Whether one word with a capital is a name."""
        known = tokens.known[at]
        return known.bare not in _STATES and (known.is_given or self._is_framed(tokens, at, at))

    def _is_framed(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether words that no list knows stand where only a person's name stands."""
        if not first or not _frames(tokens.words[first - 1]):
            return False
        if not all(map(self._is_like_a_name, tokens.known[first : last + 1])):
            return False
        start, end = tokens.starts[first], tokens.end(last)
        if not _PERSON_BEFORE.search(tokens.text[max(0, start - _REACH) : start]):
            return False
        return last > first or bool(_PERSON_BEHIND.match(tokens.text[end : end + _REACH]))

    def _is_like_a_name(self, known: Known) -> bool:
        if len(known.bare) < 3 or known.is_word or known.bare in self._not_people:
            return False
        return not _WORDLIKE.search(known.bare)

    def _continues(self, tokens: Tokens, end: int) -> bool:
        """Whether the word behind this one still belongs to the name."""
        here, after = tokens.known[end], tokens.known[end + 1]
        gap = tokens.gap(end + 1)
        if here.bare != here.lower or gap not in (" ", "-", ". ", "  "):
            return False
        if gap == ". " and len(here.lower) > 1:
            return False
        if after.lower in _PARTICLES and end + 2 < len(tokens):
            return tokens.known[end + 2].is_capital or after.lower in _BEFORE_SMALL
        if not after.is_capital:
            return False
        if after.is_family or after.is_given or (len(after.bare) == 1 and after.bare != "i"):
            return True
        return not after.is_word and after.bare not in self._not_people

    def _small(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """A name in small letters: a given name that is nothing else, and a family name beside it."""
        known = tokens.known[at]
        if not known.is_given:
            return None
        is_nothing_else = known.bare not in self._words.ambiguous and not known.is_word
        alone = (at, at) if is_nothing_else and len(known.lower) > 3 else None
        if at + 1 >= len(tokens):
            return alone
        surname = tokens.known[at + 1]
        if tokens.gap(at + 1) != " " or not surname.is_family or surname.is_word:
            return alone
        return (at, at + 1) if is_nothing_else or not surname.is_given else None

    def _after_honorific(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        title, after = tokens.known[at], tokens.known[at + 1]
        if tokens.gap(at + 1) not in (" ", ". ", ".", "  "):
            return None
        is_named = after.is_family or after.is_given
        if title.lower in _NEVER_SMALL and not title.is_capital:
            return None
        if not is_named:
            are_capitals = title.is_capital and after.is_capital
            if title.lower in _DOUBTFUL and not are_capitals:
                return None
            if after.is_word and (title.lower in _ALSO_WORDS or not are_capitals):
                return None
        return at, self._reaches(tokens, at, at + 1)

    def _initialed(self, tokens: Tokens, at: int) -> tuple[int, int] | None:
        """`R. Lopez`: an initial and a family name."""
        if at + 1 >= len(tokens) or tokens.words[at] not in _INITIALS:
            return None
        after = tokens.known[at + 1]
        if tokens.gap(at + 1) not in (". ", ".") or not after.is_capital:
            return None
        return (at, at + 1) if after.is_family else None
