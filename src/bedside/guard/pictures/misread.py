"""Mend what OCR takes for each other: an O that is a zero, a 1 that is an I, signs of East Asian type.

Only where the rest of the word decides it: `0KAFOR` and `HENDR1CKS` are words, `MRN O0482913` is a number. What stays
doubtful stays as it was read.
"""

import re
import unicodedata

_LETTERS = {"0": "O", "1": "I", "5": "S", "8": "B"}
_DIGITS = str.maketrans("OoQIl|", "000111")
_INNER_DIGIT = re.compile(r"(?<=[A-Za-z])[0158](?=[A-Za-z])")
_LEADING_ZERO = re.compile(r"\b0(?=[A-Za-z]{3})")
_NUMBER = re.compile(r"\b(?=(?:[OoQIl|]*\d){3})[\dOoQIl|]{5,}\b")
_WORD = re.compile(r"[A-Za-z0-9'’]+")
_FEW = 3  # one digit in so many letters is a misread letter


def mended(text: str) -> str:
    """The text with its plain misreadings mended."""
    plain = unicodedata.normalize("NFKC", text).replace("，", ",")
    return _WORD.sub(_mended_word, _NUMBER.sub(lambda found: found[0].translate(_DIGITS), plain))


def _mended_word(found: re.Match[str]) -> str:
    word = found[0]
    digits = sum(letter.isdigit() for letter in word)
    if not digits or len(word) - digits < (2 if word.isupper() else _FEW) * digits:
        return word
    is_small = any(letter.islower() for letter in word[1:])
    word = _LEADING_ZERO.sub("O", word)
    return _INNER_DIGIT.sub(lambda digit: _as_letter(digit[0], is_small), word)


def _as_letter(digit: str, is_small: bool) -> str:
    letter = _LETTERS[digit]
    if is_small:
        return "l" if letter == "I" else letter.lower()
    return letter
