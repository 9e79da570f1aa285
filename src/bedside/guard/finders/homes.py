"""Where somebody lives: a street and number, or a ZIP code beside one person of an age or an illness.

Houses of the organization, of shops and of events are open to everybody; what brings, sends or visits tells that
somebody lives there.
"""

import re
from collections.abc import Iterator

from bedside.guard.finders.owners import is_in_care, is_told_of
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape
from bedside.guard.traits import FIVE_DIGITS

_KINDS = (
    r"(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Blvd|Boulevard|Dr|Drive|Ct|Court|Way|Hwy|Highway|Terrace|"
    r"Place|Pl|Circle|Cir|Trail|"
    r"Loop|Hollow|Ridge|Parkway|Pkwy|Apartments|Apts|Apt|Row|Path|Square|Crossing|Trailer Park)"
)
_KIND_WORDS = frozenset(re.findall("[a-z]+", _KINDS.lower()))
_CALLES = frozenset(("calle", "avenida", "privada", "callejon"))
_HOUSE = Shape(
    rf"(?<![\d.,$#])\b\d{{1,5}}(?: [NSEW]\.?)?(?: [A-Z][\w'\-]+){{1,3}} {_KINDS}\b\.?(?:,? (?:Apt|Unit|"
    rf"No|Lot)\.? ?[\dA-Z]{{1,5}})?"
    rf"|\b(?:[Cc]alle|[Aa]venida|[Pp]rivada(?: de)?|[Cc]allejon) (?:[A-Z][\w']+ ?){{1,3}}(?:#|"
    rf"no\.? )?\d{{1,5}}"
    rf"|\b\d{{1,5}} de la calle [A-Z]\w+"
    rf"|\b(?:[Tt]en|[Tt]welve|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|"
    rf"[Nn]inety)(?:-\w+)? [A-Z]\w+ {_KINDS}\b"
)
_BOX = re.compile(r"\bP\.? ?O\.? ?Box \d{1,6}\b", re.IGNORECASE)
_WAS_SENT = Shape(
    r"\b(?:your|her|his|their)\b[^.!?\n]{0,40}\b(?:went|mailed|sent|shipped|is|was)\b|\b(?:mailed|sent|shipped) "
    r"(?:it|them|your|her|his)\b",
    re.IGNORECASE,
)
_PLAIN_HOUSE = re.compile(r"(?<![\d.,$#\-])\b\d{2,5} [A-Z][a-z]+(?: [A-Z][a-z]+)?(?: Apt \d+)?\b")
_MAY_BE_PLAIN_HOUSE = re.compile(r"[0-9][0-9] [A-Z][a-z]")
_LIVES = Shape(
    r"\b(?:(?:your|her|his) (?:house|home|place|porch|door|address)|lives? at|living at|resides at|"
    r"home visits? (?:today )?(?:at|to)|(?:nurse|aide|therapist|hospice) (?:visits|goes to|drives to)|address "
    r"(?:on file|we have)|chart says|(?:bill|package|letter|card|box) went|wellness check|carried (?:her|him)|"
    r"found (?:her|him)|(?:she|he) was (?:found|picked up)|welcome at|"
    r"(?:meals?|food|casseroles?|groceries|flowers) for (?:the|our|his|her|a)|ambulance (?:\w+ ){0,4}(?:at|to|"
    r"outside|of|takin\w*)|"
    r"le (?:enviamos|mandamos|llevamos) (?:\w+ ){0,3}a|bed (?:arrives|goes)|su casa es|rid(?:e|es) (?:needed "
    r")?from|picks? (?:her|him) up at|"
    r"house fire at|house call at|neighbor at|meal train|drop (?:\w+ ){0,3}at|(?:mailed|sent|shipped|"
    r"delivered|took|brought|drove) "
    r"(?:\w+ ){0,3}(?:to|at)|ships? to (?:your|her|his)|ride needed|go to|we (?:show|have) you at|"
    r"the one we hold|porch light|home hospice|"
    r"hospice|oxygen|ventilator|oxigeno|encamad[oa]|since you live|fell in the tub|home from)\b",
    re.IGNORECASE,
)

