"""How alike are two texts? Decides the warning that something was said on a channel a short while ago."""

import re
import unicodedata
from functools import lru_cache

ALIKE = 0.7  # of all runs of three words, the share that both texts have
_LINK = re.compile(r"https?://\S+")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents of form, links, emoji and punctuation."""
    plain = unicodedata.normalize("NFKC", _LINK.sub(" ", text)).casefold()
    return tuple(_WORD.findall(plain))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """From 0 (nothing in common) to 1 (the same words in the same order)."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    shorter, longer = sorted((len(one), len(other)))
    if shorter < 3 or shorter / longer < ALIKE / 2:  # too short to compare, or too different in length
        return 0.0
    a, b = _runs(one), _runs(other)
    return len(a & b) / len(a | b)


@lru_cache(maxsize=4096)
def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(words, words[1:], words[2:], strict=False))
