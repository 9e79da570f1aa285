"""How disguised or careless words are made whole: hashtags, spaced letters, l33t, chat slang, typing errors.

Works on plain letters (`normalize.py`) and keeps their places. A word that is known is never touched.
"""

import re
from collections.abc import Iterable, Iterator

from bedside.guard.addresses import addresses, blanked
from bedside.guard.digits import with_whole_digits
from bedside.guard.hashtags import HUMPS, Hashtags, is_joined
from bedside.guard.known import LONE_LETTER
from bedside.guard.l33t import L33t
from bedside.guard.lexicon import Lexicon
from bedside.guard.normalize import Plain
from bedside.guard.pieces import BREAK, SPACED_LETTERS, WORD, Pieces
from bedside.guard.tokens import Tokens

_FEWEST_SPACED = 4  # letters that stand alone
_SPREAD = {"$": "usd "}
# Pieces of an identifier, joined by dashes: no word is looked for in them (`1TG4-TK5-MY72`, `hx-220`).
_IDENTIFIER = re.compile(
    r"(?<![\w\-])(?:(?=[A-Z0-9\-]*\d\d)(?=[A-Z0-9\-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)+|[A-Za-z]{1,5}-\d{3,})(?![\w\-])"
)
_OPENERS = frozenset(("", ".", "!", "?", "\n", ":", "\x01"))
_ENDINGS = re.compile(
    r"(?:s|es|ed|d|ing|ly|er|ers|or|ment|ments|able|ness|ful|less|al|ally|ity|y|ion|ions|ation|ance|ence|"
    r"ize|ized|'s"
    r"|mente|ndo|ado|ada|ados|adas|cion|ciones|dad|dades|ar|er|ir|n|r|a|o|as|os)$"
)
_LONGEST = 200
_MEMORY = 50_000


