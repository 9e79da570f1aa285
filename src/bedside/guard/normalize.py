"""How a text is made plain, letter by letter, without losing where each letter stood.

Plain means ASCII: accents, look-alike and fancy letters become the letters they pass for, what cannot be seen
disappears, pictures of any kind become one mark. Whole words (hashtags, l33t, typing errors) are the matter
of `unfold.py`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

PICTURE = "\x01"
_ASCII = frozenset(map(chr, range(128)))
_MEMORY, _LONGEST = (
    4096,
    80,
)  # words of which it is remembered how they were made whole, letters of one with that
_FEW = 12  # letters that are replaced one by one
FOREIGN = "\x02"


@dataclass(slots=True)
class Plain:
    """ASCII text that begins with one space, and where each of its characters stood in the original.

    `places` is None where character n+1 of the text is character n of the original.
    """

    text: str
    places: list[int] | None

    def place(self, at: int) -> int:
        """The original offset of the character at this index."""
        return max(at - 1, 0) if self.places is None else self.places[at]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of a non-empty piece of the plain text."""
        return self.place(start), self.place(end - 1) + 1

    def edited(self, edits: list[tuple[int, int, str]]) -> "Plain":
        """The text with pieces replaced (start, end, by what; in order), every letter keeping its place."""
        places = self.places or [0, *range(len(self.text) - 1)]
        text: list[str] = []
        kept: list[int] = []
        done = 0
        for start, end, piece in edits:
            text += self.text[done:start], piece
            kept += places[done:start]
            kept += [places[start + at] for at in _aligned(self.text[start:end], piece)]
            done = end
        text.append(self.text[done:])
        kept += places[done:]
        return Plain("".join(text), kept)


def _aligned(written: str, piece: str) -> tuple[int, ...]:
    """Which letter of what was written each letter of the piece is. What was only split or joined keeps every letter's
    own place; where the letters are others, the first and the last hold."""
    is_short = len(written) + len(piece) <= _LONGEST
    return _remembered(written, piece) if is_short else _align(written, piece)


def _align(written: str, piece: str) -> tuple[int, ...]:
    letters = [at for at, letter in enumerate(written) if letter not in _BETWEEN]
    if len(letters) != sum(letter not in _BETWEEN for letter in piece) or not letters:
        last, end = len(piece) - 1, len(written) - 1
        return tuple(end if number == last else min(number, end) for number in range(len(piece)))
    aligned = []
    next_one = 0
    for letter in piece:
        aligned.append(letters[min(next_one, len(letters) - 1)])
        next_one += letter not in _BETWEEN
    return tuple(aligned)


_remembered = lru_cache(maxsize=_MEMORY)(_align)
_BETWEEN = frozenset(" #.-*~|/")


def plain(original: str) -> Plain:
    """The original in plain letters."""
    if original.isascii():
        return Plain(" " + original.translate(_CONTROLS), None)
    letters = set(original)
    foreign = letters - _ASCII
    spread = {letter for letter in foreign if len(_LETTERS[ord(letter)]) != 1}
    places = _places(original, spread) if spread else None
    if len(foreign) > _FEW or not letters.isdisjoint(_CONTROL_LETTERS):
        return Plain(" " + original.translate(_LETTERS), places)
    for letter in foreign:
        original = original.replace(letter, _LETTERS[ord(letter)])
    return Plain(" " + original, places)


def _places(original: str, spread: set[str]) -> list[int]:
    """Where each letter of the plain text stood, if these letters become none, or several."""
    places = [0]
    done = 0
    for place, letter in enumerate(original):
        if letter in spread:
            places += range(done, place)
            places += [place] * len(_LETTERS[ord(letter)])
            done = place + 1
    places += range(done, len(original))
    return places


_CONTROLS = {code: " " for code in range(32) if code != 10} | {127: " ", ord("_"): "-"}
_CONTROL_LETTERS = frozenset(map(chr, _CONTROLS))

# Letters of other scripts that are drawn like Latin ones, and Latin letters that compatibility normalization
# leaves alone. Pairs: what is written, what it passes for.
_ALIKE = dict(
    zip(
        "АВЕЅZІЈКМНОРСТУХҮԌԚԜавеѕіјкмнорстухүԁԛԝһӏѵьпгԍցոսհΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεηικνορτυχγωϲϳ",
        "ABESZIJKMHOPCTYXYGQWabesijkmhopctyxydqwhlvbnrggnuhABEZHIKMNOPTYXabenikvoptuxywcj",
        strict=True,
    )
)
_ALIKE |= dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_ALIKE |= dict(zip("øØłŁđĐıŧŦħĦƒɑɡɩɛɔʋƅɴǃ", "oOlLdDitThHfagieovbn!", strict=True))
_ALIKE |= {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "ð": "d"}
_ALIKE |= dict(zip("‘’‚‛′`´ʼ“”„‟″«»", "''''''''\"\"\"\"\"\"\"", strict=True))
_ALIKE |= dict.fromkeys("‐‑‒–—―−﹣", "-") | dict.fromkeys("•●▪◦‣·∙■□►▶✔✅☑➡→✓", ".")
_ALIKE |= dict.fromkeys("™®©℠¿¡°§¶†‡\u2800", " ") | {"…": ".", "⁄": "/", "∕": "/", "‼": "!", "⁉": "!"}
_ALIKE |= dict.fromkeys("\u115f\u1160\u3164\uffa0", "")
for _first in (0x1F150, 0x1F170, 0x1F1E6):
    _ALIKE |= {chr(_first + number): chr(65 + number) for number in range(26)}


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = made = _made_plain(chr(code))
        return made


_LETTERS = _Letters(_CONTROLS)


def _made_plain(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    if letter.isascii():
        return letter
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Mc", "Cf", "Cc", "Sk", "Cs") or "\U000e0000" <= letter <= "\U000e01ef":
        return ""
    if kind[0] == "Z":
        return "\n" if kind in ("Zl", "Zp") else " "
    spread = unicodedata.normalize("NFKD", letter)
    seen = "".join(_ALIKE.get(part, part) for part in spread if not unicodedata.combining(part))
    if seen.isascii() and seen.strip():
        return seen
    if kind in ("So", "Cn", "Co"):
        return PICTURE
    return FOREIGN if kind[0] == "L" else " "


_STYLED = re.compile("[Ⓐ-ⓩ\U0001d400-\U0001d7ff\U0001f130-\U0001f189ᴀ-ᴢＡ-Ｚａ-ｚ⒜-⒵]")


def is_styled(letter: str) -> bool:
    """Whether this is a fancy form of a plain letter or digit that screen readers spell out or skip."""
    return bool(_STYLED.match(letter))
