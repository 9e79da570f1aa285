"""How hard a text is to read, as a school grade, in English and in Spanish.

English: Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: the Fernandez Huerta ease score (1959), turned
into a grade by the same bands. Both need sentences and syllables only; words of two texts never leave the
process.
"""

import re

from bedside.guard.lexicon import listed

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?…\n]+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[aeiouy][^aeiouyl]+e$")
_SPANISH_VOWELS = re.compile(r"[aeoáéó]|[iuíúü](?![aeoáéó])|[íú]")
_SPANISH_SIGNS = listed(
    "el la los las de del que y en un una para por con su sus es son como mas pero no se al lo si está más "
    "también"
)
_SPANISH_LETTERS = re.compile("[ñ¿¡áéíóú]")
_SPANISH = 0.18  # signs a word
_LEAST_WORDS = 8
_LINE = "\n"
_MEMORY, _LONGEST, _SHORT_NUMBER = 50_000, 40, 3  # pieces that are kept, letters of one that is


# What stands between two spaces: `w` for each word and `.` for each end of a sentence; the syllables of its words in
# English and in Spanish; and how much it looks Spanish.
_Piece = tuple[str, int, int, int]
_NOTHING: _Piece = ("", 0, 0, 0)


class _Pieces(dict[str, _Piece]):
    """Pieces that were looked at, kept up to a bound: nearly all come again, and counting syllables takes long."""

    def __missing__(self, written: str) -> _Piece:
        if written.isdecimal() and len(written) > _SHORT_NUMBER:  # always another one: not worth keeping
            return _NOTHING
        piece = _looked_at(written)
        if len(written) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[written] = piece
        return piece


def _looked_at(written: str) -> _Piece:
    if "@" in written or "://" in written or written[0] == "#":
        return _NOTHING
    words = [word.lower() for word in _WORD.findall(written)]
    ends = (_WORD.sub("w", part) for part in _SENTENCE_END.split(written))
    return (
        ".".join("w" * part.count("w") for part in ends),
        sum(len(_ENGLISH_VOWELS.findall(word)) - bool(_SILENT_E.search(word)) for word in words),
        sum(max(1, len(_SPANISH_VOWELS.findall(word))) for word in words),
        sum(word in _SPANISH_SIGNS for word in words) + 2 * len(_SPANISH_LETTERS.findall(written)),
    )


_PIECES = _Pieces({_LINE: (".", 0, 0, 0)})


def _pieces(text: str) -> list[_Piece]:
    """The text without web and e-mail addresses, handles and hashtags."""
    lines = text.splitlines()
    if len(lines) < 2:
        return list(map(_PIECES.__getitem__, text.split()))
    return [_PIECES[written] for line in lines for written in (*line.split(), _LINE)]


def difficulty(text: str) -> tuple[float, int] | None:
    """The school grade needed to read the text with ease, and the words of its longest sentence; None for texts of
    fewer than eight words."""
    pieces = _pieces(text)
    if not pieces:
        return None
    shapes, english, spanish, signs = zip(*pieces, strict=True)
    sentences = list(filter(None, map(len, "".join(shapes).split("."))))
    words = sum(sentences)
    if words < _LEAST_WORDS:
        return None
    per_sentence = words / len(sentences)
    if sum(signs) / words > _SPANISH:
        return _spanish_grade(sum(spanish) / words, per_sentence), max(sentences)
    return _english_grade(sum(english) / words, per_sentence), max(sentences)


def _english_grade(syllables: float, per_sentence: float) -> float:
    return max(0.0, round(0.39 * per_sentence + 11.8 * max(syllables, 1.0) - 15.59, 1))


def _spanish_grade(syllables: float, per_sentence: float) -> float:
    ease = 206.84 - 60 * syllables - 1.02 * per_sentence
    return max(0.0, round((100 - ease) / 6.5 + 2, 1))
