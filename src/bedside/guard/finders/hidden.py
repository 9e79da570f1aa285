"""Identifiers where nobody looks: file names, metadata, codes, and places and days that cameras write
down."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.calendar_words import CALENDAR
from bedside.guard.finders.link_words import TREATMENT, is_on_topic
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import Lexicon, lexicon
from bedside.guard.normalize import plain
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape

_GPS = re.compile(r"^(?:gps\w*|position|.*latitude|.*longitude|location|geotag\w*)$", re.IGNORECASE)
_OWNER = re.compile(
    r"^(?:artist|author|creator|owner|owner ?name|camera ?owner ?name|by-?line|patient.*|person ?in ?image"
    r"|persons?|people|subject|title|caption|description|image ?description|user ?comment|xp\w+|keywords|"
    r"headline|copyright|body ?serial ?number|serial ?number|lens ?serial ?number)$",
    re.IGNORECASE,
)
_PATIENT_KEY = re.compile(r"^(?:patient.*|person ?in ?image|persons?|dicom.*)$", re.IGNORECASE)
_DATE = Shape(
    r"(?<!\d)(?:19|20)\d{2}[ \-_]?(?:0\d|1[0-2])[ \-_]?(?:[0-2]\d|3[01])(?!\d)|(?<!\d)\d{1,2}[ \-_]\d{1,2}[ \-_]"
    r"(?:19|20)?\d{2}(?!\d)"
)
_CARE_WORDS = Shape(
    r"\b(?:mri|ct|xray|x ray|scan|chart|patient|pt|nicu|icu|er|chemo|surgery|biopsy|results?|labs?|wound|"
    r"ultrasound|discharge|intake|consent|bed|room|rehab|oncology|dialysis|dental|before|after|preop|"
    r"postop|knee|hip|bridge|crown|implant|botox|bx|breast|spina|ectopic|letter|mrn|dob|paciente|"
    r"cirugia|ultrasonido)\b",
    re.IGNORECASE,
)


# What says in a file's name that somebody of the house, or a guest, is named: nobody files a patient's picture so.
_OF_THE_HOUSE = Shape(
    r"\b(?:dr|md|rn|np|pharmd|dds|dmd|phd|cno|ceo|cfo|coo|cmo|chief|director|president|chair|trustee|headshot|portrait|"
    r"staff|team|speaker|keynote|lecture|podcast|rounds|artist|mural|mayor|senator|governor|rep|ribbon|recipe|slides|"
    r"abstracts?|band|choir|concert|sponsor|award|volunteer|recipes|artwall|employees|talks?|classes|dj|trophy)\b"
)
# A clinician by title, who speaks of an illness: `ep44_dr-naomi-stroud_afib`, `marsh-leo-md-gallstones`.
_OF_A_CLINICIAN = re.compile(
    r"^(?:[a-z]+ )?(?:(?:dr|dra|prof) [a-z]+ [a-z]+|[a-z]+ [a-z]+ (?:md|do|rn|np|pharmd|phd))\b"
)

_ENDING = re.compile(
    r"\.(?:jpe?g|png|heic|gif|webp|pdf|mp4|mov|tiff?|docx?|pptx?|xlsx?|csv|dcm|wav|mp3|m4a)\b", re.IGNORECASE
)
_FILE = Shape(r"[\w\-]{4,120}" + _ENDING.pattern, re.IGNORECASE)
_FOLDERS = 60  # letters of an address before the file's name that are looked at
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b")
_TWO_NAMES = re.compile(r"[A-Z][a-z]{3,}[_\- ][A-Z][a-z]{3,}")
_HUMP = re.compile(r"([a-z])([A-Z])")
_LABEL = Shape(
    r"\b(?:labels?|labeled|screen|monitors?|notes?|tabs?|sheet|card|tags?|tickets?|overlay|sticker|"
    r"charts?|board|report|signs?|census|slips?|mask|overlay|expedientes?|letrero|rotulad[oa]|marked|labell?ed|day "
    r"sheet|log|whiteboard|"
    r"legible|wristband|form|list|listing|dashboard|strip|engraved|engraving|etched|printed|stamped|tubes?|vials?|racks?|"
    r"tv|display|band|folder|binder|bags?|bottles?|jars?|cups?|envelopes?|grabad[oa]|frascos?|tubos?|pantalla|etiqueta|pulsera|pizarra|hoja|nombre|spine)\b",
    re.IGNORECASE,
)
_FORM_NAME = re.compile(
    r"\b[A-Z][A-Za-z'\-]{2,20}, [A-Z](?:[A-Za-z]{2,20}|\.|(?= \d))(?![A-Za-z])|\b[A-Z]{4,20}(?= [a-z]+ diet)"
)

# A name as lists and labels shorten it: `SOTO A.`, `T. Bergeron`, `OR 3: Castillo`.
_LISTED_NAME = Shape(
    r"\b[A-Z]{3,20},? [A-Z]\.|\b[A-Z][a-z]{2,15} [A-Z][a-z]?\.(?=[ ,;:\"]|$)|(?<!Dr\. )\b[A-Z]\. ?[A-Z][a-z]{2,15}\b"
    r"|\b(?:OR|ICU|Rm|Room|Bed|Bay|Chair|\d{1,3}[A-D]|\d{3}|\d{1,2}:\d\d)(?: \d{1,3})?:? (?P<name>[A-Z][a-z]{2,15})\b"
)


# Names as machines and pens write them on strips, tubes and implants: `GORMAN L 12/20`, `PELLETIER GUY 1957`,
# `S. ORDWAY L PARIETAL`, `Now serving: Wendell T.`, `initials KW`.
_STRIP_NAME = Shape(
    r"\b(?P<family>[A-Z][A-Z'\-]{2,19}),? (?:[A-Z]|[A-Z]{2,15})\.?,? (?=(?:DOB |b\. ?|#)?\d)"
    r"|\b[A-Z]\.? (?P<last>[A-Z][A-Z'\-]{3,19}),? (?:[LR] |LEFT |RIGHT |DOB |\d)"
    r"|\b(?i:now serving|now calling|next up|next|welcome|called|calling|turno|pasando|siguiente|llamando):? "
    r"(?P<called>[A-Z][a-z]{2,15}),? [A-Z]\b\.?"
    r"|\b(?i:initials?|iniciales?) (?P<initials>[A-Z]\.?[A-Z])\b"
)


def identifiers(case: Case, rule: Rule) -> Iterator[Hit]:
    """Names beside days or care words in file names, and what metadata tells about place and person."""
    for reading in case.readings:
        if reading.field.startswith("file_names["):
            yield from _in_file_name(reading, 0, len(reading.original))
            continue
        if _ENDING.search(reading.original):
            for found in _FILE.finditer(reading.original):
                yield from _in_file_name(reading, *found.span())
        if reading.field.startswith(("alt_texts[", "picture_text[")):
            yield from _on_a_label(reading)
    for number, media in enumerate(case.material.media):
        yield from _in_metadata(f"metadata[{number}]", media.metadata)


def _in_file_name(reading: Reading, start: int, end: int) -> Iterator[Hit]:
    written = reading.original[start:end]
    text = plain(_HUMP.sub(r"\1 \2", written)).text.lower()
    known = lexicon()
    words = re.findall(r"[a-z]{3,}", text)
    names = [
        word
        for word in words
        if (word in known.first_names or word in known.last_names or word[1:] in known.last_names)
        and word not in known.vocabulary
    ]
    said = re.sub(r"[_\-.\d]", " ", text)
    is_care = bool(_CARE_WORDS.search(said)) or is_on_topic(words, TREATMENT)
    around = re.sub(r"[_\-.\d/]", " ", plain(reading.original[max(0, start - _FOLDERS) : start]).text.lower())
    if (not is_care and _OF_THE_HOUSE.search(f"{around} {said}")) or _OF_A_CLINICIAN.match(
        " ".join(said.split())
    ):
        return
    tells = is_care or bool(_DATE.search(written))
    pairs = [re.findall("[A-Za-z]+", pair.lower()) for pair in _TWO_NAMES.findall(written)]
    if tells and any(known.vocabulary.isdisjoint(pair) for pair in pairs):
        yield Hit(reading.field, start, end)
        return
    if _is_called_by_name(words, known) and _DATE.search(written):
        yield Hit(reading.field, start, end)
        return
    titled = re.search(r"\b(?:mr|mrs|ms|miss|sra|sr|patient|pt|paciente)[ \-]+[a-z]{3,}", text)
    if (len(names) >= 2) or (names and tells) or (titled and titled[0].split()[-1] not in known.vocabulary):
        yield Hit(reading.field, start, end)


def _is_called_by_name(words: list[str], known: Lexicon) -> bool:
    """Whether a file's name begins with a given and a family name, even where both are words: `finch_dolores`."""
    if len(words) < 2 or not CALENDAR.isdisjoint(words[:2]):
        return False
    pairs = (words[:2], words[1::-1])
    return any(
        given in known.first_names and (family in known.last_names or family not in known.vocabulary)
        for given, family in pairs
    )


