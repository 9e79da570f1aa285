"""Whose page is that? Handles, profiles, fundraisers and files on the web that belong to one patient.

A house, its people and its partners have pages, too: so one person in care must be spoken of, or the address itself
must name the person where patients have theirs (`/patient/ellie-rowan`, `fundme.example/f/save-noah`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bedside.guard.finders.link_words import OWN_PEOPLE, given_in, names_person, words_in
from bedside.guard.finders.owners import is_in_care
from bedside.guard.finders.web_links import Link
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import listed
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape
from bedside.guard.traits import AT

_HANDLE = re.compile(r"(?<![\w.@/\-])@[A-Za-z0-9][\w.\-]{2,40}")
_PROFILES = frozenset(
    [
        "facebook",
        "instagram",
        "tiktok",
        "linkedin",
        "twitter",
        "threads",
        "strava",
        "venmo",
        "snapchat",
        "social",
        "x",
        "youtube",
    ]
)
_RAISERS = re.compile(
    r"gofund|fundme|caring|carepage|carebook|mealtrain|givehope|giveheart|helpout|hopeboard|prayers?4|/(?:help|"
    r"save|pray\w*)-"
)
_MAY_NAME_PATIENT = Shape(r"(?i:patient|paciente|resident|\bpt\b|\bpx\b)|(?<![a-z])p[tx](?![a-z])")
_OF_A_PATIENT = re.compile(r"^(?:patients?|pt|px|paciente|resident)$")
_FORMS = re.compile(
    r"\b(?:portal|login|forms?|info\w*|rights?|resources?|guides?|education|stor(?:y|ies)|news|new|safety|care|"
    r"services?|"
    r"experience|relations|financial|billing|visitors?|family|centered|advocate|privacy|all|list|page)\b"
)

_PAGES = frozenset(
    [
        "caringbridge",
        "bridge",
        "gofundme",
        "me",
        "carepage",
        "page",
        "mealtrain",
        "train",
        "fundraiser",
        "raiser",
        "blog",
        "journal",
        "site",
        "registry",
        "feed",
        "video",
        "photo",
        "photos",
        "pictures",
        "scan",
        "mri",
        "xray",
        "xrays",
        "ray",
        "rays",
        "ultrasound",
        "telehealth",
        "thread",
        "pagina",
        "perfil",
        "recaudacion",
    ]
)
# Whose page it is, just before: `Her CaringBridge page: ...`, `Bill's page: ...`.
_THEIR_PAGE = Shape(
    r"\b(?:her|his|their|(?:mom|dad|aunt|uncle|grandma|grandpa|baby|family|boy|girl|patient|twins)'?s?'?|[a-z]+'s|"
    r"su|de la familia)"
    r" (?:[\w'\-]+ ){0,3}?(?:caring ?bridge|go ?fund ?me|care ?page|meal ?train|fund ?raiser|blog|journal|page|"
    r"site|registry|"
    r"feed|video|photos?|pictures|scan|mri|x-?rays?|ultrasound|telehealth|thread|pagina|perfil|"
    r"recaudacion)\b[^.!?\n]{0,40}$"
    r"|\b(?:patient|paciente|resident|family|familia)(?: [\w']+){0,2} (?:keeps?|writes?|runs?|shares?|lleva|"
    r"tiene|escribe) (?:[\w'\-]+ ){0,2}(?:blog|journal|page|site|diary|channel|vlog|diario|pagina)\b[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
# Pages that are kept about somebody's illness: `her CaringBridge ...`.
_THEIR_RAISER = Shape(
    r"\b(?:her|his|their|(?:mom|dad|aunt|uncle|grandma|grandpa|baby|family|boy|girl|patient|twins)'?s?'?) "
    r"(?:[\w'\-]+ ){0,2}?(?:caring ?bridge|care ?page|lotsa helping hands|meal ?train|go ?fund ?me)\b[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
# `Sigan a nuestro trasplantado en ...`, `Follow her progress at ...`.
_FOLLOWED = re.compile(
    r"\b(?:follow|cheer (?:for|on)|sigan?|siga|acompanen?|apoyen?) (?:along with |con |a )?(?:him|"
    r"her|them|his|"
    r"their|our|su|nuestr[oa]|la|el|al)\b[^.!?\n]{0,50} (?:at|on|via|here|en|por|aqui)[ :]{1,3}$",
    re.IGNORECASE,
)
# Who is cheered for in a clinic is somebody's patient until more is said.
_GREETED = Shape(
    r"\b(?:proud of|cheer\w* (?:for|on)|shout ?-?out (?:to|2)|good (?:to see|seeing)|congrats(?: to)?|"
    r"congratulations(?: to)?|"
    r"get well|say hi to|felicidades(?: a)?|animo) $",
    re.IGNORECASE,
)
# Nobody's handle, whole words only: `via @FacebookWatch`, but not `@tiktok.tash.fights`.
_OF_A_NETWORK = frozenset(
    ["facebook", "facebooklive", "facebookwatch", "instagram", "linkedin", "tiktok", "twitter", "youtube"]
)
_MOST = 20  # handles of one field


def handles(case: Case) -> Iterator[Hit]:
    """Names on a network (`@brave.lily`) of whom a sentence tells that they are in care."""
    if case.is_reply:
        return
    for reading in case.readings:
        if not reading.is_prose or AT not in reading.traits:
            continue
        for _, found in zip(range(_MOST), _HANDLE.finditer(reading.plain.text), strict=False):
            name = found[0][1:].lower().rstrip(".")
            if name in _OF_A_NETWORK or name in _own_handles(case.organization.handles):
                continue
            if _is_told_in_care(reading, *found.span()):
                yield Hit(reading.field, *reading.span(*found.span()))


def _own_handles(handles: Iterable[str]) -> set[str]:
    return {handle.lower().lstrip("@") for handle in handles}


def is_of_patient(case: Case, link: Link) -> bool:
    """Whether a link leads to the page of one patient: by its own words, or by those around it."""
    if _names_patient(link.path) or _raises_for_one(link):
        return True
    if case.is_reply or not link.reading.is_prose or not link.path.strip("/"):
        return False
    if link.host.startswith("caringbridge."):
        return True
    if "caring" in link.host or "carepage" in link.host:
        return bool(_patterns()[0].search(link.reading.marked[max(0, link.start - 120) : link.start]))
    if not link.reading.word_set.isdisjoint(_SAID_WORDS) and _is_said_to_be_theirs(link):
        return True
    is_theirs = not _PROFILES.isdisjoint(link.host.split("."))
    if not is_theirs and not link.reading.word_set.isdisjoint(_PAGES):
        is_theirs = bool(_THEIR_PAGE.search(link.reading.plain.text[max(0, link.start - 120) : link.start]))
    return is_theirs and _is_told_in_care(link.reading, link.start, link.end)


_RAISER_WORDS = listed("caringbridge bridge carepage gofundme fund mealtrain train hands")
_SAID_WORDS = _RAISER_WORDS | listed("follow cheer sigan siga sigue acompanen acompane apoyen apoye")


def _is_said_to_be_theirs(link: Link) -> bool:
    """Whether the words before a link say that it leads to what is told of one patient's illness."""
    reading = link.reading
    is_raiser = not reading.word_set.isdisjoint(_RAISER_WORDS)
    before = reading.plain.text[max(0, link.start - 100) : link.start]
    if is_raiser and _THEIR_RAISER.search(before):
        return True
    return bool(_FOLLOWED.search(before)) and _is_told_in_care(reading, link.start, link.end)


