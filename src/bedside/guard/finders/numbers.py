"""Numbers that identify one person: records, plans, accounts, licences, vehicles, devices.

Patterns here are bounded and run over the plain text without its web addresses; check digits and validity
rules decide where a shape alone would cry wolf. Social security numbers are in `social.py`, telephone numbers and
e-mail in `contacts.py`.
"""

import re
from collections.abc import Iterator
from itertools import islice

from bedside.guard.finders import labelled, nouns, unnamed
from bedside.guard.finders.answers import given_numbers
from bedside.guard.finders.fields import ENOUGH, hit, with_digits
from bedside.guard.finders.owners import (
    is_in_care,
    is_lesson,
    is_nobodys,
    is_of_something_worn,
    is_somebodys,
    is_spoken_to,
    is_told_of,
)
from bedside.guard.finders.social import has_number
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.signs import Signs
from bedside.guard.traits import CARD, MIXED_WORDS, PARENT

_MBI = re.compile(
    r"\b[1-9][ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d-?[ac-hj-km-np-rt-y][ac-hj-km-np-rt-y0-9]\d"
    r"-?[ac-hj-km-np-rt-y]{2}\d{2}\b",
    re.IGNORECASE,
)
# How laboratories number what they look at: the year, and which one of it.
_ACCESSION = re.compile(r"(?<![\w\-])[A-Z]{1,3}[ \-]?[12]\d-\d{3,6}(?![\w\-])")
_SEEN_UNDER_GLASS = Shape(
    r"\b(?:slides?|path(?:ology)?|biops\w+|specimen|films?|margins?|stain|frozen section)\b", re.IGNORECASE
)
# Mexico's number of a person (CURP): letters of the name, day of birth, sex, state, letters, check digit.
_CURP = re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE)
_CARD = re.compile(r"(?<![\d\-])\d(?:[ \-]?\d){12,15}(?![\d\-])")
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$")

_LICENCE = re.compile(
    r"\b(?:driver'?s? licen[cs]es?|licen[cs]e|dl|certificate|birth certificate|passport|licencia(?: de "
    r"conducir)?|certificado)"
    r"(?: (?:id|no|num|number|numero|#))?\b[ #:.]{0,4}(?:(?:is|was|es)[ #:]{1,3})?([a-z]{0,2}-?\d[\d\-"
    r"]{4,14})\b",
    re.IGNORECASE,
)
_PLATE = Shape(
    r"\b(?:(?:license |licence |tag |car )?plates?|placas?|matricula|tags?)(?: (?:number|no|num|numero|reads?"
    r"|is|#|reading|de))*[ #:.\"']{1,4}"
    r"((?=[a-z0-9\- ]{0,8}\d)(?=[a-z0-9\- ]{0,8}[a-z])[a-z0-9]{2,4}[ \-]?[a-z0-9]{2,4}"
    r"|(?=[a-z0-9 \-]{0,12}\d)[a-z0-9](?:[ \-][a-z0-9]){5,7}"
    r"|(?-i:[A-Z]{2,3}[ \-]\d{1,2}[ \-]\d{1,3}|\d{1,2}[ \-][A-Z]{2,3}[ \-]\d{2,3}))\b",
    re.IGNORECASE,
)
# A car by its plate, whose owner is in care or is called to a relative: `White van KDL-2290: your son needs you`.
_CAR_NAMES = (
    "van minivan car truck pickup sedan suv jeep honda toyota ford chevy chevrolet nissan subaru kia hyundai mazda "
    "dodge buick gmc tesla camry civic corolla tacoma tundra prius accord odyssey malibu silverado altima elantra "
    "explorer f150 motorcycle snowmobile scooter camioneta carro coche auto troca furgoneta"
)
_CARS = listed(_CAR_NAMES)

