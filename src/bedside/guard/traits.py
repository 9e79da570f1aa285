"""What stands in a text, or around it, that is no word: digits and kinds of numbers, addresses, quotes, pictures.

With words, these are the signs by which rules are called (`gate.py`). Each is a cheap question whose "no" is certain:
no finder has to look for a telephone number where no run of digits is long enough to be one.
"""

import re
from collections.abc import Iterator

from bedside.guard.known import DIGITS as HAS_DIGITS
from bedside.guard.known import MIXED
from bedside.guard.material import Material
from bedside.guard.normalize import PICTURE
from bedside.guard.tokens import Tokens

# Of the material.
MEDIA, PARENT, SOURCES = "media", "parent", "sources"
# Of a text.
DIGITS, ADDRESSES, FOREIGN_LETTERS, MIXED_WORDS = "digits", "addresses", "foreign letters", "mixed words"
HASH, DOT, AT, PERCENT, QUOTE, EMOJI = "#", ".", "@", "%", '"', PICTURE
# Of its numbers. The names and their words stay below each other, as in the table after them.
DATE, PHONE, LOCAL_PHONE, NETWORK_ADDRESS, FIVE_DIGITS, SOCIAL, CARD, CODED = (
    "date", "phone", "local phone", "network address", "five digits", "social", "card", "coded",
)  # fmt: skip
# In about how many of a thousand texts each stands; in the groups above, which one a line would lose.
OFTEN = {
    MEDIA: 200, PARENT: 200, SOURCES: 20,
    DIGITS: 500, ADDRESSES: 200, FOREIGN_LETTERS: 250, MIXED_WORDS: 120,
    HASH: 200, DOT: 900, AT: 30, PERCENT: 40, QUOTE: 50, EMOJI: 150,
    DATE: 30, PHONE: 60, LOCAL_PHONE: 20, NETWORK_ADDRESS: 20, FIVE_DIGITS: 80, SOCIAL: 10, CARD: 10,
    CODED: 60,
}  # fmt: skip


def traits_of_material(material: Material) -> tuple[str, ...]:
    """What every text of a material shares."""
    there = ((MEDIA, material.media), (PARENT, material.parent), (SOURCES, material.sources))
    return tuple(name for name, each in there if each)


def traits_of(original: str, tokens: Tokens, said: str) -> frozenset[str]:
    """What stands in one text; `tokens` are its words when it is plain, `said` is what of it is no address."""
    text = tokens.text
    found = {DOT} if DOT in original else set()
    if HASH in original:
        found.add(HASH)
    if AT in text:
        found.add(AT)
    if PERCENT in text:
        found.add(PERCENT)
    if QUOTE in text:
        found.add(QUOTE)
    if tokens.addresses:
        found.add(ADDRESSES)
    if not original.isascii():
        found.update((FOREIGN_LETTERS, EMOJI) if EMOJI in text else (FOREIGN_LETTERS,))
    if tokens.traits & HAS_DIGITS:
        found.add(DIGITS)
        found.update(_of_numbers(text))
        if tokens.traits & MIXED and (said is text or _MIXED_WORD.search(said)):
            found.add(MIXED_WORDS)
    return frozenset(found)


def _of_numbers(text: str) -> Iterator[str]:
    if "+" in text:
        yield PHONE
    if text.count(":") > 1:
        yield NETWORK_ADDRESS
    if any(map(text.__contains__, _HIDDEN)):
        yield SOCIAL
    if _DASHED.search(text):
        yield CODED
    for run in set(_RUN.findall(text)):
        yield from _KINDS[run.translate(_ANY_DIGIT)]


# In plain letters, digits are these ten: `\d` would ask of each letter whether it is one in any script. And a pattern
# that begins with a digit passes over a text's letters quickly.
_MIXED_WORD = re.compile(r"[0-9](?:[A-Za-z]|(?<=[A-Za-z][0-9]))")
_DASHED = re.compile(r"-[0-9]{3}")  # HT-3308
_HIDDEN = ("x-", "X-", "*-", "#-")
_RUN = re.compile(r"[0-9][0-9 \-./:,()+*#xX]*")
_ANY_DIGIT = str.maketrans("0123456789", "9999999999")
_SHAPES = {
    DATE: re.compile(r"9[/\-.]99?[/\-.]99"),
    PHONE: re.compile(r"99(?:[) .\-/]{0,3}|, )9{3}(?:[ .\-/]{0,3}|, )99[ .]?99|99 9999 9999"),
    LOCAL_PHONE: re.compile(r"(?<!9)999[\-.]?9999(?!9)"),
    NETWORK_ADDRESS: re.compile(r"9\.9{1,3}\.9"),
    FIVE_DIGITS: re.compile(r"9[ \-]?9[ \-]?9[ \-]?9[ \-]?9"),
    CARD: re.compile(r"9(?:[ \-]?9){12}"),
    SOCIAL: re.compile(r"9{3}[ \-./]99[ \-./]9{4}|99-99[xX*#]"),
    CODED: re.compile(r"9-99|99-$"),  # 26-0118, 8830-K
}
_MEMORY, _LONGEST = 20_000, 40  # shapes that are kept, characters of one that is


class _Kinds(dict[str, tuple[str, ...]]):
    """From the shape of a run of digits to what it may be; most runs of all texts share a few shapes."""

    def __missing__(self, shape: str) -> tuple[str, ...]:
        kinds = tuple(kind for kind, looks in _SHAPES.items() if looks.search(shape))
        if len(shape) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[shape] = kinds
        return kinds


_KINDS = _Kinds()
