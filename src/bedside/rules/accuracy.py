"""How right is each rule here? How often it fired, was let pass, and was called wrong, in a span of days.

Definitions stand here once, for the page, the API and the documentation.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from bedside.foundation import clock
from bedside.people.models import Organization
from bedside.rules.models import CountedMaterial, Firing, Mark, Waiver
from bedside.rules.naming import titles_of

DEFINITIONS = {
    "materials": _(
        "Texts with their pictures that somebody handed in: sent for approval, cleared alone or answered with, "
        "whether they were stopped or not; and those about which somebody did something at a note. The same "
        "words count once, however often they are judged."
    ),
    "fired": _("Materials in which the rule found something, at one place or at several."),
    "waived": _(
        "Findings of the rule that were let pass in one text, by whoever may; advice put aside included."
    ),
    "marked": _("Findings of the rule that a member called wrong."),
    "accepted": _("Of these, the ones that a privacy officer reviewed and kept: there the rule was wrong."),
    "wrong_share": _("Accepted marks for every hundred materials in which the rule fired, in the same days."),
}


@dataclass(frozen=True)
class Span:
    """Days on the organization's calendar, both ends included."""

    since: date
    until: date
    zone: str

    @classmethod
    def last(cls, days: int, zone: str) -> "Span":
        """The last `days` days, today included."""
        today = clock.today(zone)
        return cls(today - timedelta(days=days - 1), today, zone)

    @property
    def begins_at(self) -> datetime:
        return datetime.combine(self.since, time(), tzinfo=ZoneInfo(self.zone))

    @property
    def ends_at(self) -> datetime:
        """The first moment after the span."""
        return datetime.combine(self.until + timedelta(days=1), time(), tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True)
class Accuracy:
    """One rule in a span of days."""

    rule: str
    title: str
    fired: int = 0
    places: int = 0
    waived: int = 0
    marked: int = 0
    accepted: int = 0

    @property
    def wrong_share(self) -> float | None:
        """Accepted marks for each hundred firings; None when it never fired."""
        return round(100 * self.accepted / self.fired, 1) if self.fired else None


@dataclass(frozen=True)
class Accuracies:
    """All rules that did anything in a span of days, and how many materials were handed in at all."""

    span: Span
    materials: int
    rules: list[Accuracy]


def accuracy_of(organization: Organization, span: Span) -> Accuracies:
    """Five counting queries, whatever the number of texts; the rules that are most in doubt first."""
    within = (span.begins_at, span.ends_at)
    materials = CountedMaterial.objects.filter(
        organization=organization, counted_at__gte=within[0], counted_at__lt=within[1]
    )
    fired = _fired(organization, within)
    waived = _waived(organization, within)
    marked = _marked(organization, within)
    titles = titles_of(organization)
    rules = [
        Accuracy(
            rule,
            titles.get(rule, rule),
            *fired.get(rule, (0, 0)),
            waived.get(rule, 0),
            *marked.get(rule, (0, 0)),
        )
        for rule in {*fired, *waived, *marked}
    ]
    rules.sort(key=lambda each: (-each.accepted, -each.marked, -each.fired, each.rule))
    return Accuracies(span, materials.count(), rules)


def _fired(organization: Organization, within: tuple[datetime, datetime]) -> dict[str, tuple[int, int]]:
    rows = Firing.objects.filter(
        material__organization=organization,
        material__counted_at__gte=within[0],
        material__counted_at__lt=within[1],
    )
    counted = rows.values("rule").annotate(fired=Count("pk"), places_in_all=Sum("places"))
    return {row["rule"]: (row["fired"], row["places_in_all"]) for row in counted.order_by()}


def _waived(organization: Organization, within: tuple[datetime, datetime]) -> dict[str, int]:
    given = Waiver.objects.filter(
        organization=organization,
        asked_at__gte=within[0],
        asked_at__lt=within[1],
        state=Waiver.State.GIVEN,
    )
    return dict(given.values("rule").annotate(n=Count("pk")).order_by().values_list("rule", "n"))


def _marked(organization: Organization, within: tuple[datetime, datetime]) -> dict[str, tuple[int, int]]:
    rows = Mark.objects.filter(
        organization=organization, marked_at__gte=within[0], marked_at__lt=within[1]
    ).values("rule")
    counted = rows.annotate(n=Count("pk"), kept=Count("pk", filter=Q(state=Mark.State.ACCEPTED)))
    return {row["rule"]: (row["n"], row["kept"]) for row in counted.order_by()}
