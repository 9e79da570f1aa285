"""What a person fills in on the ledger: filters, another time, a reason, what they saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.networks.queries import channels_for
from bedside.people.models import Member
from bedside.people.web_address import WebAddressField
from bedside.publishing.queries import SHOWS, Wish


class LedgerForm(forms.Form):
    """The filters of the ledger. What cannot be read is left out; a link from elsewhere never breaks."""

    show = forms.ChoiceField(choices=[(key, key) for key in SHOWS], required=False)
    state = forms.CharField(required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
    )
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    after = forms.CharField(required=False, max_length=200)

    def __init__(self, member: Member, data: Any) -> None:
        super().__init__(data)
        names = [(str(channel.pk), str(channel.name)) for channel in channels_for(member)]
        self.fields["channel"] = forms.ChoiceField(
            label=_("Channel"),
            required=False,
            choices=[("", _("All channels")), *names],
            widget=forms.Select(attrs={"class": "select"}),
        )

    def wish(self) -> Wish:
        """What was asked for."""
        self.is_valid()
        read = self.cleaned_data
        return Wish(
            show=read.get("show") or "out",
            state=read.get("state") or "",
            channel=read.get("channel") or None,
            day=read.get("day"),
            words=read.get("q") or "",
            after=read.get("after") or "",
        )


class MoveForm(forms.Form):
    """Another time, in the member's zone."""

    at = forms.DateTimeField(
        label=_("New time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class BecauseForm(forms.Form):
    """A reason, kept in the record."""

    because = forms.CharField(label=_("Why"), max_length=300, required=False)


class DeleteForm(forms.Form):
    """Why something public is deleted, and whether from every channel of the same post."""

    because = forms.CharField(
        label=_("Why it is deleted"),
        max_length=300,
        help_text=_("Kept in the record together with the words, the address and the times."),
    )
    everywhere = forms.BooleanField(
        label=_("Delete it from every channel this post went to"), required=False, initial=True
    )


class ResolveForm(forms.Form):
    """What a person saw on the network."""

    says = forms.ChoiceField(choices=[("it is live", "it is live"), ("it is not live", "it is not live")])
    remote_url = WebAddressField(
        label=_("Address of the post"),
        required=False,
        max_length=1000,
        example="https://bsky.app/profile/our-clinic/post/3kx",
    )