class Spelling:
    """Knows words, and brings unknown ones back to known ones where only one reading makes sense."""

    def __init__(self, lexicon: Lexicon, said_in_rules: Iterable[str]) -> None:
        said = frozenset(said_in_rules)
        self._names = lexicon.first_names | lexicon.last_names
        self._given = self._names - lexicon.common
        self.known = lexicon.vocabulary | lexicon.ordinary | said | self._names
        self._slang = lexicon.slang
        self._near = _nearness(sorted(word for word in said | lexicon.vocabulary if len(word) >= 4))
        self._l33t = L33t(self.known, self._given, self._slang, self._corrected)
        self._hashtags = Hashtags(self.known, self._given, self._slang, self._l33t, self._mended)
        self.segments = self._hashtags.segments
        self._seen: dict[tuple[str, bool], str | None] = {}
        self._pieces = Pieces(self._is_fine)

    def unfold(self, plain: Plain) -> tuple[Plain, Tokens]:
        """The text with its disguised words and digits made whole, and the words that then stand in it."""
        tags = self._pieces.only_tags(plain.text)
        if tags is not None and not (tags and _is_joined(plain.text)):
            edits = [(start, end, meant) for start, end, tag in tags if (meant := self._whole(tag, True))]
            plain = plain.edited(edits) if edits else plain
            return plain, Tokens(plain.text)
        tokens = Tokens(plain.text)
        for step in (with_whole_digits, self._with_whole_letters, self._with_whole_words):
            whole = step(plain, tokens)
            if whole is not plain:
                plain, tokens = whole, Tokens(whole.text)
        return plain, tokens

    def _with_whole_letters(self, plain: Plain, tokens: Tokens) -> Plain:
        """The text with its spaced letters joined."""
        if len(tokens.with_trait(LONE_LETTER)) < _FEWEST_SPACED:
            return plain
        spaced = [(m.start(), m.end(), self._joined(m.group())) for m in SPACED_LETTERS.finditer(plain.text)]
        return plain.edited(spaced) if spaced else plain

    def _with_whole_words(self, plain: Plain, tokens: Tokens) -> Plain:
        edits = list(self._edits(plain.text, tokens))
        return plain.edited(edits) if edits else plain

    def _joined(self, spaced: str) -> str:
        separator = spaced[1]
        words = re.split(r" {2,}", spaced) if separator != " " or "  " in spaced else [spaced]
        joined = [word.replace(separator, "") for word in words]
        if len(joined) == 1 and joined[0].lower() not in self.known:
            joined = self.segments(joined[0].lower()) or joined
        return " ".join(joined)

    def _edits(self, text: str, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        words = blanked(text, tokens.addresses)
        edits = [(m.start(), m.end(), _SPREAD.get(m.group(), m.group() + " ")) for m in BREAK.finditer(words)]
        doubtful = self._pieces.doubtful(words)
        if doubtful or is_joined(words):
            edits = sorted(edits + list(self._word_edits(words, doubtful)))
        identifiers = [m.span() for m in _IDENTIFIER.finditer(words)] if edits and "-" in words else []
        return _apart(edits, identifiers)

    def _is_fine(self, word: str) -> bool:
        """Whether a word is left alone wherever it stands: even where it may be a typing error."""
        return self._whole(word, may_be_typo=True) is None

    def _word_edits(self, text: str, doubtful: set[str]) -> Iterator[tuple[int, int, str]]:
        is_l33t = self._l33t.is_spoken(text, doubtful)
        is_all_joined = is_joined(text)
        matches = WORD.finditer(text)
        before = ""
        for match in matches if is_l33t or is_all_joined else [m for m in matches if m[0] in doubtful]:
            word, start = match.group(), match.start()
            if is_l33t and word[0] != "#" and (meant := self._l33t.surely(text, start, match.end())):
                yield start, match.end(), meant
                continue
            if is_all_joined and word[0] == "#":
                sentence = self._hashtags.sentence(word[1:], before)
                before = sentence.rpartition(" ")[2]
                yield start, match.end(), sentence
                continue
            if word not in doubtful:
                continue
            opens = word[0].islower() or text[max(0, start - 3) : start].rstrip(" \"'(")[-1:] in _OPENERS
            whole = self._whole(word, opens)
            if whole is not None:
                yield start, match.end(), whole

    def _whole(self, word: str, may_be_typo: bool) -> str | None:
        if word.lower() in self.known:
            return None
        key = (word, may_be_typo)
        if key not in self._seen:
            if len(self._seen) > _MEMORY:
                self._seen.clear()
            made = self._made_whole(word, may_be_typo) if len(word) <= _LONGEST else None
            self._seen[key] = made if made != word else None
        return self._seen[key]

    def _made_whole(self, word: str, may_be_typo: bool) -> str | None:
        if word[0] == "@" and len(word) > 1 and word[1:2].isalpha() and not self._l33t.unmasked(word):
            return None
        if word[0] == "#":
            return self._tag(word[1:])
        if not word.replace("'", "").isalpha():
            return self._l33t.unmasked(word)
        lower = word.lower()
        if lower in self._slang and (len(word) > 1 or word == "U" or word.islower()):
            return self._slang[lower]
        if self._is_inflected(lower):
            return None
        humps = HUMPS.findall(word)
        if len(humps) >= 3 and sum(hump.lower() in self.known for hump in humps) >= 2:
            return " ".join(humps)
        if shorter := self._without_repeats(lower):
            return shorter
        if len(lower) >= 14 and (parts := self.segments(lower)) and len(lower) / len(parts) >= 3.5:
            return " ".join(parts)
        return self._corrected(word, lower) if may_be_typo else None

    def _is_inflected(self, lower: str) -> bool:
        """Whether a known word carries a common ending: not a typing error, and not to be touched."""
        for ending in range(1, min(7, len(lower) - 2)):
            if _ENDINGS.match(lower, len(lower) - ending):
                stem = lower[:-ending]
                if stem in self.known or stem + "e" in self.known or stem[:-1] + "y" in self.known:
                    return True
                if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in self.known:
                    return True
        return lower.startswith(("un", "re", "non", "pre", "mis")) and lower[2:] in self.known

    def _mended(self, word: str) -> str:
        """A word of a hashtag whose capital says nothing: in small letters where a known word comes out of it."""
        lower = word.lower()
        return self._whole(lower, True) or (lower if self._is_inflected(lower) else word)

    def _tag(self, body: str) -> str | None:
        if parts := self._hashtags.split(body):
            return "#" + " ".join(parts)
        whole = self._made_whole(body, True) if body and body.lower() not in self.known else None
        return "#" + whole if whole and len(HUMPS.findall(body)) <= 1 else None

    def _without_repeats(self, lower: str) -> str | None:
        for left in (r"\1\1", r"\1"):
            shorter = re.sub(r"(.)\1{2,}", left, lower)
            if shorter != lower and shorter in self.known:
                return shorter
        return None

    def _corrected(self, word: str, lower: str) -> str | None:
        if len(lower) < 4 or len(lower) > 20 or not lower.isalpha():
            return None
        for form in (lower, *(lower[:at] + lower[at + 1 :] for at in range(len(lower)))):
            for meant in self._near.get(form, ()):
                if meant[0] == lower[0] and _is_slip(lower, meant):
                    return meant.capitalize() if word[0].isupper() else meant
        return None


def _is_joined(text: str) -> bool:
    """Whether the text without its addresses is written in hashtags."""
    return text.count("#") > 1 and is_joined(blanked(text, addresses(text)))


def _apart(
    edits: list[tuple[int, int, str]], identifiers: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """Those of the edits that do not overlap, and change no identifier."""
    done = 0
    for start, end, piece in edits:
        if start >= done and not any(first <= start < last for first, last in identifiers):
            yield start, end, piece
            done = end


def _nearness(words: list[str]) -> dict[str, tuple[str, ...]]:
    """Every form of a word with one letter missing, and the word itself, to the words it may stand for."""
    near: dict[str, tuple[str, ...]] = {}
    for word in words:
        if not word.isalpha():
            continue
        for form in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            near[form] = (*near.get(form, ()), word)
    return near


def _is_slip(written: str, meant: str) -> bool:
    """One slip of the finger. Short words differ too little from other words: only swapped letters count
    there."""
    if len(written) == len(meant):
        at = [number for number, (a, b) in enumerate(zip(written, meant, strict=True)) if a != b]
        swapped = (
            len(at) == 2
            and at[1] == at[0] + 1
            and written[at[0]] == meant[at[1]]
            and written[at[1]] == meant[at[0]]
        )
        return swapped or (len(at) == 1 and len(meant) >= 8)
    if abs(len(written) - len(meant)) != 1 or len(meant) < 7:
        return False
    longer, shorter = sorted((written, meant), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
