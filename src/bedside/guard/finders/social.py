"""Social Security and other national numbers, whole or their last digits.

Shapes are bounded; validity rules decide where a shape alone would cry wolf. Other numbers of one person are in
`numbers.py`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bedside.guard.finders.fields import ENOUGH, hit, with_digits
from bedside.guard.finders.owners import is_in_care, is_nobodys, is_spoken_to, is_told_of
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.signs import Signs
from bedside.guard.traits import SOCIAL

_SSN = re.compile(r"(?<![\d\-./])(?!000|666|9\d\d)(\d{3})([ \-./])(?!00)\d{2}\2(?!0000)\d{4}(?![\d\-/])")
_SSN_SAID = Shape(
    r"\b(?:s\.?s\.?n\.?|s\.?s\.? ?(?=#|no\b)|itin|socials?(?! (?:media|work|serv|hour|event|club|page|distanc|gather))|"
    r"social security|soc\.? sec(?:urity)?|seguro social|"
    r"numero de seguro|"
    r"seguro (?:de|es))\b(?:[^\n\d]{0,30}?)"
    r"((?!000|666)\d{3}[ \-.]{0,3}\d{2}[ \-.]{0,3}\d{4}\b|(?:[x*#]{3}[ \-.]?[x*#]{2}[ \-.]?)\d{4}\b"
    r"|(?:last|ending|ultimos|termina)[^\n\d]{0,24}\d{4}\b"
    r"|[^.!?\n\d]{0,20}\b(?:starts?|starting|begins?|beginning|empieza) (?:with|in|con) \d{3}\b)",
    re.IGNORECASE,
)
_SSN_BEFORE = Shape(
    r"\b(?<!ein )(?!000|666|9\d\d)\d{3}[ \-.]?(?!00)\d{2}[ \-.]?(?!0000)\d{4},? (?:[a-z]+(?:'s)? ){0,5}?(?:ssn|social)"
    r"\b(?= (?:security|sec|numbers?|box|on|in|is|was|of|the|she|he|they|file)\b|[ #]*[,.;:!?)]|[ #]*$)",
    re.IGNORECASE,
)
_SSN_LAST = re.compile(
    r"\blast ?(?:four|4)(?: digits)?(?: (?:of|for) (?:(?:her|his|their|your|the|patient'?s?) )?(?:ssn|"
    r"social)[^\n\d]{0,24}\d{4}\b)",
    re.IGNORECASE,
)
_SSN_ENDING = re.compile(
    r"\b(?:ssn|social)\b[^\n.!?]{0,30}\b(?:ending|ends|last (?:four|4))\b[^\n\d]{0,12}\d{4}\b", re.IGNORECASE
)
_SSN_HIDDEN = re.compile(
    r"(?<![\w\-])(?:[x*#]{1,3}-[x*#]{2}-\d{4}|\d{3}-\d{2}-\d{2}[x*#]{2})(?![\w\-])", re.IGNORECASE
)
# Four digits that are said to be the last ones, or what is left of "the social", where somebody is meant.
_LAST_FOUR = Shape(
    r"\b(?:last ?(?:four|4)(?: digits)?(?: of (?:your|her|his) \w+)?[ ,:;]{1,3}(?:is |are )?\d{4}"
    r"|(?:last|final) ?(?:four|4|for)(?: digits)?(?: (?:on|of|in|that|you|we|he|she|like|as|are|is|only|for)\b|,)"
    r"[^.!?\n\d$]{0,40}[ (]\d{4}"
    r"|(?:ultimos|ultimas) (?:cuatro|4)\b(?! (?:anos|meses|semanas|dias|horas|juegos|partidos|decadas|veces))"
    r"[^.!?\n\d$]{0,40} \d{4}"
    r"|social(?! (?:media|work|service|distanc|hour|determinant|club|event|page|"
    r"gather))\b[^.!?\n]{0,40}[^\d.!?\n\-/$]\d{4}"
    r"|\d-?\d-?\d-?\d,? (?:\w+'?s? ){0,3}the social)\b(?![\-/]\d)",
    re.IGNORECASE,
)
# Numbers of this shape that a maker gives to things.
_SERIES = Shape(
    r"\b(?:recall(?:s|ed)?(?! (?:her|his|their|the|my) )|maker|serials?|s/n|sn|lots?|ndc|models?)\b",
    re.IGNORECASE,
)

_NHS = re.compile(r"\bnhs\b[^\n\d]{0,16}(\d{3}[ \-]?\d{3}[ \-]?\d{4})\b", re.IGNORECASE)
_NATIONAL = Shape(
    r"\b(?:curp|nss|dni|nie|nif|cui|rut|cpf|dpi|pesel|cedula|ine|(?:clave|credencial) de elector|cartilla|"
    r"numero de seguridad social|passport|pasaporte|green card|alien (?:number|registration)|a-number|"
    r"matricula consular|phn|ohip|ramq|health card|carte soleil|tarjeta sanitaria|national insurance|aadhaar|"
    r"philhealth)\b"
    r"[^\n\d.!?]{0,24}(?!\d{3}-\d{4}\b)([a-z]{0,18}-?\d[\da-z\-]{6,17}|\d{1,3}(?:\.\d{3}){2,3}(?:-[\dk])?|"
    r"(?:[a-z]{1,4} )?\d{2,5}(?: \d{2,10}){1,4}(?: ?-?[\da-z])?)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$")
_SSN_CUES = listed(
    "ssn ss itin soc last4 social socials seguro nhs curp nss dni nie cui cedula passport pasaporte green alien "
    "matricula number last final "
    "ultimos ultimas s xxx xx nif rut cpf dpi pesel ine elector cartilla phn ohip ramq card soleil "
    "sanitaria national aadhaar philhealth"
)
_SAID, _LAST = (
    listed("ssn itin s ss soc social socials seguro"),
    listed("last final last4 social ultimos ultimas"),
)
_BRITISH = frozenset(("nhs",))
_ABROAD = listed(
    "curp nss dni nie cui cedula passport pasaporte green alien number matricula nif rut cpf dpi pesel ine elector "
    "cartilla seguridad phn ohip ramq card soleil sanitaria national aadhaar philhealth"
)
SOCIAL_SIGNS = Signs(alone=_SSN_CUES, traits=frozenset((SOCIAL,)))


def ssn(case: Case, rule: Rule) -> Iterator[Hit]:
    """Social Security and other national numbers."""
    for reading, text in with_digits(case):
        if SOCIAL not in reading.traits and reading.word_set.isdisjoint(_SSN_CUES):
            continue
        for found in islice(_SSN.finditer(text), ENOUGH) if SOCIAL in reading.traits else ():
            if not reading.said.hold(_SERIES, found.start() - 60, found.end() + 60):
                yield hit(reading, *found.span())
        for pattern in _national_forms(reading):
            for found in islice(pattern.finditer(text), ENOUGH):
                yield hit(reading, *found.span())
        for found in () if reading.holds_none_of(_LAST) else islice(_LAST_FOUR.finditer(text), ENOUGH):
            if _is_meant(case, reading, found):
                yield hit(reading, *found.span())
        for found in _NHS.finditer(text) if not reading.holds_none_of(_BRITISH) else ():
            if _nhs_is_valid(found[1]):
                yield hit(reading, *found.span(1))


def _national_forms(reading: Reading) -> Iterator[re.Pattern[str] | Shape]:
    """The ways to write a national number of which the text has a word or a sign."""
    if not reading.holds_none_of(_SAID):
        yield from (_SSN_SAID, _SSN_BEFORE, _SSN_LAST, _SSN_ENDING)
    if SOCIAL in reading.traits:
        yield _SSN_HIDDEN
    if not reading.holds_none_of(_ABROAD):
        yield _NATIONAL


def _is_meant(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    if _YEARS.match(found[0][-4:]) or is_nobodys(reading, *found.span()):
        return False
    first, last = reading.sentence(*found.span())
    first, last = max(first, found.start() - 160), min(last, found.end() + 160)
    is_personal = is_told_of(reading, first, last) or is_spoken_to(reading, first, last)
    return is_personal or is_in_care(reading, *found.span()) or case.is_reply


def has_number(text: str) -> bool:
    """Whether a number of this shape, or one that is called so, stands in a text."""
    return bool(_SSN.search(text) or _SSN_SAID.search(text))


def _nhs_is_valid(number: str) -> bool:
    """The NHS number's check digit, modulus 11."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]
