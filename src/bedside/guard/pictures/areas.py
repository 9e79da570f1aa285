"""The parts of a picture that somebody might have to cover: every line of text, face and code, and which tell of a
person.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from bedside.guard.pictures.seen import Code, Face, Line, Seen
from bedside.guard.verdict import Finding

_IN_TEXT = "picture_text["
_IN_CODES = "codes["
_OF_FLASHES = ".flashes"


def areas_of(seen: Seen, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Each part with its kind, box, words and second; `is_found` where the guard found something in it.

    Faces and codes always count as found: whose face it is and where a code leads, only a person can say.
    """
    told = set(_lines_found(seen, findings))
    areas = [_area("text", line, line.text, line in told) for line in seen.lines]
    areas += [_area("face", face, "", True) for face in seen.faces]
    return areas + [_area("code", code, code.text, True) for code in seen.codes]


def second_of(seen: Seen, found: Finding) -> float | None:
    """The second of a film in which a finding is first seen; None for pictures and for other fields."""
    if found.field.endswith(_OF_FLASHES):
        return next((start for start, _end in seen.flashes), None)
    if found.field.startswith(_IN_TEXT):
        return next((line.second for line in seen.lines_at(found.start, max(found.end, 1))), None)
    if found.field.startswith(_IN_CODES):
        return next((code.second for code in seen.codes if found.says in code.text), None)
    return None


def _lines_found(seen: Seen, findings: Iterable[Finding]) -> Iterator[Line]:
    """The lines with findings that a privacy officer would ask about. One over the whole text counts where none is
    narrower."""
    asked = [
        found
        for found in findings
        if found.field.startswith(_IN_TEXT) and (found.weight == "stops" or found.sign_off == "privacy")
    ]
    narrow = [found for found in asked if found.end - found.start < len(seen.text)]
    for found in narrow or asked:
        yield from seen.lines_at(found.start, found.end)


def _area(kind: str, sight: Line | Face | Code, words: str, is_found: bool) -> dict[str, Any]:
    box = sight.box
    area = {"kind": kind, "box": [box.x, box.y, box.width, box.height], "words": words, "is_found": is_found}
    return area if sight.second is None else {**area, "second": sight.second}
