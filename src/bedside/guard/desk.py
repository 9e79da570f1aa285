"""The reading desk: turns a material into readings, with one organization's directory at hand.

Built once per organization and kept, because the same desk reads thousands of texts.
"""

import re
from datetime import date

from bedside.guard.desk_words import spelling
from bedside.guard.directory import Directory
from bedside.guard.hits import Case
from bedside.guard.material import Material
from bedside.guard.normalize import plain
from bedside.guard.organization import OrganizationFacts
from bedside.guard.own_rules import OwnRules
from bedside.guard.people import Census
from bedside.guard.reading import Reading
from bedside.guard.tokens import Tokens

_ADDRESS_FIELDS = ("links[", "codes[")
_LIST_FIELDS = ("file_names[", "metadata[")
_JOINED = re.compile(r"[_\-.+]+")


class Desk:
    """Reads for one organization."""

    def __init__(self, organization: OrganizationFacts) -> None:
        self.organization = organization
        self._census = Census(Directory.of(organization))
        self._spelling = spelling()
        self.own_rules = OwnRules(organization.own_rules)

    def case(self, material: Material, on: date) -> Case:
        """The material with all its fields read."""
        readings = [self.read(field, text) for field, text in material.fields()]
        if material.media and not readings:
            # Rules are asked field by field, and those about pictures, too.
            readings.append(self.read("text", ""))
        return Case(
            material=material,
            readings=readings,
            organization=self.organization,
            on=on,
            parent=self.read("parent", material.parent) if material.parent else None,
        )

    def read(self, field: str, text: str) -> Reading:
        """One field, read."""
        is_address = field.startswith(_ADDRESS_FIELDS) and field.endswith("]")
        is_list = field.startswith(_LIST_FIELDS)
        letters = plain(text)
        if is_list:
            letters.text = " " + _JOINED.sub(lambda m: " " * len(m.group()), letters.text[1:])
        whole, tokens = (letters, Tokens(letters.text)) if is_address else self._spelling.unfold(letters)
        people = [] if is_address else self._census.people(tokens)
        return Reading(field, text, whole, tokens, people, not (is_address or is_list))


class _Desks:
    """The desks in use, found by identity first because facts are many and compared slowly."""

    def __init__(self) -> None:
        self._last: tuple[Desk, ...] = ()

    def of(self, organization: OrganizationFacts) -> Desk:
        for desk in self._last:
            if desk.organization is organization:
                return desk
        for desk in self._last:
            if desk.organization == organization:
                return desk
        desk = Desk(organization)
        self._last = (desk, *self._last[:7])
        return desk


desk_for = _Desks().of