def _on_a_label(reading: Reading) -> Iterator[Hit]:
    """A name as forms write it, on something that is described and tells of care."""
    if not _LABEL.search(reading.plain.text):
        return
    tells = _label_tells().search(reading.marked) or _DAY.search(reading.original)
    for found in _FORM_NAME.finditer(reading.plain.text):
        words = [word.lower() for word in re.findall(r"[A-Za-z]{2,}", found[0])]
        known = lexicon()
        named = [
            word in known.first_names or word in known.last_names or word not in known.vocabulary
            for word in words
        ]
        if all(named) or (tells and any(named)):
            yield Hit(reading.field, *reading.span(*found.span()))
            return
    for found in _STRIP_NAME.finditer(reading.plain.text):
        if _is_on_strip(found, bool(tells)):
            yield Hit(reading.field, *reading.span(*found.span()))
            return
    for found in _LISTED_NAME.finditer(reading.plain.text) if tells else ():
        if found["name"] is None or found["name"].lower() in lexicon().last_names:
            yield Hit(reading.field, *reading.span(*found.span()))
            return
    for person in reading.people if tells else ():
        if person.kind in ("full_person", "given_person"):
            yield Hit(reading.field, *reading.span(person.start, person.end))
            return


_DAY_BEHIND = re.compile(r"(?:DOB |b\. ?|#)?(?:(?:19|20)\d\d\b|\d\d?/\d)")


