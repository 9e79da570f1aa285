"""A reply that tells somebody their own day: `It's the day after Halloween, 6 am.`

The day alone says nothing, and what says whose it is stands in the comment: `remind me when my scope is`. Numbers that
are asked for and given are in `answers.py`.
"""

import re
from collections.abc import Iterator

from bedside.guard.finders.owners import is_nobodys
from bedside.guard.hits import Case, Hit
from bedside.guard.shapes import Shape

_ASKS = re.compile(
    r"\b(?:when|whens|when's|what (?:day|time|date)|wat time|remind me|what's|whats|cuando|que dia|a que hora)\b"
    r"[^\n]{0,40}\b(?:my|mi|her|his|ur|moms?|mom's|dads?|dad's|son'?s|daughter'?s|kid'?s|su)\b[^\n]{0,40}"
    r"\b(?:appt|appointment|surgery|scope|scan|chemo|infusion|next|visit|cita|cirugia|procedure|mri|dose|shot|booster|"
    r"pap|tetanus|stitches|cast|port|nurse|ride|sleep study|colonoscopy|mammogram|ct|cleaning|crown|braces|"
    r"discharged?|admitted|seen|consulta|operacion)\b",
    re.IGNORECASE,
)
_DAY = Shape(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.? \d{1,2}|\d{1,2}/\d{1,2}|the \d{1,2}(?:st|nd|rd|th)|\d{1,2} de [a-z]{4,10}|el (?:lunes|martes|miercoles|"
    r"jueves|viernes|sabado|domingo)|the (?:day|week) (?:after|before|of)|\d ?(?:am|a\.m|pm|p\.m))\b",
    re.IGNORECASE,
)
# What is told to everybody who asks so, or to nobody in public.
_FOR_ALL = Shape(
    r"\b(?:open|opens|hours|clinics?|class|classes|orientation|drill|every|weekdays?|through|to friday|call|portal|"
    r"walk ?-?ins?|season|registration|we can'?t|cannot|can't|event|no podemos|llame|phone|line|if you|most|usually|"
    r"anyone|everyone|drives|blood drive|register|starts|members|results|neighbors)\b|\d{3}[\-.]\d{4}",
    re.IGNORECASE,
)


def given(case: Case) -> Iterator[Hit]:
    """Where a comment reply tells the day of a visit that the comment asks for."""
    if case.material.surface != "comment_reply" or case.parent is None:
        return
    if not _ASKS.search(case.parent.plain.text[:2000]):
        return
    for reading in case.readings:
        found = _DAY.search(reading.plain.text) if reading.is_prose else None
        if found is None or reading.holds(_FOR_ALL, 0, len(reading.plain.text)):
            continue
        if not is_nobodys(reading, *found.span()):
            yield Hit(reading.field, *reading.span(*found.span()))
