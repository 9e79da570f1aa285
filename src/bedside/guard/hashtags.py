"""Words that were written together, in hashtags or without one, taken apart.

A text that consists of hashtags is read as a sentence: the signs disappear, and capitals that only begin a word.
"""

import re
from collections.abc import Callable, Mapping
from itertools import chain

from bedside.guard.l33t import L33t
from bedside.guard.lexicon import listed

# Identifiers of letters and digits stay whole; else a capital begins a word.
HUMPS = re.compile(
    r"[A-Z]{0,4}\d+(?:[A-Z]{1,4}\d+)+(?:[A-Z]+(?![a-z]))?|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z']+|[A-Z]+|\d+"
)
TAG = re.compile(r"#[A-Za-z0-9']+")
_LETTERS = re.compile(r"[A-Za-z0-9]")
_MOST_LETTERS = 0.6  # of the text are in hashtags when it is read as a sentence
_LONGEST = 200
_SHORT = listed(
    "of to in on at by us we my me is it as an am be do go he if no or so up er ed es el la de en tu su lo un al "
    "te se ya si"
)
_CONTRACTIONS = {
    "youre": "you're",
    "theyre": "they're",
    "thats": "that's",
    "hes": "he's",
    "shes": "she's",
    "weve": "we've",
    "youve": "you've",
    "youll": "you'll",
    "youd": "you'd",
    "theyd": "they'd",
    "theyll": "they'll",
    "theyve": "they've",
    "ive": "i've",
    "arent": "aren't",
    "doesnt": "doesn't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "werent": "weren't",
    "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "shouldnt": "shouldn't",
    "wont": "won't",
    "theres": "there's",
    "whats": "what's",
    "dont": "don't",
    "didnt": "didn't",
    "wasnt": "wasn't",
    "isnt": "isn't",
    "cant": "can't",
    "todays": "today's",
    "tonights": "tonight's",
    "yearold": "year old",
}

_LETTER_WORDS = frozenset("AEOUY")
_ARTICLES = "AI"  # that a hashtag writes to an abbreviation: `AUTI`
_SHORTEST_COMPOUND, _COMPOUND = 6, 2  # letters, words
# A web address without its signs: it stays whole, and is called so that no rule is asked of it because of a real one.
_NO_LINK = "hxxp"
_LINK = re.compile(r"https?[a-z][a-z0-9]{8,}", re.IGNORECASE)
# Numbers of persons that lost their dashes: of social security (none begins with 000, 666 or 9), and of telephones.
_JOINED_NUMBERS = (
    (re.compile(r"(?!000|666|9)(\d{3})(?!00)(\d\d)(?!0000)(\d{4})"), r"\1-\2-\3"),
    (re.compile(r"1?([2-9]\d\d)([2-9]\d\d)(\d{4})"), r"\1-\2-\3"),
)
_NUMBER = re.compile(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(one|two|three|four|five|six|seven|eight|nine)"
)


def is_joined(text: str) -> bool:
    """Whether the text is written in hashtags: at least two, one of several words, and little beside them."""
    if text.count("#") < 2:
        return False
    tags = TAG.findall(text)
    if len(tags) < 2 or not any(len(HUMPS.findall(tag)) > 1 for tag in tags):
        return False
    return sum(len(tag) - 1 for tag in tags) >= _MOST_LETTERS * len(_LETTERS.findall(text))


