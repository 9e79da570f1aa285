"""Numbers that no noun of `nouns.py` names, but that are written as only files write them: `H0044912`, `0031-7742-19`.

No list of nouns is complete: a film jacket, a candidate, a tote and a trip sheet have numbers, too. So the form is
asked first (letters and groups of digits, as no telephone, day, price or range has them) and then, as for every other
number, whether the sentences around speak of one person and of care.
"""

import re
from collections.abc import Iterator

from bedside.guard.finders.owners import is_in_family, is_lesson, is_nobodys, is_somebodys
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape
from bedside.guard.signs import Signs
from bedside.guard.traits import CODED, FIVE_DIGITS, MIXED_WORDS

SIGNS = Signs(traits=frozenset((CODED, FIVE_DIGITS, MIXED_WORDS)))

_CODE = Shape(
    r"(?<![\w$./\-@&=%+:,*])(?P<id>"
    r"[A-Z]{1,4}-?\d{5,10}"
    r"|[A-Z]{1,5}\d{0,4}(?:-\d{2,8}){1,3}(?:-[A-Z]{1,3})?"
    r"|\d{2,8}(?:-\d{2,8}){0,2}-[A-Z]{1,3}\d{0,3}"
    r"|\d{1,4}-[A-Z]{1,3}-\d{2,8}"
    r"|\d{1,8}(?:-\d{2,8}){1,3}(?:-\d)?"
    r"|0\d{5,9})(?![\w\-/%@]|[.,:]\d)"
)
# Plain digits that are said to be a number, whatever of: `permit, no. 4471902`.
_SAID = Shape(
    r"(?:\b(?:no\.?|nos\.?|number|num\.?|numero|id)(?: (?:is|was|es|ends in|ending in))?[ :#]{1,3}|(?<![\w#])# ?)"
    r"(?P<id>\d{5,9})(?![\w\-/%@]|[.,:]\d)",
    re.IGNORECASE,
)
# What is written like that and leads to nobody's file.
_OTHER = re.compile(
    r"(?:1-)?(?:\d{3}-)?\d{3}-\d{4}$|1-8\d\d-|\d{5}-\d{4}$"  # telephones, ZIP codes
    r"|(?:0?\d|1[0-2])-[0-3]?\d(?:-\d{2,4})?$|(?:19|20)\d\d(?:-(?:19|20)?\d\d){0,2}$|(?:19|20)\d\d-[01]?\d-[0-3]?\d$"
    r"|[0-2]\d[0-5]\d-[0-2]\d[0-5]\d$|\d\d-\d{7}$"  # hours, tax numbers of employers
    r"|(?:COVID|SARS|NCT|CPT|ICD|CFR|USC|ISO|IRB|NDC|LOT|FDA|CDC|CMS|HRSA|NPI|EIN|EST|VA|H[BR]|S[BR]|AB|LD|US|FM|I)"
    r"-?\d"
)
_RANGE = re.compile(r"([1-9]\d*)-([1-9]\d*)$")
_LEAST, _LEAST_OF_RANGE = 4, 6  # digits
# What a thing, a paper for everybody or the house itself is called, just before its number.
_THINGS = re.compile(
    r"\b(?:forms?|forma|formulario|models?|modelo|frames? model|styles?|items?|sku|parts?|catalog(?:ue)?|permits?|"
    r"permiso|postings?|requisition|(?:class|course|promo|plant|enrollment|discount) codes?|clave|est|plant|loggers?|"
    r"inventory|stock|assets?|(?:shelter|provider|tax|certification|facility|system|501\W*c\W*3\W*|phone|section) ?"
    r"(?:numbers?|id)?|"
    r"licen[sc]ed?|docket|rules?|grants?|committee|comite(?: de etica)?|approval|cp|zoning case|organization id|center|"
    r"donativos|gifts?|zip(?: code)?)\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)


def numbers(reading: Reading, text: str, *, in_reply: bool) -> Iterator[tuple[int, int]]:
    """Where a number stands that only a file has, and the words around it speak of one person and of care."""
    if reading.traits.isdisjoint(SIGNS.traits):
        return
    for shape in (_CODE, _SAID):
        for found in shape.finditer(text):
            place = found.span("id")
            is_other = shape is _CODE and not _is_of_a_file(found["id"])
            if (
                not is_other
                and _is_of_one(reading, *place, in_reply=in_reply)
                and not is_lesson(reading, *place)
            ):
                yield place


def _is_of_one(reading: Reading, start: int, end: int, *, in_reply: bool) -> bool:
    """Whether one person is meant, and no thing. Beside a number of a file, one person is enough without care."""
    if _THINGS.search(reading.plain.text, max(0, start - 70), start):
        return False
    if is_somebodys(reading, start, end, in_reply=in_reply):
        return True
    first, last = reading.sentence(start, end)
    is_told = is_in_family(reading, max(first, start - 120), min(last, end + 120))
    return is_told and not in_reply and not is_nobodys(reading, start, end)


def _is_of_a_file(number: str) -> bool:
    """Whether a number of that form is one that files give."""
    digits = sum(map(str.isdigit, number))
    if digits < _LEAST - (not number[-1].isdigit()) or _OTHER.match(number):
        return False
    between = _RANGE.match(number)
    return not between or (digits >= _LEAST_OF_RANGE and len(between[1]) != len(between[2]))
