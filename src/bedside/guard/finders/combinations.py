"""How many mild details about one person stand together: each harmless, three of them a portrait."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bedside.guard.hits import Case, Hit
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.rulebook import Rule

# One detail each. Sex and "patient" alone count little, so they are not listed.
_DETAILS = (
    r"(\d+[- ]?(year|yr|month|week|day)s?[- ]?(old|young)|\d+ ?(yo|y/o)|\d+[mf]|teen|teenager|toddler|"
    r"newborn|elderly|middle aged|in (her|his|their) (twenties|thirties|forties|fifties|sixties|seventies|"
    r"eighties|\d0s)|\d+ anos|{person} \d\d|age \d+)",
    "(hmong|somali|amish|mennonite|navajo|lakota|cherokee|haitian|korean|vietnamese|hispanic|latin[oa]|"
    "black|white|asian|african american|native american|muslim|jewish|sikh|immigrant|refugee|guatemalan|"
    "ethiopian|marshallese|transgender|indigena|mixtec[oa])",
    r"(from (the )?(\w* )?(county|town|village|city|neighborhood|reservation|high school|elementary|middle"
    r" school|school|church|farm|plant|mill|base|prison|jail|shelter|nursing home|dorm|north|south|east|"
    r"west side)|who lives (in|on|near)|local|soccer team|football team|team|kindergarten|del pueblo|del "
    r"condado|de la escuela)",
    "({day}|after .. (game|fire|crash|accident|wreck|shooting|storm|rodeo|wedding|prom|party|explosion|"
    "collision|fall|race|concert|graduation)|christmas|thanksgiving|easter|halloween|july 4th|labor day|"
    "navidad)",
    "({job}|trucker|roofer|nurse|veteran|farmer|rancher|marine|logger|welder|soccer|football|basketball|"
    "cheerleader|gymnast|wrestler)",
    "({ill}|pregnant|stabbed|shot|burned|bitten|crash|wreck|stroke|surgery|transplant)",
    "({careplace}|stable|critical|brought in|admitted|discharged|airlifted|treated (here|by|at)|diagnosed|"
    "ingresad[oa]|estable)",
)
CARE = _DETAILS[-2:]
SOMEBODY = "({patient_one}|{somebody})"
_EXCUSE = (
    "({generic}|{service}|gift|recipe|reminding|{not_patient}|vaccin*|vacun*|appointments?|register|free|clinic "
    "hours|walk ins?|join|event|"
    "eligible|covid|screening|learn|tips|call|visit|prevent*|sports physical|camp|class|hiring|apply"
    "|health (department|officials|district)|confirmed cases|reported|toured|visited|visits|spoke|speaks|"
    "event|aged? \\d+ (and|or)|ages \\d+|years and older|and older|or older|and up)"
)
_ENOUGH = 3


def of_details(case: Case, rule: Rule) -> Iterator[Hit]:
    """Sentences in which three or more details, one of them about health or care, describe one person."""
    somebody, excuse, details = _patterns()
    for reading in case.readings:
        for first, last in reading.sentences_with(somebody) if reading.is_prose else ():
            sentence = reading.marked[first:last]
            if not excuse.search(sentence) and _tells_enough(sentence, details):
                yield Hit(reading.field, *reading.span(first, last))


def _tells_enough(sentence: bytes, details: Sequence[Pattern]) -> bool:
    """Whether three details stand in the sentence: one of health or care, and two that are not the place of care."""
    *mild, ill, in_care = details
    is_ill, is_in_care = ill.search(sentence) is not None, in_care.search(sentence) is not None
    if not is_ill and not is_in_care:
        return False
    count = is_ill + sum(each.search(sentence) is not None for each in mild)
    return count >= 2 and count + is_in_care >= _ENOUGH


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, Pattern, tuple[Pattern, ...]]:
    return pattern(SOMEBODY), pattern(_EXCUSE), tuple(pattern(detail) for detail in _DETAILS)
