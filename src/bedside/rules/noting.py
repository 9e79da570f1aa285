"""What a reader of a note can do about it: call the finding wrong, put advice aside, ask that it passes.

The rooms above show findings beside words and know whose words they are; here is what stands below each finding
and what a press on its buttons means. A finding is named by its place: fingerprint, rule, field, start, end.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.guard import Finding, Material, Verdict
from bedside.people.models import Member
from bedside.rules.actions import ask_waiver, count_material, mark_wrong, withdraw_waiver
from bedside.rules.models import Mark, Waiver
from bedside.rules.queries import given_waiver_about, open_waivers_about
from bedside.rules.waiving import level_of

Place = tuple[str, str, str, int, int]
Deed = Literal["mark", "waive", "unwaive"]
_SEPARATOR = "|"


@dataclass(frozen=True)
class NoteAnswer:
    """What stands below one finding. `waiver` is one that is asked for and not decided."""

    place: str
    level: str
    is_marked: bool
    waiver: Waiver | None

    @property
    def key(self) -> str:
        """A short name for the controls below this finding, the same whenever the same finding is shown."""
        return hashlib.sha256(self.place.encode()).hexdigest()[:12]

    @property
    def element(self) -> str:
        """The id of the whole: while nothing about it changes, a page that is drawn again keeps what is typed there."""
        return f"note-{self.key}-{self.is_marked:d}-{self.waiver.state if self.waiver else 'free'}"

    @property
    def is_advice(self) -> bool:
        """Whether whoever wrote the words may put the finding aside alone."""
        return self.level == "author-dismiss"


@dataclass(frozen=True)
class Said:
    """A press on one of the buttons, as the form carried it."""

    places: tuple[Place, ...]
    deed: Deed
    kind: str
    reason: str


def place_of(verdict: Verdict, finding: Finding) -> str:
    """The name of a finding, as forms carry it."""
    parts = (verdict.fingerprint, finding.rule, finding.field, finding.start, finding.end)
    return _SEPARATOR.join(map(str, parts))


def answers_for(organization_id: UUID, verdicts: Iterable[Verdict]) -> dict[str, NoteAnswer]:
    """What can be done about each finding, by its name. Two queries, none where nothing was found."""
    known = {verdict.fingerprint: verdict for verdict in verdicts if verdict.findings}
    if not known:
        return {}
    marks = Mark.objects.filter(organization_id=organization_id, fingerprint__in=list(known))
    marked = {_SEPARATOR.join(map(str, place)) for place in _places(marks)}
    asked = open_waivers_about(organization_id, known)
    return {
        place: NoteAnswer(
            place, level_of(finding), place in marked, asked.get((verdict.fingerprint, finding.rule))
        )
        for verdict in known.values()
        for finding in verdict.findings
        for place in [place_of(verdict, finding)]
    }


def _places(marks: QuerySet[Mark]) -> Iterable[tuple[object, ...]]:
    return marks.values_list("fingerprint", "rule", "field", "start", "end")


def waived_of(verdict: Verdict) -> list[tuple[str, Finding]]:
    """What was let pass in a material: for each rule all names of its findings, and the first of them."""
    rules: dict[str, list[Finding]] = defaultdict(list)
    for finding in verdict.waived:
        rules[finding.rule].append(finding)
    return [(names_of(verdict, found), found[0]) for found in rules.values()]


def names_of(verdict: Verdict, findings: Iterable[Finding]) -> str:
    """The names of several findings of one rule, as forms carry them."""
    return " ".join(place_of(verdict, finding) for finding in findings)


def said_in(form: Mapping[str, str]) -> Said:
    """Which button was pressed below which finding, and what was written there."""
    deed, _colon, number = form.get("note-do", "").partition(":")
    places = [_place(text) for text in form.get(f"note-place-{number}", "").split()]
    is_one_rule = len({rule for _fingerprint, rule, *_where in places}) == 1
    if deed not in ("mark", "waive", "unwaive") or not is_one_rule:
        raise _not_whole()
    return Said(
        places=tuple(places),
        deed=deed,  # type: ignore[arg-type]  # one of the three
        kind=form.get(f"note-kind-{number}", ""),
        reason=form.get(f"note-reason-{number}", ""),
    )


def _place(text: str) -> Place:
    parts = text.split(_SEPARATOR)
    if len(parts) != 5 or not (parts[3] + parts[4]).isdecimal():
        raise _not_whole()
    fingerprint, rule, field, start, end = parts
    return fingerprint, rule, field, int(start), int(end)


def _not_whole() -> Refusal:
    return Refusal("malformed", _("The page was not whole. Reload it, then try again."))


def do_as_said(
    said: Said,
    judged: Iterable[tuple[Material, Verdict]],
    *,
    subject: tuple[str, UUID],
    authors: Iterable[Member],
    by: Member,
) -> tuple[str, Waiver | None]:
    """Do it, if the finding still stands in what is judged now; a sentence, and the waiver if it is about one.

    Where several channels say the same words beside different ones, it is done for each of them; a note that
    speaks of several places of one rule means all of them.
    """
    known = list(judged)
    found = [pair for place in said.places for pair in _found(place, known)]
    by_material: dict[Material, list[Finding]] = defaultdict(list)
    for material, finding in found:
        by_material[material].append(finding)
    if said.deed == "unwaive":
        for material, findings in by_material.items():
            waiver = given_waiver_about(by.organization_id, material.fingerprint, findings[0].rule)
            if waiver is not None:
                withdraw_waiver(waiver, by=by)
        return _("The note is there again."), None
    count_material(by.organization_id, known)
    if said.deed == "mark":
        mark_wrong(*found[0], kind=said.kind, reason=said.reason, by=by)
        return _("Noted for review. It lets nothing pass; the note stays until the words change."), None
    hands = list(authors)
    asked = [
        ask_waiver(material, findings, subject=subject, authors=hands, reason=said.reason, by=by)
        for material, findings in by_material.items()
    ]
    if asked[0].state == Waiver.State.GIVEN:
        return _("Put aside for these words. When they change, the note is there again."), asked[0]
    return _("Asked. Whoever may decide has been told, and you hear of it."), asked[0]


def about_rule(rule: str, reason: str, judged: Iterable[tuple[Material, Verdict]]) -> Said:
    """Asking that everything this rule finds in these materials be let pass, as a program says it: by the rule's id."""
    places = [
        (verdict.fingerprint, found.rule, found.field, found.start, found.end)
        for _material, verdict in judged
        for found in verdict.findings
        if found.rule == rule
    ]
    if not places:
        raise Refusal(
            "no_such_finding",
            _("This rule finds nothing here now, so there is nothing to let pass."),
            field="rule",
        )
    return Said(tuple(places), "waive", "", reason)


def _found(place: Place, judged: Iterable[tuple[Material, Verdict]]) -> list[tuple[Material, Finding]]:
    """The finding that is meant, first, and the same one in the materials of other channels."""
    same = [
        (verdict.fingerprint, material, finding)
        for material, verdict in judged
        for finding in (*verdict.findings, *verdict.waived)
        if (finding.rule, finding.field, finding.start, finding.end) == place[1:]
    ]
    meant = next((finding for fingerprint, _material, finding in same if fingerprint == place[0]), None)
    if meant is None:
        raise Refusal(
            "changed_meanwhile",
            _(
                "The words have changed since this note was shown. Look at the notes as they are now, then try again."
            ),
        )
    once = {fingerprint: (material, finding) for fingerprint, material, finding in same if finding == meant}
    return [once.pop(place[0]), *once.values()]
