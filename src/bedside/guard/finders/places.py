"""Places smaller than a state, named together with one person's care."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.calendar_words import DAYS, MONTHS, SPANISH_MONTHS
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import lexicon, listed
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.traits import FIVE_DIGITS

_STREET = Shape(
    r"\b(?:\d{1,5} )?(?:[A-Z][\w'\-]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Blvd|Boulevard|Dr|Drive"
    r"|Ct|Court|Way|Hwy|Highway|Route|Terrace|Place|Apartments|Apts|Mobile Home Park|Trailer Park)\b\.?"
    r"|\b(?:[Cc]alle|[Aa]venida|[Cc]olonia|[Bb]arrio) (?:[A-Z][\w']+ ?){1,3}|\b\d{1,5} (?:[NSEW]\.? )?\w+ "
    r"(?:st|street|ave|avenue|rd|road|ln|lane|blvd|court|ct)\b"
)
_ZIP = Shape(
    r"\b(?:zip(?: code)?|codigo postal|ZIP)[ :]*\d{5}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\(\d{5}\)",
    re.IGNORECASE,
)
_COORDINATES = re.compile(r"-?\d{1,2}\.\d{4,}, ?-?\d{1,3}\.\d{4,}")
_COUNTY = re.compile(
    r"\b(?:[A-Z][\w']+ ){1,2}(?:County|Parish|Township|Village|Elementary|Middle School|High School|High|"
    r"Academy|University|College|Church|Reservation|precinct|neighborhood|Heights)\b|\b[Cc]ondado de [A-Z]"
    r"\w+"
)
_STREET_WORDS = listed(
    "st street ave avenue rd road ln lane blvd boulevard dr drive ct court way hwy highway route terrace place "
    "apartments apts park calle avenida colonia barrio"
)
_COUNTY_WORDS = listed(
    "county parish township village elementary school high academy university college church reservation precinct "
    "neighborhood heights condado"
)
_TOWN = re.compile(
    r"\b(?:from|in|near|of|outside|around|at|off|to|de|en|cerca de|resides in|lives in|living in)(?: "
    r"the)?(?: town of| city of| village of| pueblo de)? "
    r"((?:(?:El|La|Los|Las|San|Santa|St|Fort|Ft|New|Port|Lake|Mount|Mt|North|South|East|West|Upper|Lower)\."
    r"? )?[A-Z][a-z']+(?:[ \-](?:[A-Z][a-z']+|de|del|la)){0,2})"
)
_NATIVE = re.compile(
    r"\b([A-Z][a-z]{3,})(?: |-)(?:native|resident|residents|man|woman|mom|dad|teen|teenager|mother|father|"
    r"boy|girl|couple|toddler|grandmother|grandfather|firefighter|farmer|teacher|student)\b"
)
_NO_TOWN = (
    DAYS
    | MONTHS
    | SPANISH_MONTHS
    | listed(
        "christmas thanksgiving easter halloween spring summer fall winter new year er icu nicu ed picu ccu "
        "heaven god jesus english spanish america usa us the our your my his her facebook instagram twitter "
        "tiktok youtube zoom covid medicare medicaid memory honor earth hospice rehab navidad urgencias cuidados "
        "dios espanol ingles nuestro nuestra emergency intensive labor trauma oncology pediatrics maternity "
        "radiology cardiology neurology recovery mexico canada china europe africa india ukraine dr doctor mother "
        "father st saint code stage level room floor unit phase type vivo directo linea persona noticias internet"
    )
)
ONE = "{patient_one}"
CARE = "({clinical}|{careplace}|{admitted}|{went_well}|patient|paciente|bite|crash|accident|accidente)"
_NOT = (
    "({generic}|{service}|water|abre|centro de|expanding|are you an?|case|count|residents|{not_patient}|clinic (is|"
    "at|will|opens|"
    "hours)|testing|vaccin*|join us|register|open (today|"
    "saturday|sunday|daily)"
    "|walk ins?|cases|confirmed|county health|health (department|district|officials)|appointments?|located|"
    "support group|class|event|closed)"
)


def near_care(case: Case, rule: Rule) -> Iterator[Hit]:
    """A place in the same sentence as one person and their care."""
    one, care, excuse = _patterns()
    own = " ".join((*case.organization.addresses, case.organization.name)).lower()
    for reading in case.readings:
        for first, last in reading.sentences_with(one) if reading.is_prose else ():
            marked = reading.marked[first:last]
            if care.search(marked) and not excuse.search(marked):
                yield from _places(reading, first, last, own)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, Pattern, Pattern]:
    return pattern(ONE), pattern(CARE), pattern(_NOT)


def _places(reading: Reading, first: int, last: int, own: str) -> Iterator[Hit]:
    sentence = reading.plain.text[first:last]
    for shape in _may_stand(reading):
        for found in shape.finditer(sentence):
            if found[0].lower().strip() not in own:
                yield Hit(reading.field, *reading.span(first + found.start(), first + found.end()))
    for shape in (_TOWN, _NATIVE):
        for found in shape.finditer(sentence):
            if _is_town(reading, found[1], first + found.start(1), own):
                yield Hit(reading.field, *reading.span(first + found.start(1), first + found.end(1)))


def _may_stand(reading: Reading) -> Iterator[re.Pattern[str] | Shape]:
    """The shapes of which the text has a word, or digits."""
    if not reading.holds_none_of(_STREET_WORDS):
        yield _STREET
    if FIVE_DIGITS in reading.traits:
        yield _ZIP
    if reading.has_digits:
        yield _COORDINATES
    if not reading.holds_none_of(_COUNTY_WORDS):
        yield _COUNTY


def _is_town(reading: Reading, name: str, start: int, own: str) -> bool:
    words = lexicon()
    lower = name.lower()
    first = re.split(r"[ \-]", lower)[0]
    if (
        lower in own
        or first in _NO_TOWN
        or (lower in words.single and reading.marked[start - 1] in _state_marks())
    ):
        return False
    if any(person.start <= start < person.end for person in reading.people):
        return False
    return first not in words.vocabulary or (
        " " in lower
        and first
        in (
            "new",
            "fort",
            "port",
            "lake",
            "north",
            "south",
            "east",
            "west",
            "san",
            "santa",
            "st",
            "el",
            "la",
            "los",
            "las",
        )
    )


@lru_cache(maxsize=1)
def _state_marks() -> frozenset[int]:
    return frozenset(
        int(mark, 16) for mark in re.findall(r"x([0-9a-f]{2})", lexicon().marks["state"].decode())
    )
