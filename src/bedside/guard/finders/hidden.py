"""Identifiers where nobody looks: file names, metadata, codes, and places and days that cameras write
down."""

import re
from collections.abc import Iterator

from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import lexicon
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule

_GPS = re.compile(r"^(?:gps\w*|.*latitude|.*longitude|location|geotag\w*)$", re.IGNORECASE)
_OWNER = re.compile(
    r"^(?:artist|author|creator|owner|owner ?name|camera ?owner ?name|by-?line|patient.*|person ?in ?image"
    r"|persons?|people|subject|title|caption|description|image ?description|user ?comment|xp\w+|keywords|"
    r"headline|copyright|body ?serial ?number|serial ?number|lens ?serial ?number)$",
    re.IGNORECASE,
)
_PATIENT_KEY = re.compile(r"^(?:patient.*|person ?in ?image|persons?|dicom.*)$", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:19|20)\d{2}[ \-_]?(?:0\d|1[0-2])[ \-_]?(?:[0-2]\d|3[01])\b|\b\d{1,2}[ \-_]\d{1,2}[ \-_](?:19|"
    r"20)?\d{2}\b"
)
_CARE_WORDS = re.compile(
    r"\b(?:mri|ct|xray|x ray|scan|chart|patient|pt|nicu|icu|er|chemo|surgery|biopsy|results?|labs?|wound|"
    r"ultrasound|discharge|intake|consent|bed|room|rehab|oncology|dialysis|dental|before|after|preop|"
    r"postop|mrn|dob|paciente|cirugia|ultrasonido)\b",
    re.IGNORECASE,
)


def identifiers(case: Case, rule: Rule) -> Iterator[Hit]:
    """Names beside days or care words in file names, and what metadata tells about place and person."""
    for reading in case.readings:
        if reading.field.startswith("file_names["):
            yield from _in_file_name(reading)
    for number, media in enumerate(case.material.media):
        yield from _in_metadata(f"metadata[{number}]", media.metadata)


def _in_file_name(reading: Reading) -> Iterator[Hit]:
    text = reading.plain.text.lower()
    known = lexicon()
    words = re.findall(r"[a-z]{3,}", text)
    names = [
        word
        for word in words
        if word in known.first_names | known.last_names and word not in known.vocabulary
    ]
    tells = bool(_DATE.search(reading.original) or _CARE_WORDS.search(text))
    titled = re.search(r"\b(?:mr|mrs|ms|miss|sra|sr|patient|pt|paciente)[ ]+[a-z]{3,}", text)
    if (len(names) >= 2) or (names and tells) or (titled and titled[0].split()[-1] not in known.vocabulary):
        yield Hit(reading.field, 0, len(reading.original))


def _in_metadata(field: str, metadata: tuple[tuple[str, str], ...]) -> Iterator[Hit]:
    start = 0
    known = lexicon()
    for key, value in metadata:
        line = f"{key}: {value}"
        words = re.findall(r"[a-z]{3,}", value.lower())
        named = (
            sum(
                word in known.first_names | known.last_names and word not in known.vocabulary
                for word in words
            )
            >= 2
        )
        if value.strip() and (_GPS.match(key) or _PATIENT_KEY.match(key) or (_OWNER.match(key) and named)):
            yield Hit(field, start, start + len(line))
        start += len(line) + 1
