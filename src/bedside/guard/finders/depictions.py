"""What pictures and videos show, as far as their descriptions, texts and facts tell."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.calendar_words import CALENDAR
from bedside.guard.finders.numbers import has_identifier
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import lexicon
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape

_CLINICAL = (
    "(x rays?|xrays?|ct scan|mri|ultrasound|sonogram|scan|wound|wounds|incision|scar|scars|rash|lesion|"
    "tumou?r|burns?|stitches|sutures|surgical (field|site|wound)|open (chest|abdomen)|specimen|amputat*|bed"
    " ?sore|radiograph*|radiografia*|ultrasonido|herida|cicatriz|tomografia|before and after|before\\/after"
    "|before after|antes y despues|side by side)"
)
_SOMEONES = (
    "(patient*|patient's|woman*|man*|girl*|boy*|child*|baby*|his|her|their|someone*|person*|infant*|paciente*|mujer"
    "|hombre|nin[oa]|bebe|of a|de un|de una|on a|showing|our|swallowed|leg|arm|face|nose|teeth|smile|skin|belly|"
    "photos? of|results?)"
)
_DRAWN = (
    "(illustration|drawing|diagram|cartoon|graphic|icon|stock|licensed|model|sample|mannequin|dummy|simulat*|empty|"
    "machine|scanner|ilustracion|dibujo|maniqui|diagrama|authorization on file|release on file|logo|infographic|"
    "training)"
)
_PATIENT = (
    "(patients?|pacientes?|hospital gown|gown|iv pole|iv line|recliner|infusion chair|hospital bed|"
    "stretcher|gurney|wheelchair|bandage*|cast on|oxygen (mask|tube)|ventilator|incubator|nicu|bedside|"
    "wristband|crutches|chemo|dialysis|resuscitat*|in labor|newborn|preemie|intubat*|bata de hospital|"
    "camilla|silla de ruedas|incubadora|recien nacid[oa]|suero)"
)
_HUMAN = (
    "(patients?|pacientes?|man|woman|girl|boy|child|kid|baby|newborn|preemie|infant|person|people|mom|mother|father"
    "|dad|family|couple|elderly|grandm*|grandp*|teen*|selfie|face|smil*|hombre|mujer|nin[oa]|bebe|senora|senor|"
    "joven|abuel*|familia|victim*)"
)
_RELEASED = (
    "(stock|model release|licensed|release on file|actor|actors|models?|illustration|drawing|simulation|mannequin|"
    "staff (only|member*)|empty|training|drill|cartoon|volunteer*|authorization on file|simulacro|ilustracion|"
    "actores)"
)
_BOARD = (
    "((white ?board|assignment board|wristband|wrist band|name ?tag|badge|label|chart|monitor|computer "
    "screen|screen|prescription bottle|clipboard|schedule|intake form|sticky note|insurance card|whiteboard"
    "|door card|specimen cup|pizarra|pulsera|etiqueta|expediente|pantalla) (\\w* ){0,6}(names?|patient|"
    "patients|rooms?|reads?|reading|visible|legible|showing|shows|with (a|the|last|first|her|his|patient)|"
    "birth|dob|mrn|listing|lists|says|nombre*|pacientes?|visible*))"
)

# "patient" that speaks of a service or of everybody, and shows nobody.
_OF_A_SERVICE = (
    "((patients?|pacientes?) (portal|care|safety|rights|parking|registration|education|experience|advoca*|"
    "services?|relations|lounge|entrance|tower|resources?|navigators?|satisfaction|advisory|transport|handbook|"
    "check in|guide|appreciation|days?|welcome)|"
    "((now|is|are|we're|we are|still) )?(accepting|taking|welcom*|seeing) (\\w* ){0,2}patients|"
    "new patients? (are )?(welcome|accepted|special|forms?|appointments?|packet)|"
    "(walk|run|ride|miles|steps|funds?|gifts?|golf*|hope|raised|raising|benefit) for patients|"
    "(portal|atencion|seguridad) (del|al|de los) pacientes?|aceptamos (\\w* )?pacientes( nuevos)?|"
    "pacientes nuevos|bedside manner|newborn (care )?(class*|course|basics)|family room)"
)
_ROSTER = Shape(
    r"(?:\b(?:rm|room|bed|bay)\s*#?\s*\d+[ab]?\b.{0,24}){2,}"
    r"|\b(?:npo|dnr|dob|mrn|pt:|patient:|dx:|allergies:|attending:)",
    re.IGNORECASE | re.DOTALL,
)
# A line of a list, "LOPEZ, MARIA 44": what has to follow depends on how sure the name is.
_LISTED = re.compile(r"\b([A-Za-z]{2,}), ?([A-Za-z]{2,})\b(?=(.{0,40}))", re.DOTALL)
_NAMES_AND_STATES = frozenset(["virginia", "georgia", "carolina", "dakota", "montana"])
_SOME_NUMBER = re.compile(r"\d|\b[MF]\b")
_PERSONAL_NUMBER = Shape(
    r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\b\d{6,}|\b\d{1,3} ?(?:yo|y/o|[MF])\b|(?<![-–])\b[MF]\b(?! ?[-–])"
)


def clinical(case: Case, rule: Rule) -> Iterator[Hit]:
    """Scans, wounds and before/after pairs of somebody."""
    shown, someones, drawn, *_ = _patterns()
    for reading in case.readings:
        if reading.field.startswith("alt_texts["):
            text = reading.marked
            found = shown.search(text)
            if found and someones.search(text) and not drawn.search(text):
                yield Hit(reading.field, *reading.span(*found))


def faces(case: Case, rule: Rule) -> Iterator[Hit]:
    """People in care, by the description or by the faces found."""
    _, _, _, patient, human, released, _, service = _patterns()
    for number, media in enumerate(case.material.media):
        reading = case.reading(f"alt_texts[{number}]")
        if reading is None:
            continue
        services = list(service.spans(reading.marked))
        found = _first_outside(services, patient, reading.marked)
        seen = media.faces > 0 or _first_outside(services, human, reading.marked)
        if found and seen and not released.search(reading.marked):
            yield Hit(reading.field, *reading.span(*found))


def _first_outside(services: list[tuple[int, int]], wanted: Pattern, text: bytes) -> tuple[int, int] | None:
    """Where the pattern is found first, apart from the names of services."""
    for found in wanted.spans(text):
        if not any(first <= found[0] < last for first, last in services):
            return found
    return None


def written(case: Case, rule: Rule) -> Iterator[Hit]:
    """Identifiers readable in a picture, and boards, bands and labels that a description mentions."""
    _, _, drawn, _, _, _, board, _ = _patterns()
    for reading in case.readings:
        if reading.field.startswith("picture_text["):
            text = reading.plain.text
            is_roster = _ROSTER.search(text) or _lists_somebody(text)
            if is_roster or has_identifier(reading) or _names_somebody(reading):
                yield Hit(reading.field, 0, len(reading.original))
        elif reading.field.startswith("alt_texts["):
            found = board.search(reading.marked)
            if found and not drawn.search(reading.marked):
                yield Hit(reading.field, *reading.span(*found))


def _lists_somebody(text: str) -> bool:
    """Whether a line reads like one of a list of patients, and not like the day or the town on a poster."""
    first_names = lexicon().first_names
    for found in _LISTED.finditer(text):
        surname, given, after = found.groups()
        if surname.lower() in CALENDAR:
            continue
        is_name = given.lower() in first_names
        is_sure = is_name and given.lower() not in CALENDAR | _NAMES_AND_STATES
        if is_sure and _SOME_NUMBER.search(after):
            return True
        if (is_name or found.group(0).isupper()) and _PERSONAL_NUMBER.search(after):
            return True
    return False


def _names_somebody(reading: Reading) -> bool:
    return any(person.kind == "full_person" for person in reading.people)


_FACT = re.compile(
    r"\b\d{1,2}(?::\d{2})? ?(?:am|pm|a\.m|p\.m)\b|\b\d{1,2}:\d{2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december) \d|\$\d+|\b(?:room|suite) \d+",
    re.IGNORECASE,
)
_MANY_WORDS = 20


def only_in_picture(case: Case, rule: Rule) -> Iterator[Hit]:
    """Facts on a poster that neither the text nor the description repeats."""
    for number, media in enumerate(case.material.media):
        text = media.text_in_picture
        if not text.strip():
            continue
        told = f"{case.material.text} {media.alt_text}".lower()
        missing = [fact for fact in _FACT.findall(text) if fact.lower() not in told]
        words = re.findall(r"\w{4,}", text.lower())
        unsaid = [word for word in words if word not in told]
        if missing or (len(words) > _MANY_WORDS and len(unsaid) > len(words) / 2):
            yield Hit(f"picture_text[{number}]", 0, len(text))


def uncaptioned(case: Case, rule: Rule) -> Iterator[Hit]:
    """Videos without captions."""
    for number, media in enumerate(case.material.media):
        if media.kind == "video" and not media.captions.strip():
            yield Hit(f"captions[{number}]", 0, 0)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, ...]:
    return tuple(
        pattern(each)
        for each in (_CLINICAL, _SOMEONES, _DRAWN, _PATIENT, _HUMAN, _RELEASED, _BOARD, _OF_A_SERVICE)
    )


_EMERGENCY = re.compile(r"911|9-1-1|emergenc|988|urgenc", re.IGNORECASE)
_WATCHED = Shape(
    r"not (?:monitored|watched|staffed|checked)|monitored (?:mon|week|during|\d|from)|page checked|checked"
    r" (?:week|mon|\d)|business hours|weekdays|mon(?:day)?\s?(?:-|to|through)\s?fri|no se (?:revisa|"
    r"monitorea|atiende)|horario|lunes a viernes",
    re.IGNORECASE,
)


def profile_notices(case: Case, rule: Rule) -> Iterator[Hit]:
    """Profiles that do not say what to do in an emergency or when somebody reads."""
    if case.material.surface == "profile":
        text = case.material.text
        if not (_EMERGENCY.search(text) and _WATCHED.search(text)):
            yield Hit("text", 0, len(text))
