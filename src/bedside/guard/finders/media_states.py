"""What was done to a picture or film, or could not be done: covered, withheld, not looked into, too faint, with
sound, flashing.
"""

from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.hits import Case, Hit
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.rulebook import Rule

_IN_CARE = (
    "(patients?|pacientes?|hospital gown|gown|iv|hospital bed|bedside|stretcher|wheelchair|bandage*|incubator|nicu|icu|"
    "newborn|preemie|ventilator|wristband|chemo*|dialysis|surgery|treatment|exam room|waiting room|camilla|incubadora|"
    "silla de ruedas|recien nacid[oa]|quimio*|cirugia)"
)
_LICENSED = (
    "(stock|model release|release on file|authorization on file|actor|actors|models?|staff (only|member*))"
)
_RELEASED = (
    "(stock|model release|release on file|authorization on file|actor|actors|models?|staff|team|nurses?|doctors?|dr|"
    "physicians?|surgeons?|clinicians?|volunteers?|employees?|colleagues?|enfermer[oa]s?|medic[oa]s?|equipo|personal)"
)


def faint(case: Case, rule: Rule) -> Iterator[Hit]:
    """Words of a graphic that do not stand out enough from their ground."""
    for number, media in enumerate(case.material.media):
        for words in media.faint:
            start = media.text_in_picture.find(words)
            if start >= 0:
                yield Hit(f"picture_text[{number}]", start, start + len(words))
                break


def covered(case: Case, rule: Rule) -> Iterator[Hit]:
    """Somebody in care whose face was covered: the rest of the picture may still tell who it is."""
    in_care, licensed, _released = _patterns()
    for number, media in enumerate(case.material.media):
        if media.covered_faces:
            near = [case.reading(f"alt_texts[{number}]"), case.reading("text")]
            told = [reading for reading in near if reading is not None]
            if any(in_care.search(r.marked) for r in told) and not any(
                licensed.search(r.marked) for r in told
            ):
                yield Hit(f"media[{number}]", 0, 0)


def faces_seen(case: Case, rule: Rule) -> Iterator[Hit]:
    """Faces of which the description does not say that they are staff, models or otherwise released."""
    in_care, _licensed, released = _patterns()
    for number, media in enumerate(case.material.media):
        told = case.reading(f"alt_texts[{number}]")
        is_released = told is not None and released.search(told.marked) and not in_care.search(told.marked)
        if media.faces and not is_released:
            yield Hit(f"media[{number}]", 0, 0)


def flashing(case: Case, rule: Rule) -> Iterator[Hit]:
    """Films and animations that flash too often; the seconds are in the material (`MediaFacts.flashes`)."""
    for number, media in enumerate(case.material.media):
        if media.flashes:
            yield Hit(f"media[{number}].flashes", 0, 0)


def sounding(case: Case, rule: Rule) -> Iterator[Hit]:
    """Films with sound: nobody but a person can hear what is said in them."""
    for number, media in enumerate(case.material.media):
        if media.has_sound:
            yield Hit(f"media[{number}]", 0, 0)


def unseen(case: Case, rule: Rule) -> Iterator[Hit]:
    """Pictures and films that no program could look into."""
    for number, media in enumerate(case.material.media):
        if media.is_unseen:
            yield Hit(f"media[{number}]", 0, 0)


def withheld(case: Case, rule: Rule) -> Iterator[Hit]:
    """The uncovered picture, whose covered copy is in the library."""
    for number, media in enumerate(case.material.media):
        if media.is_withheld:
            yield Hit(f"media[{number}]", 0, 0)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Pattern, ...]:
    return pattern(_IN_CARE), pattern(_LICENSED), pattern(_RELEASED)