class Hashtags:
    """Takes joined words apart by the words that are known."""

    def __init__(
        self,
        known: frozenset[str],
        given: frozenset[str],
        slang: Mapping[str, str],
        l33t: L33t,
        mended: Callable[[str], str],
    ) -> None:
        self._known, self._given, self._slang, self._l33t = known, given, slang, l33t
        self._mended = mended

    def split(self, body: str) -> list[str] | None:
        """The words of a hashtag without its sign, or None where it is one word or cannot be split."""
        body = self._l33t.in_hashtag(body, self._unknown)
        humps = HUMPS.findall(body)
        if len(humps) <= 1 or all(len(hump) == 1 for hump in humps):
            lower = body.lower()
            return self.segments(lower) if len(lower) >= 6 and lower not in self._known else None
        pieces: list[str] = []
        for hump in humps:
            lower = hump.lower()
            parts = self.segments(lower) if len(hump) > 9 and lower not in self._known else None
            pieces += parts if parts and len(hump) / len(parts) >= 3.5 else [hump]
        return pieces

    def sentence(self, body: str, before: str) -> str:
        """The words of a hashtag as they stand in a sentence, behind the word before it."""
        if link := _LINK.search(body):
            words = self.sentence(body[: link.start()], before) if link.start() else ""
            return f"{words} {_NO_LINK}{link[0][4:].lower()}".lstrip()
        parts = self.split(body) or HUMPS.findall(self._l33t.in_hashtag(body, self._unknown)) or [body]
        said = []
        for part in chain.from_iterable(map(self._apart, parts)):
            before = self._said(part, before)
            said.append(before)
        return " ".join(said)

    def _apart(self, part: str) -> list[str]:
        """What only a capital, a hyphen or nothing kept apart before it was joined: `AUTI`, `Walkin`, `Ninetyone`."""
        lower = part.lower()
        if lower in self._known or lower in self._slang or lower in _CONTRACTIONS or not part.isalpha():
            return [part]
        if number := _NUMBER.fullmatch(lower):
            return [number[1], number[2]]
        if part.isupper() and part[0] in _ARTICLES and lower[1:] in self._known:
            return [part[0], part[1:]]
        if len(part) >= _SHORTEST_COMPOUND and not part.isupper():
            parts = self.segments(lower)
            if parts and len(parts) == _COMPOUND and self._given.isdisjoint(map(str.lower, parts)):
                return parts
        return [part]

    def segments(self, joined: str) -> list[str] | None:
        """The known words that stand written together, or None; names come back with a capital."""
        if len(joined) > _LONGEST:
            return None
        best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(joined)
        for end in range(2, len(joined) + 1):
            for start in range(max(0, end - 18), end):
                before = best[start]
                if before is None or not self._may_stand(joined[start:end]):
                    continue
                score = before[0] + (end - start) ** 2
                held = best[end]
                if held is None or score > held[0]:
                    best[end] = (score, start)
        if best[-1] is None:
            return None
        parts: list[str] = []
        end = len(joined)
        while end and (step := best[end]):  # every end that was reached was reached from such a start
            part = joined[step[1] : end]
            parts.append(part.capitalize() if part in self._given else part)
            end = step[1]
        return parts[::-1]

    def _may_stand(self, part: str) -> bool:
        if len(part) <= 2:
            return part in _SHORT
        return part in self._known

    def _said(self, part: str, before: str) -> str:
        lower = part.lower()
        if lower in _CONTRACTIONS:
            return _CONTRACTIONS[lower]
        if lower in self._known:
            return part if lower in self._given else lower
        if lower in self._slang and not part.isdigit():
            return self._slang[lower]
        if part in _LETTER_WORDS:
            return lower
        if lower.endswith("s") and lower[:-1] in self._given:
            return part[:-1] + "'s"
        if part.isdigit():
            return _dashed(part)
        if not part.isalpha():
            return part
        # A capital says nothing here: only behind a given name is an unknown word one, too.
        return self._mended(part if part.isupper() or before.lower() in self._given else lower)

    def _unknown(self, body: str) -> int:
        """How many letters of a hashtag stand in words that nobody knows."""
        words = [hump for hump in HUMPS.findall(body) if not hump.isdigit()]
        return sum(len(word) for word in words if word.lower() not in self._known)


def _dashed(digits: str) -> str:
    """A number as persons have it, with its dashes; any other as it stands."""
    for form, written in _JOINED_NUMBERS:
        if number := form.fullmatch(digits):
            return number.expand(written)
    return digits
