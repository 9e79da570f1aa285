"""How disguised digits are made whole: spelled out, spaced apart, or written with letters like them.

`three oh two, five five five`, `4 1 2 - 5 5`, `3O2-555-O148`. What counts is left alone: three digits in a row at
least must be spelled, five must be spaced, and letters pass for digits only inside long groups of digits. What numbers
are called is made whole, too: `M R N`.
"""

import re
from collections.abc import Iterator

import re2

from bedside.guard.known import DIGITS, LONE_DIGIT, LONE_LETTER, MIXED
from bedside.guard.normalize import Plain
from bedside.guard.tokens import Tokens

# As a table, because one word a line would hide which spellings belong together.
_VALUES = {
    "zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9",
    "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4",
    "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
    "zer0": "0", "tw0": "2", "f0ur": "4", "f1ve": "5", "s1x": "6", "n1ne": "9", "e1ght": "8", "thr33": "3",
    "thre3": "3",
    "0ne": "1", "on3": "1", "s3ven": "7", "sev3n": "7", "fiv3": "5", "nin3": "9",
}  # fmt: skip
_NAMES = "|".join(sorted(_VALUES, key=len, reverse=True))
SPELLING = frozenset((*_VALUES, "double", "triple"))
_ONE = rf"(?:{_NAMES}|(?:double|triple) (?:{_NAMES}|\d)|\d)"
_DASH = r"(?:dash|hyphen|dot|point|guion|punto)"
_PAUSE = rf"(?:[ ,.\-()]{{1,3}}|[ ,.\-]{{1,2}}{_DASH}[ ,.\-]{{1,2}})"
MAY_BE_SPELLED = re2.compile(
    rf"(?i)\b(?:{_NAMES}|double \w+|triple \w+){_PAUSE}(?:{_NAMES}|double|triple|"
    rf"\d){_PAUSE}(?:{_NAMES}|double|triple|\d)\b"
    rf"|\d-(?:zero|oh|one)-\d"
)
_SPELLED = re.compile(rf"(?i)\b{_ONE}(?:{_PAUSE}{_ONE}\b){{2,20}}")
_WORD = re.compile(rf"(?i)(double|triple) ({_NAMES}|\d)|{_NAMES}|\d|(?P<dash>\b{_DASH}\b)")
# Letters of a label, apart: `M R N 0 0 4 8`, `s/s/n`. With points alone the finders know them.
_LABEL = re.compile(
    r"(?i)(?<![a-z.'])(?:m[ ./\-]{1,2}r|s[ ./\-]{1,2}s|d[ ./\-]{1,2}o|v[ ./\-]{1,2}i)[ ./\-]{1,2}[nb]\b"
    r"(?=[^\na-z]{0,6}(?:\d|[a-z]{1,10} ?[#:]? ?\d))"
)
_LABELS = frozenset(("mrn", "ssn", "dob", "vin"))
SPACED_DIGITS = re.compile(r"(?<![\d.,/:])\d(?:[ \-./]{1,3}\d(?![\d:]|[.,]\d\d)){4,20}(?!\d)")
GROUPED = re.compile(r"(?<![A-Za-z0-9])(?:[0-9OoIlSB]{1,8}[ .\-]{1,3}){1,5}[0-9OoIlSB]{1,8}(?![A-Za-z0-9])")
LETTERS_FOR_DIGITS = re.compile(r"\d[OoIlSB]|[OoIlSB]\d")
_LETTERS = str.maketrans("OoIlSB", "001158")
_IS_LABELLED = re.compile(r"[SB]\d\d-\d{3,6}$")  # a laboratory's number: S25-11820
_LEAST = 7
_FEWEST_SPACED = 3  # of the digits stand alone: the first and the last may touch a letter
_LETTERS_OF_A_LABEL = 3


def with_whole_digits(plain: Plain, tokens: Tokens) -> Plain:
    """The text with disguised digits written as digits, each keeping its place. `tokens` are its words."""
    if _may_be_spelled(plain.text, tokens):
        edits = [(m.start(), m.end(), _said(m[0])) for m in _SPELLED.finditer(plain.text) if _counts(m[0])]
        plain = _edited(plain, edits)
    if len(tokens.with_trait(LONE_LETTER)) >= _LETTERS_OF_A_LABEL:
        plain = _edited(plain, list(_labels(plain.text)))
    if not tokens.traits & DIGITS:
        return plain
    # Spelled digits have become digits meanwhile: then what the words were tells nothing any more.
    if plain.text is not tokens.text or len(tokens.with_trait(LONE_DIGIT)) >= _FEWEST_SPACED:
        edits = [(m.start(), m.end(), _only_digits(m[0])) for m in SPACED_DIGITS.finditer(plain.text)]
        plain = _edited(plain, edits)
    if tokens.traits & MIXED and LETTERS_FOR_DIGITS.search(plain.text):
        plain = _edited(plain, list(_regrouped(plain.text)))
    return plain


def _may_be_spelled(text: str, tokens: Tokens) -> bool:
    if SPELLING.isdisjoint(tokens.words) and not ("'" in text and tokens.traits & LONE_DIGIT):
        return False
    return bool(MAY_BE_SPELLED.search(text.encode("ascii")))


def _edited(plain: Plain, edits: list[tuple[int, int, str]]) -> Plain:
    return plain.edited(edits) if edits else plain


def _counts(spelled: str) -> bool:
    """Whether digits are dictated, and nothing is counted off: `six, seven, eight` has only commas."""
    return " " in re.sub(r",\s", "", spelled) or not {"-", ".", "("}.isdisjoint(spelled)


def _said(spelled: str) -> str:
    return "".join(map(_of_word, _WORD.finditer(spelled)))


def _of_word(found: re.Match[str]) -> str:
    if found["dash"]:
        return "-"
    return {"double": 2, "triple": 3}[found[1].lower()] * _value(found[2]) if found[1] else _value(found[0])


def _value(word: str) -> str:
    return _VALUES.get(word.lower(), word)


def _only_digits(spaced: str) -> str:
    """The digits; what stands between groups of them stays: `5 4 1 - 0 2 - 6 6 1 8` is `541-02-6618`."""
    between = [gap.strip() for gap in re.split(r"\d", spaced)[1:-1]]
    marks = len(list(filter(None, between)))
    if marks in (0, len(between)):
        return re.sub(r"\D", "", spaced)
    is_apart_by_marks = marks > len(between) / 2
    kept = (" " * (not gap) if is_apart_by_marks else gap for gap in between)
    return "".join(map("".join, zip(re.findall(r"\d", spaced), (*kept, ""), strict=True)))


def _labels(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _LABEL.finditer(text):
        label = re.sub(r"[^A-Za-z]", "", found[0])
        if label.lower() in _LABELS:
            yield found.start(), found.end(), label


def _regrouped(text: str) -> Iterator[tuple[int, int, str]]:
    for found in GROUPED.finditer(text):
        digits = sum(map(str.isdigit, found[0]))
        letters = sum(map(str.isalpha, found[0]))
        if _IS_LABELLED.match(found[0]):
            continue
        if letters and digits >= 4 and digits + letters >= _LEAST and digits >= letters:
            yield found.start(), found.end(), found[0].translate(_LETTERS)
