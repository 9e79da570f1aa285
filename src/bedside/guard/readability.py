"""How hard a text is to read, as a school grade, in English and in Spanish.

English: Flesch-Kincaid grade (Kincaid et al. 1975). Spanish: the Fernandez Huerta ease score (1959), turned
into a grade by the same bands. Both need sentences and syllables only; words of two texts never leave the
process.
"""

import re

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?…\n]+")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"[aeiouy][^aeiouyl ]+e(?= |$)")
_SPANISH_VOWELS = re.compile(r"[aeoáéó]|[iuíúü](?![aeoáéó])|[íú]")
_SPANISH_SIGNS = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "de",
        "del",
        "que",
        "y",
        "en",
        "un",
        "una",
        "para",
        "por",
        "con",
        "su",
        "sus",
        "es",
        "son",
        "como",
        "mas",
        "pero",
        "no",
        "se",
        "al",
        "lo",
        "si",
        "está",
        "más",
        "también",
    ]
)
_SPANISH_LETTERS = re.compile("[ñ¿¡áéíóú]")
_LEAST_WORDS = 8


def is_spanish(text: str) -> bool:
    """Whether a text looks Spanish: its small words, or letters that English has not."""
    return _looks_spanish(text, [word.lower() for word in _WORD.findall(text)])


def _looks_spanish(text: str, words: list[str]) -> bool:
    if not words:
        return False
    signs = sum(word in _SPANISH_SIGNS for word in words) + 2 * len(_SPANISH_LETTERS.findall(text))
    return signs / len(words) > 0.18


def grade(text: str) -> float | None:
    """The school grade needed to read the text with ease; None for texts of fewer than eight words."""
    prose = _without_addresses(text)
    words = [word.lower() for word in _WORD.findall(prose)]
    if len(words) < _LEAST_WORDS:
        return None
    sentences = max(1, sum(1 for part in _SENTENCE_END.split(prose) if _WORD.search(part)))
    per_sentence = len(words) / sentences
    if _looks_spanish(prose, words):
        syllables = sum(max(1, len(_SPANISH_VOWELS.findall(word))) for word in words) / len(words)
        ease = 206.84 - 60 * syllables - 1.02 * per_sentence
        return max(0.0, round((100 - ease) / 6.5 + 2, 1))
    joined = " ".join(words)
    groups = len(_ENGLISH_VOWELS.findall(joined)) - len(_SILENT_E.findall(joined))
    return max(0.0, round(0.39 * per_sentence + 11.8 * max(groups / len(words), 1.0) - 15.59, 1))


def longest_sentence(text: str) -> int:
    """The number of words of the longest sentence."""
    return max(
        (len(_WORD.findall(part)) for part in _SENTENCE_END.split(_without_addresses(text))), default=0
    )


def _without_addresses(text: str) -> str:
    """The text without web and e-mail addresses, handles and hashtags, line by line."""
    return "\n".join(
        " ".join(word for word in line.split() if "@" not in word and "://" not in word and word[0] != "#")
        for line in text.splitlines()
    )
