"""The organization's own people, as words: whom it may name, and who is nobody's patient."""

import re
from dataclasses import dataclass

from bedside.guard.lexicon import listed
from bedside.guard.normalize import plain
from bedside.guard.organization import OrganizationFacts

_TITLES = listed("dr dra doctor mr mrs ms md do rn np pa phd dds dmd")


@dataclass(frozen=True, slots=True)
class Directory:
    """Full names as rows of words, and each part with which a title may stand."""

    names: frozenset[tuple[str, ...]] = frozenset()
    parts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, organization: OrganizationFacts, consented: tuple[str, ...] = ()) -> "Directory":
        """Everybody whom the organization may name: its directory and who consented."""
        names = [clinician.name for clinician in organization.clinicians]
        names += [*organization.staff, *organization.spokespeople, *consented]
        words = [tuple(word for word in _words(name) if word not in _TITLES) for name in names]
        return cls(
            names=frozenset(word for word in words if word),
            parts=frozenset(part for word in words for part in word if len(part) > 1),
        )


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z']+", plain(name).text.lower())
