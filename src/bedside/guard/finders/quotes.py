"""Quoted praise of care that is signed by, or plainly comes from, a patient."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.hits import Case, Hit
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape

_QUOTE = re.compile(r"[\"“«]([^\"“”«»]{12,600})[\"”»]\s*([^\n]{0,60})")
_OWN_CARE = (
    "(i|i'm|i've|my|me|we|our|mi|me|yo|nos) ... (pain free|my life|nurses?|staff|team|care|saved|visit|baby"
    "|appointment|hospital|clinic|doctors?|dr|surgeon|surgery|stroke|cancer|knee|hip|back|treatment|"
    "recovery|smile|teeth|clinica|equipo|cuidado|vida|cirugia|doctor[ae]?s?)"
)
_NOT_A_PATIENT = Shape(
    r"\b(?:dr\.?|md|m\.d\.|rn|np|pa-c|do|dds|dmd|phd|mph|ceo|director|manager|nurse|doctor|dra|surgeon|"
    r"president|chief|officer|employee|staff|volunteer|donor|author|says our|said our|cdc|physician|"
    r"pharmacist|therapist|specialist|commissioner|mayor|governor|student|intern|team member|colleague)\b",
    re.IGNORECASE,
)

_BY_A_PATIENT = Shape(
    r"\b(?:patient|patients|paciente|pacientes|client|survivor|grateful|happy mom|new mom)\b",
    re.IGNORECASE,
)


def of_patients(case: Case, rule: Rule) -> Iterator[Hit]:
    """Quotations in the first person about care, unless somebody from the house or the field speaks."""
    if case.is_reply:
        return
    for reading in case.readings:
        text = reading.plain.text
        if not reading.is_prose or '"' not in text:
            continue
        for found in _QUOTE.finditer(text):
            quoted = found[1].lower().encode("ascii", "ignore")
            around = text[max(0, found.start() - 60) : found.start()] + " " + found[2]
            own = _own_care().search(quoted) or _BY_A_PATIENT.search(around)
            if own and not _NOT_A_PATIENT.search(around):
                yield Hit(reading.field, *reading.plain.span(found.start(), found.end(1) + 1))


@lru_cache(maxsize=1)
def _own_care() -> Pattern:
    return pattern(_OWN_CARE)