_CAR_PLATE = Shape(
    rf"\b(?i:{_CAR_NAMES.replace(' ', '|')})\b[^.!?\n\d]{{0,24}}?[ #:,\"'(]"
    r"(?P<id>[A-Z]{2,3}[ \-]?\d{3,4}|\d{3,4}[ \-]?[A-Z]{2,3}|\d[A-Z]{3}[ \-]?\d{3}|[A-Z]{3}\d[A-Z]\d{2})\b"
)
_CALLED_FOR = re.compile(
    r"\b(?:your|ur|su|tu) (?:[a-z]{2,12} )?(?:son|daughter|wife|husband|mom|mother|dad|father|baby|child|kid|boy|girl|"
    r"sister|brother|grandma|grandpa|partner|loved one|family|hijo|hija|esposa|esposo|mama|papa|bebe|nino|nina|hermana|"
    r"hermano|abuela|abuelo|familiar)(?:'s)? (?:needs? (?:you|u|a ride|help)|wants? (?:you|u)|asks?|fell|went|"
    r"(?:is |are |was |just |has |)(?:asking|waiting|here|in|ready|out|calling|looking|awake|having|hurt|sick|"
    r"moved|taken|"
    r"admitted|brought|been|gone|done|delivered)|(?:te|l[oae]|nos) (?:necesita|busca|espera|llama)|"
    r"(?:esta|ya|pregunta|salio|nacio|en)\b)",
    re.IGNORECASE,
)
# What makers put on implants (21 CFR 830): the thing, its lot, its own number.
_UDI = re.compile(
    r"\(01\) ?\d{14}(?: ?\(\d\d\) ?[A-Za-z0-9\-]{2,20}){0,4}|\+[A-Z]\d{3}[A-Z0-9]{4,16}/\$\$[A-Z0-9]{3,16}"
)
_WAS_IMPLANTED = Shape(
    r"\b(?:(?:was|were|is|being|got|fue|just) )?(?:implanted|explanted|implantad[oa]|explantad[oa])\b",
    re.IGNORECASE,
)
_VIN = re.compile(
    r"\b(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=[A-HJ-NPR-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE
)
_VIN_SAID = re.compile(r"\bvin\b[^\n.!?]{0,12}$", re.IGNORECASE)
_DEVICE = Shape(
    r"(?:\bserial|\bs/n|\bsn\b|\budi\b|\bdevice (?:id|number)|\bimplant (?:id|number)|\bnumero de serie|\b"
    r"serie\b)"
    r"(?: (?:number|no|num|id|#|is|on|of))*[ #:.]{0,4}((?=[a-z0-9\-]{0,25}\d{2})[a-z0-9][a-z0-9\-]{4,24})\b",
    re.IGNORECASE,
)


RECORD_SIGNS = Signs(
    alone=nouns.RECORD_CUES | labelled.PORTAL_CUES,
    traits=frozenset((CARD, PARENT)) | unnamed.SIGNS.traits,
)
LICENCE_SIGNS = Signs(alone=nouns.DEVICE_CUES | _CARS, traits=frozenset((MIXED_WORDS,)))


def records(case: Case, rule: Rule) -> Iterator[Hit]:
    """Record, plan, account, claim and card numbers, and names and passwords for a portal."""
    for reading, text in with_digits(case):
        if not reading.word_set.isdisjoint(nouns.RECORD_CUES):
            for span in islice(
                labelled.numbers(reading, text, nouns.RECORDS, in_reply=case.is_reply), ENOUGH
            ):
                yield hit(reading, *span)
        if case.parent is not None and case.is_reply:
            for span in islice(given_numbers(reading, text, case.parent), ENOUGH):
                yield hit(reading, *span)
        if not reading.word_set.isdisjoint(labelled.PORTAL_CUES):
            for span in islice(labelled.portal_names(reading, text, in_reply=case.is_reply), ENOUGH):
                yield hit(reading, *span)
        if not case.is_of_the_house:
            for span in islice(unnamed.numbers(reading, text, in_reply=case.is_reply), ENOUGH):
                yield hit(reading, *span)
        for shape in (_MBI, _CURP) if MIXED_WORDS in reading.traits else ():
            for found in shape.finditer(text):
                yield hit(reading, *found.span())
        if MIXED_WORDS in reading.traits and reading.said.hold(_SEEN_UNDER_GLASS, 0, len(text)):
            for found in islice(_ACCESSION.finditer(text), ENOUGH):
                if not is_lesson(reading, *found.span()):
                    yield hit(reading, *found.span())
        for found in _CARD.finditer(text) if CARD in reading.traits else ():
            digits = re.sub(r"\D", "", found[0])
            is_card = _luhn(digits) and digits[0] in "23456" and len(set(digits)) > 1
            if is_card and not is_lesson(reading, *found.span()):
                yield hit(reading, *found.span())