_OPEN = Shape(
    r"\b\d ?-? ?\d{1,2}p\b|appointments?|\b(?:suite|ste|library|church|annex|garage|gym|school|park|"
    r"parking|hall|center is|senior center|post office|open|opens|opening|"
    r"register|visit us|find us|located|location|headquarters|joins?|event|vacunas?|cita|distrito|"
    r"\d ?[ap]m|applications?|surveys?|applicants?|voucher|volunteer services|cards can|sample|"
    r"any street|clinic (?:at|is|on|opens)|our (?:new |main |other )?(?:office|clinic|"
    r"address|location|building|hospital|pharmacy|lab|door|desk)|the door is|drive[- ]thru|walk[- ]ins?|"
    r"vaccin\w+|testing|hours|"
    r"farmers market|store|museum|theater|arena|station|plaza|mall|p\.?m|a\.?m|free|workshop|meeting|class|"
    r"court street|served|food bank|drop[- ]off|donat\w+|desk)\b",
    re.IGNORECASE,
)
# What stands before is asked behind the first digit: a pattern that begins with a digit passes over letters quickly.
_ZIP = re.compile(r"([0-9](?<![\w$#.\-].)[0-9]{4})(?:-[0-9]{4})?\b(?![,.][0-9]|-[0-9])")
_ZIP_SAID = Shape(
    r"\b(?:zip(?: code)?|codigo(?: postal)?|lives? in|from|case in|in|count for|el|la|pin|"
    r"ranch at)[ :,]{1,3}(?:the )?$|\b(?:fe)?male, \d{1,2}, $",
    re.IGNORECASE,
)
_AGED = Shape(
    r"\b(?:\d{1,2}[- ](?:years?|yr)[- ]old|\d{1,2} (?:anos|y/?o)|age \d|aged \d|\d{1,2} years old|"
    r"(?:fe)?male|man|woman|girl|boy|he's|she's|"
    r"he|she|her|his|hombre|mujer|nin[oa]|lady|first (?:\w+ ){0,3}case|(?:case|patient)(?: in)?)\b|,? \d{2},",
    re.IGNORECASE,
)
_PUBLIC_ZIP = Shape(
    r"\b(?:rate|rates|serve|serves|vaccinated|vaccination|population|residents|cases|codes|stops|"
    r"per 100|clinic at|open|county|"
    r"tickets?|runners?|register|visits|tests|vacuna\w*|free)\b",
    re.IGNORECASE,
)

CUES = listed(
    "st street ave avenue rd road ln lane blvd boulevard dr drive ct court way hwy highway terrace place pl "
    "circle cir trail loop hollow ridge parkway pkwy apartments apts apt row path square crossing trailer calle "
    "avenida privada callejon zip codigo lives live house home hospice oxygen ventilator oxigeno porch mailed "
    "sent shipped ships box male female chart went found carried welcome delivered drop lived from case pin hold "
    "encamada encamado"
)


def of_somebody(case: Case, reading: Reading) -> Iterator[Hit]:
    """Addresses and ZIP codes at which one person lives."""
    text = reading.plain.text
    if reading.word_set.isdisjoint(CUES):
        return
    own = " ".join((*case.organization.addresses, case.organization.name)).lower()
    for found in _HOUSE.finditer(text) if _may_name_a_house(reading) else ():
        if found[0].lower().rstrip(".") not in own and _is_lived_in(reading, found):
            yield Hit(reading.field, *reading.span(*found.span()))
    for found in _BOX.finditer(text) if "box" in reading.word_set else ():
        if reading.holds(_WAS_SENT, found.start() - 60, found.start()):
            yield Hit(reading.field, *reading.span(*found.span()))
    if _MAY_BE_PLAIN_HOUSE.search(text) and _LIVES.search(text):
        for found in _PLAIN_HOUSE.finditer(text):
            if found[0].lower() not in own and _is_lived_in(reading, found, is_plain=True):
                yield Hit(reading.field, *reading.span(*found.span()))
    for found in _ZIP.finditer(text) if FIVE_DIGITS in reading.traits else ():
        is_said = _ZIP_SAID.search(text[max(0, found.start() - 24) : found.start()])
        if is_said and found[1] not in own and _is_somebodys_zip(reading, found):
            yield Hit(reading.field, *reading.span(*found.span()))


def _may_name_a_house(reading: Reading) -> bool:
    """Whether a word for a street stands in the text; an English one is written with a capital."""
    if not reading.holds_none_of(_CALLES):
        return True
    if reading.holds_none_of(_KIND_WORDS):
        return False
    return any(word.is_capital and word.bare in _KIND_WORDS for word in reading.tokens.known)


def _is_lived_in(reading: Reading, found: re.Match[str], *, is_plain: bool = False) -> bool:
    first, last = reading.sentence(*found.span())
    first, last = max(first, found.start() - 140), min(last, found.end() + 140)
    if reading.holds(_OPEN, first, last):
        return False
    if reading.holds(_LIVES, first, last):
        return not is_plain or reading.holds(
            _LIVES, max(first, found.start() - 60), min(last, found.end() + 40)
        )
    return not is_plain and is_told_of(reading, first, last) and is_in_care(reading, *found.span())


def _is_somebodys_zip(reading: Reading, found: re.Match[str]) -> bool:
    first, last = reading.around(*found.span())
    first, last = max(first, found.start() - 140), min(last, found.end() + 140)
    if reading.holds(_PUBLIC_ZIP, first, last):
        return False
    return reading.holds(_AGED, first, last) and is_in_care(reading, *found.span())
