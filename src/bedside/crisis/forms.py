"""What a person says who stops sending: what, and why."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.crisis.places import places_for
from bedside.people.models import Member

WHOLE = "organization"


class HoldForm(forms.Form):
    """The whole organization or one of its channels, and the reason, which everybody will read."""

    scope = forms.ChoiceField(label=_("What stops"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Everybody at the desk reads it at the top of every page. No names of patients."),
    )

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data)
        names = [(str(channel_id), name) for channel_id, name in places_for(member).items()]
        self.fields["scope"] = forms.ChoiceField(
            label=_("What stops"), choices=[(WHOLE, _("The whole organization")), *names]
        )

    @property
    def channel_id(self) -> UUID | None:
        """The channel that was chosen, None for the whole organization."""
        scope = self.cleaned_data["scope"]
        return None if scope == WHOLE else UUID(scope)
