"""The day on which somebody was born, written out: `born 7-22-1958`, `DOB is March 3rd, 1971`, `Kruse, 8/30/91`.

A full date of years ago beside one person in care is a birth date until something else is said of it.
"""

import re
from collections.abc import Iterator

from bedside.guard.calendar_words import MONTHS, SHORT_MONTHS, SPANISH_MONTHS
from bedside.guard.finders import given_days
from bedside.guard.finders.owners import is_in_care, is_spoken_to, is_told_of
from bedside.guard.hits import Case, Hit
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.signs import Signs
from bedside.guard.traits import DATE, PARENT

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|"
    r"diciembre)"
)
_DATE = re.compile(
    r"(?<![\d/\-.$])(?:0?[1-9]|[12]\d|3[01])([/\-.])(?:0?[1-9]|[12]\d|3[01])\1((?:19|20)\d\d|"
    r"\d\d)(?![\d/\-]|\.\d)"
    rf"|\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? ((?:19|20)\d\d)\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:de |of )?{_MONTHS}(?: (?:de|del))?,? ((?:19|20)?\d\d)\b",
    re.IGNORECASE,
)
_BORN = Shape(
    r"\b(?:born|birth ?days?|birth ?dates?|bday|b-day|d\.?o\.?b|nacid[oa]s?|naci|nacio|fecha de nac\w*|"
    r"cumple\w*|date of birth)\b"
    r"|\b(?:id|wrist) ?bands?\b|\bfall risk\b|\ballerg(?:y|ies|ic)\b|\bb\. ?(?=\d)",
    re.IGNORECASE,
)
_SHORT_DATE = Shape(
    r"(?:d\.?o\.?b\.?|date of birth|fecha de nacimiento|"
    r"birth ?date)[^\n\d]{0,20}\d{1,2}[/\-. ]\d{1,2}(?:[/\-. ]\d{2,4})?"
    r"|(?:d\.?o\.?b\.?|born|date of birth|birth ?date|fecha de nacimiento)[: ]{1,3}(?:in )?'?\d{2,8}\b(?! ?(?:%|"
    r"percent|babies|lbs|pounds|weeks))",
    re.IGNORECASE,
)
_NOT_BORN = Shape(
    r"\b(?:opened|opens|fundad\w+|abiert[ao]|abrio|founded|built|since|hired|anniversary|redone|began|"
    r"begin|established|dedicated|published|updated|effective|"
    r"expires?|version|policy|law|act|ordinance|resolution|signed|recall\w*|lot|sold|made|hospital's|"
    r"clinic's|center's|our (?:hospital|"
    r"clinic|center|building)|fallecio|discovered|invented|history|bond|filed|between|class of|deadline|"
    r"due|screening|"
    r"born (?:between|before|after|from|in)|register|clinic (?:is|on|from)|celebrated|historic\w*|"
    r"president|author|throwback|nobel|pioneer\w*|world war|first successful)\b",
    re.IGNORECASE,
)
_PUBLIC = Shape(
    r"\b(?:vaccin\w+|vacun\w+|covid\w*|drive-thru|data|cases|deaths?|eligib\w+|appointments available|"
    r"webinar|reported|"
    r"statewide|survey|salary|apply)\b",
    re.IGNORECASE,
)

_MAY_BE_DATE = Shape(
    r"\d[/\-.]\d\d?[/\-.]\d\d|\b(?:19|20)\d\d\b|\d (?:de |of )?[a-z]{3,10},? (?:del? )?\d\d", re.IGNORECASE
)
_BORN_WORDS = frozenset(["dob", "d", "born", "birth", "birthdate", "nacimiento"])
_MONTH_WORDS = MONTHS | SHORT_MONTHS | SPANISH_MONTHS
SIGNS = Signs(words=_MONTH_WORDS, alone=_BORN_WORDS, traits=frozenset((DATE, PARENT)))
_YEARS_AGO, _LONG_AGO, _LONGEST_LIFE = 1, 6, 110
_REACH = 160


def of_somebody(case: Case, rule: Rule) -> Iterator[Hit]:
    """Birth dates of one person, called so or standing beside that person; and days that somebody asked for."""
    yield from given_days.given(case)
    for reading in case.readings:
        if not reading.has_digits:
            continue
        text = reading.said.text
        for found in _DATE.finditer(text) if _MAY_BE_DATE.search(text) else ():
            year = _year(found[2] or found[3] or found[4], case.on.year)
            if year <= case.on.year - _YEARS_AGO and _is_birth(case, reading, found, case.on.year - year):
                yield Hit(reading.field, *reading.span(*found.span()))
        if reading.word_set.isdisjoint(_BORN_WORDS):
            continue
        for found in _SHORT_DATE.finditer(text):
            if not reading.said.hold(_NOT_BORN, found.start() - 60, found.end() + 60):
                yield Hit(reading.field, *reading.span(*found.span()))


def _is_birth(case: Case, reading: Reading, found: re.Match[str], years: int) -> bool:
    said = reading.said
    first, last = reading.sentence(*found.span())
    first, last = max(first, found.start() - _REACH), min(last, found.end() + _REACH)
    if years > _LONGEST_LIFE or said.hold(_NOT_BORN, first, last):
        return False
    if said.hold(_BORN, found.start() - 60, found.end() + 60):
        return True
    if years < _LONG_AGO or said.hold(_PUBLIC, 0, len(said.text)):
        return False
    is_personal = is_told_of(reading, first, last) or is_spoken_to(reading, first, last)
    return (is_personal or case.is_reply) and is_in_care(reading, *found.span())


def _year(written: str, today: int) -> int:
    if len(written) == 4:
        return int(written)
    return 1900 + int(written) if int(written) > today % 100 else 2000 + int(written)
