"""What a reply gives away by comparison with the text it answers: echoed health words and new names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import LISTS, lexicon, listed
from bedside.guard.people import Person
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape

# The author speaks of themselves or theirs: without this, a question about a service is no disclosure.
_OWN = (
    "(i|i'm|i've|i'd|my|me|mine|we|our|us|mi|mis|yo|me|nuestr[oa]|tengo|tuve|estoy|estuve|soy|fui|nos|"
    "{who}'s|husband|wife|mom|dad|son|daughter|mother|father)"
)
_SERVICES = listed(
    "vaccine vaccines vaccination vaccinations vacuna vacunas screening screenings exam exams checkup checkups "
    "physical physicals test tests prueba pruebas therapy therapies birth admission labs treatment treatments "
    "procedure procedures medicine medicines medicina medicinas medication medications dose condition conditions "
    "disease illness enfermedad symptoms sintomas results resultados mental health salud mental chart diagnosis "
    "consulta alta ingreso examen examenes flu influenza covid coronavirus trauma injury wound wounds mass back "
    "head face hand hands heart hospital clinic head mono ms it or"
)


def echoes(case: Case, rule: Rule) -> Iterator[Hit]:
    """Health words that the author disclosed and the reply repeats."""
    if not case.is_reply or case.parent is None or not _is_disclosure(case, case.parent):
        return
    told = {_stem(word) for word, _, _ in _health_words(case.parent)}
    if not told:
        return
    for reading in case.readings:
        for word, start, end in _health_words(reading):
            if _stem(word) in told:
                yield Hit(reading.field, *reading.span(start, end))


def names(case: Case, rule: Rule) -> Iterator[Hit]:
    """Names of persons that are neither ours nor in the text being answered.

    A bare given name under a comment is how networks address one another: a person must look, no more.
    """
    if not case.is_reply:
        return
    shown = set(case.parent.tokens.words) if case.parent else set()
    for reading in case.readings:
        if not reading.is_prose:
            continue
        for person in reading.people:
            if (
                person.kind == "known_person"
                or _is_shown(reading, person, shown)
                or _is_ours(reading, person)
            ):
                continue
            bare = person.kind != "full_person"
            if person.kind == "maybe_person" and not _is_addressed(reading, person):
                continue
            if bare and case.material.surface == "comment_reply":
                yield Hit(
                    reading.field, *reading.span(person.start, person.end), None, "needs sign-off", "brand"
                )
            else:
                yield Hit(reading.field, *reading.span(person.start, person.end))


def _is_disclosure(case: Case, parent: Reading) -> bool:
    """Reviews tell what was lived through, often without saying "I"; a comment may be a question about a service."""
    is_told = case.material.surface == "review_reply" and b"?" not in parent.marked
    return is_told or _tells_of_self().search(parent.marked) is not None


@lru_cache(maxsize=1)
def _tells_of_self() -> Pattern:
    return pattern(_OWN)


@lru_cache(maxsize=1)
def _health() -> Pattern:
    words = lexicon().patterns()
    wanted = [
        words[name] for name in LISTS if name in ("condition", "sensitive", "procedure", "drug", "body")
    ]
    return Pattern(b"(?:" + b"|".join(wanted) + b")")


def _health_words(reading: Reading) -> Iterator[tuple[str, int, int]]:
    for first, last in _health().spans(reading.marked):
        for word in re.finditer(rb"[a-z][a-z']{2,}", reading.marked[first:last]):
            text = word.group().decode()
            if text not in _SERVICES:
                yield text, first + word.start(), first + word.end()


def _stem(word: str) -> str:
    return word.removesuffix("'s").rstrip("s")[:7]


def _is_shown(reading: Reading, person: Person, shown: set[str]) -> bool:
    words = re.findall(r"[a-z']+", reading.plain.text[person.start : person.end].lower())
    courtesy = {"mr", "mrs", "ms", "miss", "dr"}
    return all(word.removesuffix("'s") in shown or word in courtesy or f"{word}'s" in shown for word in words)


_OURS_BEFORE = Shape(
    r"(?:ask for|asking for|pregunt[ae] por|speak (?:with|to)|talk to|contact|call|reach|email|attn:?|"
    r"manager|office manager"
    r"|director|coordinator|navigator|liaison|our own|teammates?|colleagues?|staff (?:member|like)?|team "
    r"members?|nurse|with|from|by"
    r"|sincerely,?|regards,?|respectfully,?|best,?|warmly,?|-|~|/|gerente|directora?|atentamente,?)\s*$",
    re.IGNORECASE,
)
_OURS_AFTER = re.compile(
    r"^,?\s*(?:\(|,|-|in|at|from|our|the|with|de|en|nuestr[oa]|,)?\s*(?:our|the|nuestr[oa]|a|el|la)?\s*(?:"
    r"\w+\s){0,2}"
    r"(?:manager|director|coordinator|relations|advocate|office|supervisor|navigator|team|nurse|gerente|"
    r"directora?|front desk|specialist|liaison|practice manager)\b",
    re.IGNORECASE,
)


def _is_ours(reading: Reading, person: Person) -> bool:
    text = reading.plain.text
    if _OURS_BEFORE.search(text[max(0, person.start - 40) : person.start]):
        return True
    return bool(_OURS_AFTER.match(text[person.end : person.end + 50])) and text[
        person.end : person.end + 1
    ] in (",", " ", "(")


_GREETING = re.compile(
    r"(?:^|[\n.!?])\s*(?:hi|hello|hey|dear|hola|estimad[oa]|querid[oa]|thanks|thank you|gracias|sorry|good"
    r" (?:morning|afternoon))[ ,]+$",
    re.IGNORECASE,
)


def _is_addressed(reading: Reading, person: Person) -> bool:
    return bool(_GREETING.search(reading.plain.text[max(0, person.start - 24) : person.start]))
