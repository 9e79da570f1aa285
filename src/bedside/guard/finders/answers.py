"""A reply that gives somebody the number they asked for: `It's 00771824.`

The number alone says nothing; the question that it answers says whose it is.
"""

import re
from collections.abc import Iterator

from bedside.guard.finders.owners import is_nobodys
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape

_ASKS = Shape(
    r"\b(?:my|mine|our|me|mi|mis|her|his|i|we|im|lost|forgot|need|whats|what's|what|which|cual)\b[^\n]{0,60}(?:#|\b(?:numbers?|"
    r"id|ids|mrn|records?|charts?|user ?names?|"
    r"user|log ?in|e-?mails?|address|policy|poliza|mbi|supplies|shipment|package|pedido|member|cards?|wristband|"
    r"booking|bracelet|confirmation|"
    r"account|acct|rx|prescriptions?|refill|ssn|"
    r"social|expediente|numero|correo|usuario|insurance|aseguranza|seguro|plan|password|pin|case|claim|"
    r"order|referral|"
    r"system|test|refund|reembolso|check)\b)|^ ?\W*(?:number|id|mrn|card|chart|login|user ?name|"
    r"confirmation|order)\W*$",
    re.IGNORECASE,
)
_GIVES = Shape(
    r"(?<![\w$.\-/])(?P<id>\d{5,12}(?!,?\w)(?!\.\d)|\d{2,4}(?: \d{1,4}){2,4}(?! ?[ap]\.?m)|"
    r"[A-Z]{1,3}\d{2,4}(?: \d{2,4}){2,4}|(?=[A-Za-z0-9\-]{0,20}\d{3}|"
    r"(?:[A-Z\-]{0,6}\d){4})(?:[A-Za-z]{1,7}-?\d[\dA-Za-z]*|\d[\dA-Za-z]*)"
    r"(?:-[\dA-Za-z]{1,10}){1,4}|[A-Za-z]{1,3}\d{5,12}|[a-z]{3,20}\d{2,4})(?![\w@\-])"
)
_HOUSE = re.compile(
    r"\b(?:forms?|forma|ext|extension|suite|option|opcion|page|store|counter|door|room|salon|gate|"
    r"usually|printed|back of|"
    r"plans|our(?! system)|call|npi|lot|zip|code|text|fax|line|desk|public|list|zoom|meeting|route|bus|shirt|bib|"
    r"p\.?o|po|https?)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b[A-Z]{2},? \d{5}\b")
_PHONELIKE = re.compile(
    r"(?:1-)?(?:\d{3}-)?\d{3}-\d{4}$|\d{1,2}-\d{1,2}(?:-\d{2,4})?$|(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$|"
    r"\d{1,2}(?:am|pm)?-\d{1,2}(?:am|pm)?$"
)


_ASKS_OF_THE_HOUSE = re.compile(
    r"\b(?:npi|tax|ein|clia|meeting|zoom|webinar|your (?:phone|fax|license|address|number))\b", re.IGNORECASE
)
# The last four digits of something, asked for and given.
_ASKS_FOUR = re.compile(
    r"\b(?:last|ultim[oa]s)(?: (?:four|4|cuatro))?\b[^\n]{0,30}\b(?:4|four|digits|cuatro|digitos|social|ssn)\b|"
    r"\blast ?4\b",
    re.IGNORECASE,
)
_GIVES_FOUR = Shape(
    r"\b(?:it's|its|it is|that's|they're|yours (?:is|are)|son|es|ends in|ending)[ :#]{1,2}(?P<id>(?!(?:19|"
    r"20)\d\d)\d{4})"
    r"(?![\w/\-]|[.,:]\d| ?[ap]\.?m)|^ ?(?P<alone>\d{4})\b(?![\-/:])",
    re.IGNORECASE,
)


def given_numbers(reading: Reading, text: str, parent: Reading) -> Iterator[tuple[int, int]]:
    """Where a number stands that answers the parent's question for it."""
    asked = parent.plain.text[:2000]
    if _ASKS_OF_THE_HOUSE.search(asked):
        return
    if _ASKS_FOUR.search(asked):
        yield from (found.span() for found in _GIVES_FOUR.finditer(text))
    if not _ASKS.search(asked):
        return
    for found in _GIVES.finditer(text):
        if _PHONELIKE.match(found["id"]):
            continue
        first, last = reading.sentence(*found.span())
        first, last = max(first, found.start() - 120), min(last, found.end() + 120)
        if (
            not reading.said.hold(_HOUSE, first, last)
            and not reading.said.hold(_ADDRESS, first, last)
            and not is_nobodys(reading, *found.span())
        ):
            yield found.span()
