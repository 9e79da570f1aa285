"""What the organization says about itself, so that its own names, numbers and sites are no findings.

Values only. Who keeps the directory up to date is not the guard's business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bedside.guard.material import Surface
from bedside.guard.verdict import Override, SignOff, Weight


@dataclass(frozen=True, slots=True)
class Clinician:
    """A person who treats patients here and may be named in public."""

    name: str
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of the organization's own: phrases that break it, phrases that keep it, and what to say.

    A phrase is matched as words, whatever its case, accents or spacing; `*` at the end of a word stands for
    any ending. `breaks` and `keeps` are texts that must and must not be found before the rule may be saved.
    Without `surfaces` the rule holds everywhere. `sign_off` says whose signature is asked for, where one is.
    """

    id: str
    title: str
    phrases: tuple[str, ...]
    why: str = ""
    instead: str = ""
    weight: Weight = "advises"
    replacement: str | None = None
    breaks: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    sign_off: SignOff = "brand"
    override: Override = "approver-with-reason"

    def holds_on(self, surface: Surface) -> bool:
        """Whether the rule speaks about texts of this kind."""
        return not self.surfaces or surface in self.surfaces


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """The organization's public directory and its own choices about rules.

    `regrades` maps a rule id to another weight; a rule that can never be overridden keeps its own weight.
    """

    name: str = ""
    clinicians: tuple[Clinician, ...] = ()
    staff: tuple[str, ...] = ()
    spokespeople: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    state: str = ""
    entity_type: str = ""
    own_rules: tuple[OwnRule, ...] = ()
    regrades: tuple[tuple[str, Weight], ...] = field(default=())

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "OrganizationFacts":
        """Facts from a parsed `org.json`; unknown keys are ignored, wrong shapes raise ValueError."""
        if not isinstance(facts, Mapping):
            raise ValueError("The organization's facts must be one JSON object.")
        return cls(
            name=_text(facts, "name"),
            clinicians=tuple(_clinicians(facts.get("clinicians") or ())),
            state=_text(facts, "state"),
            entity_type=_text(facts, "entity_type"),
            own_rules=tuple(_own_rule(rule) for rule in facts.get("own_rules") or ()),
            regrades=tuple(dict(facts.get("regrades") or {}).items()),
            **{key: _texts(facts, key) for key in _LISTS},
        )

    def with_own_rules(self, own_rules: Iterable[OwnRule]) -> "OrganizationFacts":
        """The same organization with these rules of its own."""
        return replace(self, own_rules=tuple(own_rules))


_LISTS = ("staff", "spokespeople", "phones", "emails", "addresses", "sites", "handles")


def _text(facts: Mapping[str, Any], key: str) -> str:
    found = facts.get(key) or ""
    if not isinstance(found, str):
        raise ValueError(f"'{key}' must be text.")
    return found


def _texts(facts: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = facts.get(key) or ()
    if isinstance(found, str) or not isinstance(found, Iterable):
        raise ValueError(f"'{key}' must be a list of texts.")
    return tuple(_name(entry, key) for entry in found)


def _name(entry: Any, key: str) -> str:
    if isinstance(entry, Mapping):
        entry = entry.get("name", "")
    if not isinstance(entry, str):
        raise ValueError(f"'{key}' must be a list of texts.")
    return entry


def _clinicians(entries: Iterable[Any]) -> Iterable[Clinician]:
    for entry in entries:
        specialty = entry.get("specialty") if isinstance(entry, Mapping) else ""
        yield Clinician(name=_name(entry, "clinicians"), specialty=str(specialty or ""))


def _own_rule(entry: Mapping[str, Any]) -> OwnRule:
    if not isinstance(entry, Mapping) or not entry.get("id") or not entry.get("phrases"):
        raise ValueError("Each of 'own_rules' needs at least an 'id' and 'phrases'.")
    lists: dict[str, Any] = {
        key: tuple(entry.get(key) or ()) for key in ("phrases", "breaks", "keeps", "surfaces")
    }
    texts: dict[str, Any] = {
        key: entry[key]
        for key in ("why", "instead", "weight", "replacement", "sign_off", "override")
        if key in entry
    }
    return OwnRule(id=entry["id"], title=entry.get("title") or entry["id"], **lists, **texts)