def _is_on_strip(found: re.Match[str], tells: bool) -> bool:
    """Whether somebody's name stands on a strip; where nothing tells of care, only one that is no other word."""
    known = lexicon()
    word = next(filter(None, found.groups()), "").lower()
    if found["initials"]:
        return tells
    if word not in known.first_names and word not in known.last_names:
        # A family name that no list has: a day or an initial says that it is one.
        is_dated = _DAY_BEHIND.match(found.string, found.end()) or found["last"]
        return tells and bool(is_dated) and len(word) > 4 and word not in known.vocabulary
    return tells or (found["called"] is None and word not in known.vocabulary)


@lru_cache(maxsize=1)
def _label_tells() -> Pattern:
    return pattern(
        "({clinical}|rm|room|hgb|lab|labs|ultrasound|results?|pregnan*|diet|{condition}|{procedure}|precautions|"
        "isolation|aislamiento|withdrawal|psych|hcg|npo|deferred|biopsy|preop|chemo|fall risk|{careplace}|urology|"
        "cardiology|neurology|oncology|radiology|dermatology|gastroenterology|fetal|pediatrics|sepsis|film|lightbox|"
        "specimens?|urine|blood|parietal|femur|tibia|skull|plate)"
    )


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
        meant = re.sub(r"^(?:xmp|iptc|pdf) ", "", key)
        if value.strip() and (
            _GPS.match(meant) or _PATIENT_KEY.match(meant) or (_OWNER.match(meant) and named)
        ):
            yield Hit(field, start, start + len(line))
        start += len(line) + 1