def _names_patient(path: str) -> bool:
    """`/patient/ellie-rowan`, `/cases/patient-ellsworth-r`."""
    if not _MAY_NAME_PATIENT.search(path):
        return False
    pieces = [words_in(piece) for piece in path.split("/")]
    for before, words in zip([[], *pieces], pieces, strict=False):
        is_of_one = any(map(_OF_A_PATIENT.match, words)) or (
            len(before) == 1 and _OF_A_PATIENT.match(before[0])
        )
        if is_of_one and given_in(words) and not _FORMS.search(" ".join(words)):
            return True
    return False


def _raises_for_one(link: Link) -> bool:
    address = link.host + link.path.lower()
    if not _RAISERS.search(address):
        return False
    words = words_in(link.path)
    is_named = given_in(words) or names_person(link.path, in_full=True)
    return is_named and not OWN_PEOPLE.search(" ".join(words))


def _is_told_in_care(reading: Reading, start: int, end: int) -> bool:
    first, last = reading.sentence(start, end)
    first, last = max(first, start - 160), min(last, end + 160)
    around = reading.marked[first:last]
    told, excuse = _patterns()
    is_told = told.search(around) or _GREETED.search(reading.plain.text[max(0, start - 60) : start])
    return bool(is_told) and not excuse.search(around) and is_in_care(reading, start, end)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, Pattern]:
    return (
        pattern(
            "(he|she|he's|she's|him|her|his|hers|whose|patient|paciente|pt|survivor|warrior|fighter|champ|"
            "{patient_one}|"
            "our (\\w* ){0,3}{who}|su|nuestr[oa]|sober with us)"
        ),
        pattern(
            "({not_patient}|{service}|{clinician}|team|staff|partner*|sponsor*|follow us|join us|chapter|foundation|"
            "ad|ads|publicidad|gifted|gift|paid|paying|pagada|free|gratis|influencer|recall*|maker|campaign|campana)"
        ),
    )