def licences(case: Case, rule: Rule) -> Iterator[Hit]:
    """Licence, plate, vehicle and device numbers."""
    for reading, text in with_digits(case):
        if not reading.word_set.isdisjoint(nouns.DEVICE_CUES):
            yield from _owned_things(case, reading, text)
        if not reading.word_set.isdisjoint(_CARS):
            is_called = bool(_CALLED_FOR.search(text))
            for found in islice(_CAR_PLATE.finditer(text), ENOUGH):
                if not _YEARS.match(found["id"][-4:]) and _is_of_somebody_here(
                    case, reading, found, is_called
                ):
                    yield hit(reading, *found.span("id"))
        for found in islice(_UDI.finditer(text), ENOUGH) if "(01)" in text or "/$$" in text else ():
            if _is_of_one(case, reading, found):
                yield hit(reading, *found.span())
        if MIXED_WORDS not in reading.traits or not any(len(word) == 17 for word in reading.word_set):
            continue
        for found in _VIN.finditer(text):
            is_vin = _VIN_SAID.search(text[: found.start()][-20:]) or _vin_is_valid(found[0].upper())
            if is_vin and not is_nobodys(reading, *found.span()):
                yield hit(reading, *found.span())


def _is_of_somebody_here(case: Case, reading: Reading, found: re.Match[str], is_called: bool) -> bool:
    """Whether a car with that plate is somebody's who is called for, or is in care."""
    if is_called:
        return not is_nobodys(reading, *found.span())
    return is_somebodys(reading, *found.span(), in_reply=False)


_PAPERS = listed("license licenses licence licences dl certificate passport licencia certificado")
_PLATES = frozenset(["plate", "plates", "placa", "placas", "matricula", "tag", "tags"])
_SERIALS = listed("serial serials serialno serialnumber s sn udi device implant serie")


def _owned_things(case: Case, reading: Reading, text: str) -> Iterator[Hit]:
    for words, pattern in ((_PAPERS, _LICENCE), (_PLATES, _PLATE), (_SERIALS, _DEVICE)):
        if words is _PAPERS and case.is_of_the_house:
            continue  # where states want the clinician's own number to stand
        if MIXED_WORDS not in reading.traits and reading.holds_none_of(words):
            continue
        for found in pattern.finditer(text):
            is_worn = words is _SERIALS and is_of_something_worn(reading, *found.span())
            if not _YEARS.match(found[1]) and (is_worn or not is_nobodys(reading, *found.span())):
                yield hit(reading, *found.span())
    for span in islice(labelled.numbers(reading, text, nouns.DEVICES, in_reply=case.is_reply), ENOUGH):
        yield hit(reading, *span)


def _is_of_one(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    """Whether one person or care is spoken of around a thing's number, and no thing of the house."""
    if is_nobodys(reading, *found.span()):
        return False
    first, last = reading.around(*found.span())
    first, last = max(first, found.start() - 160), min(last, found.end() + 160)
    is_personal = is_told_of(reading, first, last) or is_spoken_to(reading, first, last)
    is_personal = is_personal or reading.holds(_WAS_IMPLANTED, first, last)
    return is_personal or is_in_care(reading, *found.span()) or case.is_reply


def has_identifier(reading: Reading) -> bool:
    """Whether any of these numbers stands in this one field."""
    if not reading.has_digits:
        return False
    text = reading.plain.text
    shapes = (_MBI, _LICENCE, _PLATE, _DEVICE)
    if has_number(text) or any(shape.search(text) for shape in shapes):
        return True
    return next(labelled.numbers(reading, text, nouns.RECORDS, in_reply=True), None) is not None


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


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
