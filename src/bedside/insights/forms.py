"""What can be asked of the numbers, read from the address: what is wrong or unknown there asks for the usual."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bedside.foundation import clock
from bedside.insights.queries import choices_for
from bedside.insights.wanted import ORDERS, SPANS, USUAL, Wanted
from bedside.people.models import Member

SPAN_NAMES: dict[int, Promise] = {
    7: _("Last 7 days"),
    28: _("Last 28 days"),
    90: _("Last 90 days"),
    365: _("Last 365 days"),
}
ORDER_NAMES: dict[str, Promise] = {
    "reactions": _("What worked best"),
    "newest": _("Newest"),
    "replies": _("Most replies"),
    "shares": _("Most shares"),
    "views": _("Most views"),
}

ALL = "all"
_USUAL = {"days": str(USUAL), "channel": ALL, "campaign": ALL, "order": "reactions"}


class NumbersForm(forms.Form):
    """The filter above the numbers; what is not asked for is the usual."""

    days = forms.ChoiceField(label=_("Period"), choices=[(str(days), SPAN_NAMES[days]) for days in SPANS])
    channel = forms.ChoiceField(label=_("Channel"))
    campaign = forms.ChoiceField(label=_("Campaign"))
    order = forms.ChoiceField(
        label=_("Posts in order of"), choices=[(key, ORDER_NAMES[key]) for key in ORDERS]
    )

    def __init__(self, data: Any, *, member: Member) -> None:
        super().__init__({name: data.get(name) or usual for name, usual in _USUAL.items()})
        self.member = member
        channels, campaigns = choices_for(member)
        everything: list[tuple[str, Any]] = [(ALL, _("All channels"))]
        self._choose("channel", everything + [(str(c.pk), c.name) for c in channels])
        self._choose("campaign", [(ALL, _("All posts")), *((str(c.pk), c.name) for c in campaigns)])

    def wanted(self) -> Wanted:
        """The question as the queries understand it."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            until=clock.today(self.member.organization.time_zone),
            days=int(said.get("days") or USUAL),
            channel=_id(said.get("channel")),
            campaign=_id(said.get("campaign")),
            order=said.get("order") or "reactions",
        )

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceField


def _id(said: str | None) -> UUID | None:
    return UUID(said) if said and said != ALL else None
