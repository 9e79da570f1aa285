"""Whether every picture is described, and described in words that help somebody who cannot see it."""

import re
from collections.abc import Iterator

from bedside.guard.hits import Case, Hit
from bedside.guard.rulebook import Rule

_FILE_NAME = re.compile(r"^\s*[\w\-. ()]+\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?|mp4)\s*$", re.IGNORECASE)
_CAMERA_NAME = re.compile(
    r"^\s*(?:img|dsc|dscn|image|photo|screenshot|pic|untitled)[\s_\-]*\d*\s*$", re.IGNORECASE
)
_SAYS_NOTHING = re.compile(
    r"^\s*(?:an? )?(?:image|picture|photo|photograph|graphic|logo|foto|imagen|banner|flyer)s?\s*\.?\s*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\s*(?:an? |the |una? )?(?:image|picture|photo|graphic|imagen|foto)(?:graph)? (?:of|de) ", re.IGNORECASE
)
_SHORTEST = 8


def missing(case: Case, rule: Rule) -> Iterator[Hit]:
    """Pictures without any description."""
    for number, media in enumerate(case.material.media):
        if media.kind in ("image", "gif") and not media.alt_text.strip():
            yield Hit(f"alt_texts[{number}]", 0, 0)


def unhelpful(case: Case, rule: Rule) -> Iterator[Hit]:
    """Descriptions that are a file's name, a single word, or open with "image of"."""
    for number, media in enumerate(case.material.media):
        alt = media.alt_text
        if not alt.strip():
            continue
        useless = _FILE_NAME.match(alt) or _CAMERA_NAME.match(alt) or _SAYS_NOTHING.match(alt)
        if useless or len(alt.strip()) < _SHORTEST:
            yield Hit(f"alt_texts[{number}]", 0, len(alt))
        elif opening := _OPENING.match(alt):
            yield Hit(f"alt_texts[{number}]", *opening.span(), weight="advises")
