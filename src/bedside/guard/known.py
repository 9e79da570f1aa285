"""What the lists say about a word, looked up once: nearly every word of a text was seen in a text before.

A text's words are looked up in one pass, and what is asked of each of them later is an attribute.
"""

from dataclasses import dataclass

from bedside.guard.lexicon import lexicon

# What a word may need done; the traits of a text are those of its words together.
DIGITS = 1  # a digit stands in it
LONE_DIGIT = 2  # it is one digit
MIXED = 4  # digits and letters stand in it
LONE_LETTER = 8  # it is one letter
MAY_BEGIN_NAME = 16
LISTED = 32  # it stands in a list, or begins a term that does
_MEMORY, _LONGEST = 100_000, 60  # words that are kept, letters of one that is


@dataclass(frozen=True, slots=True)
class Known:
    """A word as it was written, and what is known of it.

    `bare` is the word in small letters without `'s`. `is_given`, `is_family` and `is_word` say in which lists it
    stands. `mark` is that of its own list (0 for none), `terms` those of longer terms that begin with it, by the word
    that follows.
    """

    lower: str
    bare: str
    is_capital: bool
    is_given: bool
    is_family: bool
    is_word: bool
    mark: int
    terms: dict[str, list[tuple[tuple[str, ...], int]]]
    traits: int


class _Known(dict[str, Known]):
    """Every word that was asked for, up to a bound."""

    def __missing__(self, written: str) -> Known:
        known = _looked_up(written)
        if len(written) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[written] = known
        return known


KNOWN = _Known()


def _looked_up(written: str) -> Known:
    words = lexicon()
    lower = written.lower()
    bare = lower.removesuffix("'s")
    mark = words.single.get(lower) or words.single.get(bare) or 0
    terms = _by_second_word(words.longer[lower]) if lower in words.longer else _NO_TERMS
    traits = _shape(lower) | (LISTED if mark or terms else 0)
    if _may_begin_name(written, lower, bare):
        traits |= MAY_BEGIN_NAME
    return Known(
        lower=lower,
        bare=bare,
        is_capital=written[0].isupper(),
        is_given=bare in words.first_names,
        is_family=bare in words.last_names,
        is_word=bare in words.vocabulary,
        mark=mark,
        terms=terms,
        traits=traits,
    )


_NO_TERMS: dict[str, list[tuple[tuple[str, ...], int]]] = {}


def _by_second_word(
    terms: tuple[tuple[tuple[str, ...], int], ...],
) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Terms that begin with one word, the longest first, by the word behind it: "mental" begins dozens of them."""
    by_second: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for rest, mark in terms:
        by_second.setdefault(rest[0], []).append((rest, mark))
    return by_second


def _shape(lower: str) -> int:
    is_lone = len(lower) == 1
    if not any(map(lower.__contains__, "0123456789")):
        return LONE_LETTER if is_lone else 0
    return DIGITS | (LONE_DIGIT if is_lone else 0) | (0 if lower.isdigit() else MIXED)


def _may_begin_name(written: str, lower: str, bare: str) -> bool:
    """A word of the name lists, a title, or an unknown word with a capital."""
    words = lexicon()
    names = (words.first_names, words.last_names, words.honorifics)
    if any(lower in each for each in names):
        return True
    return lower not in words.vocabulary and (written[0].isupper() or any(bare in each for each in names))
