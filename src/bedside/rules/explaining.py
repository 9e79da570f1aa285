"""A rule told to a person: where it holds, what it stands on, and examples on both sides of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bedside.guard import Material, Rule
from bedside.rules.models import Level, SurfaceChoice
from bedside.rules.naming import shipped

FAMILY_NAMES: dict[str, Promise] = {
    "accessibility": _("Accessibility"),
    "ads": _("Advertising"),
    "authorization": _("Authorization"),
    "claims": _("Claims"),
    "conduct": _("Conduct"),
    "endorsement": _("Endorsement and reviews"),
    "ip": _("Others' texts and pictures"),
    "media": _("Pictures and films"),
    "phi": _("Patients' information"),
    "profile": _("Profiles"),
    "reply": _("Answers"),
    "safety": _("Safety"),
    "tracking": _("Links and tracking"),
}


@dataclass(frozen=True)
class Told:
    """What the page of a rule shows beside its own fields."""

    family: str
    places: list[str]
    override: str
    breaks: list[str]
    keeps: list[str]


def families() -> list[tuple[str, str]]:
    """The families that have rules, with their names."""
    known = sorted({rule.family for rule in shipped().values()})
    return [(family, family_name(family)) for family in known]


def family_name(family: str) -> str:
    """The family in words; a new one by its own."""
    return str(FAMILY_NAMES.get(family, family.capitalize()))


def told(rule: Rule) -> Told:
    """The rule in words."""
    return Told(
        family=family_name(rule.family),
        places=[str(label) for surface, label in SurfaceChoice.choices if surface in rule.surfaces],
        override=str(Level(rule.override).label),
        breaks=list(_texts(rule.breaks)),
        keeps=list(_texts(rule.keeps)),
    )


def _texts(examples: Iterable[Material]) -> Iterable[str]:
    for example in examples:
        said = [example.text, example.first_comment, *(link.url for link in example.links)]
        said += [media.alt_text for media in example.media]
        if words := " · ".join(" ".join(text.split()) for text in said if text.strip()):
            yield words
