"""Reads of this room; another organization's rule, mark or waiver is a 404."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from bedside.guard import Rule
from bedside.people.gate import or_404
from bedside.people.models import Member
from bedside.rules.explaining import family_name
from bedside.rules.models import Level, Mark, OwnRule, Regrade, Waiver
from bedside.rules.naming import shipped
from bedside.rules.waiving import may_decide

MOST_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A rule that ships with the product, and the weight it has here."""

    rule: Rule
    regrade: Regrade | None

    @property
    def weight(self) -> str:
        """What its findings weigh here."""
        return self.regrade.weight if self.regrade else self.rule.weight

    @property
    def family_name(self) -> str:
        """The family in words."""
        return family_name(self.rule.family)

    @property
    def override_words(self) -> str:
        """Who may let a single finding pass, in words."""
        return str(Level(self.rule.override).label)


def own_rules_for(member: Member, *, archived: bool = False) -> QuerySet[OwnRule]:
    """The own rules of the member's organization, those in force or those put away, by name."""
    mine = OwnRule.objects.filter(organization_id=member.organization_id, archived_at__isnull=not archived)
    return mine.select_related("changed_by__user", "organization").order_by("title")


def own_rule_for(member: Member, rule_id: UUID) -> OwnRule:
    """One own rule."""
    return or_404(OwnRule.objects.select_related("organization"), member, rule_id)


def regrades_for(member: Member) -> QuerySet[Regrade]:
    """The weights that differ from the product's now."""
    mine = Regrade.objects.filter(organization_id=member.organization_id, ended_at=None)
    return mine.select_related("made_by__user", "organization")


def regrade_for(member: Member, regrade_id: UUID) -> Regrade:
    """One change of a weight, in force or ended."""
    return or_404(Regrade.objects.select_related("organization"), member, regrade_id)


def history_of(member: Member, rule_id: str) -> list[Regrade]:
    """Every change of this rule's weight in the member's organization, newest first."""
    mine = Regrade.objects.filter(organization_id=member.organization_id, rule=rule_id)
    return list(mine.select_related("made_by__user", "ended_by__user"))


def lines_for(member: Member, *, family: str = "", words: str = "") -> list[Line]:
    """The product's rules as they weigh here, by family; narrowed by a family and by words of title or id."""
    regrades = {each.rule: each for each in regrades_for(member)}
    wanted = words.lower().split()
    return [
        Line(rule, regrades.get(rule.id))
        for rule in sorted(shipped().values(), key=lambda rule: (rule.family, rule.id))
        if family in ("", rule.family)
        and all(word in f"{rule.title} {rule.id} {rule.citation}".lower() for word in wanted)
    ]


def line_for(member: Member, rule_id: str) -> Line:
    """One of the product's rules as it weighs here."""
    if rule_id not in shipped():
        raise Http404
    return Line(shipped()[rule_id], regrades_for(member).filter(rule=rule_id).first())


def own_rule_by_key(member: Member, key: str) -> OwnRule | None:
    """The organization's own rule that findings name like this, put away or not."""
    return OwnRule.objects.filter(organization_id=member.organization_id, key=key).first()


def marks_for(member: Member, *, state: str = "", rule: str = "") -> QuerySet[Mark]:
    """The marks of the member's organization, newest first."""
    mine = Mark.objects.filter(organization_id=member.organization_id)
    mine = mine.filter(state=state) if state else mine
    mine = mine.filter(rule=rule) if rule else mine
    return mine.select_related("marked_by__user", "reviewed_by__user", "organization").order_by("-marked_at")


def mark_for(member: Member, mark_id: UUID) -> Mark:
    """One mark."""
    return or_404(Mark.objects.select_related("organization", "marked_by__user"), member, mark_id)


def waivers_for(member: Member, *, states: Iterable[str] = ()) -> QuerySet[Waiver]:
    """The waivers of the member's organization, newest first; advice that authors put aside is left out."""
    mine = Waiver.objects.filter(organization_id=member.organization_id).exclude(level="author-dismiss")
    mine = mine.filter(state__in=list(states)) if states else mine
    people = ("asked_by__user", "first_by__user", "second_by__user", "ended_by__user")
    return mine.select_related("organization", *people).order_by("-asked_at")


def waiver_for(member: Member, waiver_id: UUID) -> Waiver:
    """One waiver."""
    people = ("asked_by__user", "first_by__user", "second_by__user", "ended_by__user")
    return or_404(Waiver.objects.select_related("organization", *people), member, waiver_id)


def waivers_waiting_for(member: Member) -> list[Waiver]:
    """The waivers that this member can decide now."""
    open_ones = waivers_for(member, states=[Waiver.State.ASKED, Waiver.State.BEGUN])[:MOST_SHOWN]
    return [waiver for waiver in open_ones if may_decide(waiver, member)]


def open_waivers_about(organization_id: UUID, fingerprints: Iterable[str]) -> dict[tuple[str, str], Waiver]:
    """What was asked about these materials and is not decided yet, by fingerprint and rule."""
    found = Waiver.objects.filter(
        organization_id=organization_id,
        fingerprint__in=list(fingerprints),
        state__in=[Waiver.State.ASKED, Waiver.State.BEGUN],
    )
    return {(waiver.fingerprint, waiver.rule): waiver for waiver in found}


def given_waiver_about(organization_id: UUID, fingerprint: str, rule: str) -> Waiver | None:
    """The waiver by which what this rule finds in this material passes."""
    return Waiver.objects.filter(
        organization_id=organization_id, fingerprint=fingerprint, rule=rule, state=Waiver.State.GIVEN
    ).first()
