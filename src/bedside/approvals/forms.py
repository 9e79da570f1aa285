"""What signers and those who set routes are asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.approvals.models import Route, RouteStep
from bedside.approvals.routes import DEFAULT_LIFE_HOURS, MOST_HOURS, MOST_STEPS
from bedside.people.models import Organization
from bedside.people.powers import SIGNING_POWERS
from bedside.people.queries import members_with


class DecisionForm(forms.Form):
    """A decision with its words. `fingerprint` is what was on the signer's screen."""

    says = forms.CharField(required=False)
    words = forms.CharField(
        label=_("What should change, or why not"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    fingerprint = forms.CharField(widget=forms.HiddenInput)


class RemarkForm(forms.Form):
    """A remark to the others."""

    text = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}))


class OutsideForm(forms.Form):
    """Whom to send a personal link, and what they sign for."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    signing = forms.ChoiceField(label=_("Signs"), choices=Route.Need.choices)


class RouteForm(forms.Form):
    """The route for one need: how many steps, who signs each, how long signatures live."""

    expires_after_hours = forms.IntegerField(
        label=_("Signatures are good for this many hours"), min_value=1, max_value=MOST_HOURS
    )

    def __init__(
        self, *args: Any, organization: Organization, steps: int = MOST_STEPS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(m.pk), m.name) for m in members_with(organization, *SIGNING_POWERS.values())]
        for n in range(1, steps + 1):
            self.fields[f"signing_{n}"] = forms.ChoiceField(
                label=_("Step %(n)s: who signs") % {"n": n},
                choices=[("", _("No such step")), *Route.Need.choices],
                required=n == 1,
            )
            self.fields[f"rule_{n}"] = forms.ChoiceField(
                label=_("Step %(n)s: how many of them") % {"n": n},
                choices=RouteStep.Rule.choices,
                required=False,
            )
            self.fields[f"members_{n}"] = forms.MultipleChoiceField(
                label=_("Step %(n)s: only these people (none: everybody who may)") % {"n": n},
                choices=people,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def steps(self) -> list[dict[str, Any]]:
        """The steps that were filled in, in order."""
        said = self.cleaned_data
        numbers = [int(name.split("_")[1]) for name in self.fields if name.startswith("signing_")]
        return [
            {
                "signing": said[f"signing_{n}"],
                "rule": said[f"rule_{n}"] or "anyone",
                "members": said[f"members_{n}"],
            }
            for n in numbers
            if said.get(f"signing_{n}")
        ]


def route_initial(route: Route | None, need: str) -> dict[str, Any]:
    """How the form of a route begins: as the route stands, or as the built-in one."""
    if route is None:
        return {"expires_after_hours": DEFAULT_LIFE_HOURS, "signing_1": need, "rule_1": "anyone"}
    initial: dict[str, Any] = {"expires_after_hours": route.expires_after_hours}
    for step in route.steps.all():
        initial[f"signing_{step.order}"] = step.signing
        initial[f"rule_{step.order}"] = step.rule
        initial[f"members_{step.order}"] = [str(m.pk) for m in step.members.all()]
    return initial
