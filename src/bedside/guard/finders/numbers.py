"""Numbers that identify one person: social security, records, plans, accounts, licences, vehicles, devices.

Patterns here are bounded and run over the plain text without its web addresses; check digits and validity
rules decide where a shape alone would cry wolf. Telephone numbers and e-mail are in `contacts.py`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bedside.guard.finders import labelled, nouns
from bedside.guard.finders.answers import given_numbers
from bedside.guard.finders.owners import is_in_care, is_nobodys, is_spoken_to, is_told_of
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.signs import Signs
from bedside.guard.traits import CARD, MIXED_WORDS, PARENT, SOCIAL

_SSN = re.compile(r"(?<![\d\-./])(?!000|666|9\d\d)(\d{3})([ \-./])(?!00)\d{2}\2(?!0000)\d{4}(?![\d\-/])")
_SSN_SAID = re.compile(
    r"\b(?:s\.?s\.?n\.?|socials?|social security|seguro social|numero de seguro)\b(?:[^\n\d]{0,30}?)"
    r"((?!000|666|9\d\d)\d{3}[ \-.]{0,3}\d{2}[ \-.]{0,3}\d{4}\b|(?:[x*#]{3}[ \-.]?[x*#]{2}[ \-.]?)\d{4}\b"
    r"|(?:last|ending|ultimos|termina)[^\n\d]{0,24}\d{4}\b)",
    re.IGNORECASE,
)
_SSN_LAST = re.compile(
    r"\blast (?:four|4)(?: digits)?(?: (?:of|for) (?:(?:her|his|their|your|the|patient'?s?) )?(?:ssn|"
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
_LAST_FOUR = re.compile(
    r"\b(?:last (?:four|4)(?: digits)?(?: of (?:your|her|his) \w+)?[ ,:;]{1,3}(?:is |are )?\d{4}"
    r"|social(?! (?:media|work|service|distanc|hour|determinant|club|event|page|"
    r"gather))\b[^.!?\n]{0,40}[^\d.!?\n\-/$]\d{4}"
    r"|\d-?\d-?\d-?\d,? (?:\w+'?s? ){0,3}the social)\b(?![\-/]\d)",
    re.IGNORECASE,
)
# Numbers of this shape that a maker gives to things.
_SERIES = re.compile(r"\b(?:recall\w*|maker|serials?|s/n|sn|lots?|ndc|models?)\b", re.IGNORECASE)
_NHS = re.compile(r"\bnhs\b[^\n\d]{0,16}(\d{3}[ \-]?\d{3}[ \-]?\d{4})\b", re.IGNORECASE)
_NATIONAL = re.compile(
    r"\b(?:curp|nss|dni|cedula|passport|pasaporte|green card|alien (?:number|registration)|a-number|"
    r"matricula consular)\b"
    r"[^\n\d.!?]{0,18}([a-z]{0,4}-?\d[\da-z\-]{6,17})\b",
    re.IGNORECASE,
)

_MBI = re.compile(
    r"\b[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d"
    r"-?[ac-hj-km-np-rt-y]{2}\d{2}\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\d\-])\d(?:[ \-]?\d){12,15}(?![\d\-])")
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$")

_LICENCE = re.compile(
    r"\b(?:driver'?s? licen[cs]es?|licen[cs]e|dl|certificate|birth certificate|passport|licencia(?: de "
    r"conducir)?|certificado)"
    r"(?: (?:id|no|num|number|numero|#))?\b[ #:.]{0,4}(?:(?:is|was|es)[ #:]{1,3})?([a-z]{0,2}-?\d[\d\-"
    r"]{4,14})\b",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"\b(?:(?:license |licence |tag |car )?plates?|placas?|matricula|tag)(?: (?:number|no|num|numero|reads?"
    r"|is|#|reading|de))*[ #:.\"']{1,4}"
    r"((?=[a-z0-9\- ]{0,8}\d)(?=[a-z0-9\- ]{0,8}[a-z])[a-z0-9]{2,4}[ \-]?[a-z0-9]{2,4})\b",
    re.IGNORECASE,
)
_VIN = re.compile(
    r"\b(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=[A-HJ-NPR-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE
)
_VIN_SAID = re.compile(r"\bvin\b[^\n.!?]{0,12}$", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:\bserial|\bs/n|\bsn\b|\budi\b|\bdevice (?:id|number)|\bimplant (?:id|number)|\bnumero de serie|\b"
    r"serie\b)"
    r"(?: (?:number|no|num|id|#|is|on|of))*[ #:.]{0,4}((?=[a-z0-9\-]{0,25}\d{2})[a-z0-9][a-z0-9\-]{4,24})\b",
    re.IGNORECASE,
)


_SSN_CUES = listed(
    "ssn social socials seguro nhs curp nss dni cedula passport pasaporte green alien matricula number last s xxx "
    "xx"
)
_SAID, _LAST = frozenset(["ssn", "s", "ss", "social", "socials", "seguro"]), frozenset(("last", "social"))
_BRITISH = frozenset(("nhs",))
_ABROAD = listed("curp nss dni cedula passport pasaporte green alien number matricula")
SOCIAL_SIGNS = Signs(alone=_SSN_CUES, traits=frozenset((SOCIAL,)))
RECORD_SIGNS = Signs(
    alone=nouns.RECORD_CUES | labelled.PORTAL_CUES, traits=frozenset((CARD, MIXED_WORDS, PARENT))
)
LICENCE_SIGNS = Signs(alone=nouns.DEVICE_CUES, traits=frozenset((MIXED_WORDS,)))
# So many numbers in one field are reason enough; whoever adds more does not make judging slower.
_ENOUGH = 40


def ssn(case: Case, rule: Rule) -> Iterator[Hit]:
    """Social Security and other national numbers."""
    for reading, text in _with_digits(case):
        if SOCIAL not in reading.traits and reading.word_set.isdisjoint(_SSN_CUES):
            continue
        for found in islice(_SSN.finditer(text), _ENOUGH) if SOCIAL in reading.traits else ():
            if not reading.said.hold(_SERIES, found.start() - 60, found.end() + 60):
                yield _hit(reading, *found.span())
        for pattern in _national_forms(reading):
            for found in islice(pattern.finditer(text), _ENOUGH):
                yield _hit(reading, *found.span())
        for found in () if reading.holds_none_of(_LAST) else islice(_LAST_FOUR.finditer(text), _ENOUGH):
            if _is_meant(case, reading, found):
                yield _hit(reading, *found.span())
        for found in _NHS.finditer(text) if not reading.holds_none_of(_BRITISH) else ():
            if _nhs_is_valid(found[1]):
                yield _hit(reading, *found.span(1))


def _national_forms(reading: Reading) -> Iterator[re.Pattern[str]]:
    """The ways to write a national number of which the text has a word or a sign."""
    if not reading.holds_none_of(_SAID):
        yield from (_SSN_SAID, _SSN_LAST, _SSN_ENDING)
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


def records(case: Case, rule: Rule) -> Iterator[Hit]:
    """Record, plan, account, claim and card numbers, and names and passwords for a portal."""
    for reading, text in _with_digits(case):
        if not reading.word_set.isdisjoint(nouns.RECORD_CUES):
            for span in islice(
                labelled.numbers(reading, text, nouns.RECORDS, in_reply=case.is_reply), _ENOUGH
            ):
                yield _hit(reading, *span)
        if case.parent is not None and case.is_reply:
            for span in islice(given_numbers(reading, text, case.parent), _ENOUGH):
                yield _hit(reading, *span)
        if not reading.word_set.isdisjoint(labelled.PORTAL_CUES):
            for span in islice(labelled.portal_names(reading, text, in_reply=case.is_reply), _ENOUGH):
                yield _hit(reading, *span)
        for found in _MBI.finditer(text) if MIXED_WORDS in reading.traits else ():
            yield _hit(reading, *found.span())
        for found in _CARD.finditer(text) if CARD in reading.traits else ():
            digits = re.sub(r"\D", "", found[0])
            if _luhn(digits) and digits[0] in "23456" and len(set(digits)) > 2:
                yield _hit(reading, *found.span())


def licences(case: Case, rule: Rule) -> Iterator[Hit]:
    """Licence, plate, vehicle and device numbers."""
    for reading, text in _with_digits(case):
        if not reading.word_set.isdisjoint(nouns.DEVICE_CUES):
            yield from _owned_things(case, reading, text)
        if MIXED_WORDS not in reading.traits or not any(len(word) == 17 for word in reading.word_set):
            continue
        for found in _VIN.finditer(text):
            if _VIN_SAID.search(text[: found.start()][-20:]) or _vin_is_valid(found[0].upper()):
                yield _hit(reading, *found.span())


_PAPERS = listed("license licenses licence licences dl certificate passport licencia certificado")
_PLATES = frozenset(["plate", "plates", "placa", "placas", "matricula", "tag"])
_SERIALS = listed("serial serials serialno serialnumber s sn udi device implant serie")


def _owned_things(case: Case, reading: Reading, text: str) -> Iterator[Hit]:
    for words, pattern in ((_PAPERS, _LICENCE), (_PLATES, _PLATE), (_SERIALS, _DEVICE)):
        if MIXED_WORDS not in reading.traits and reading.holds_none_of(words):
            continue
        for found in pattern.finditer(text):
            if not _YEARS.match(found[1]) and not is_nobodys(reading, *found.span()):
                yield _hit(reading, *found.span())
    for span in islice(labelled.numbers(reading, text, nouns.DEVICES, in_reply=case.is_reply), _ENOUGH):
        yield _hit(reading, *span)


def has_identifier(reading: Reading) -> bool:
    """Whether any of these numbers stands in this one field."""
    if not reading.has_digits:
        return False
    text = reading.plain.text
    shapes = (_SSN, _SSN_SAID, _MBI, _LICENCE, _PLATE, _DEVICE)
    if any(shape.search(text) for shape in shapes):
        return True
    return next(labelled.numbers(reading, text, nouns.RECORDS, in_reply=True), None) is not None


def _with_digits(case: Case) -> Iterator[tuple[Reading, str]]:
    for reading in case.readings:
        if reading.has_digits:
            yield reading, reading.said.text


def _hit(reading: Reading, start: int, end: int) -> Hit:
    return Hit(reading.field, *reading.span(start, end))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _nhs_is_valid(number: str) -> bool:
    """The NHS number's check digit, modulus 11."""
    digits = [int(digit) for digit in number if digit.isdigit()]
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


_VIN_VALUES = dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _vin_is_valid(vin: str) -> bool:
    """The vehicle number's ninth character checks the others (49 CFR 565.15)."""
    total = sum(
        (int(letter) if letter.isdigit() else _VIN_VALUES[letter]) * weight
        for letter, weight in zip(vin, _VIN_WEIGHTS, strict=True)
    )
    return "0123456789X"[total % 11] == vin[8]
