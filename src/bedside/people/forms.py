"""The forms of this room. What is allowed is decided in the actions; here is what is asked and how it reads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.people.directory import ENTITY_TYPES
from bedside.people.models import Clinician, Location, Member, Organization, Role
from bedside.people.powers import POWER_NAMES, Power
from bedside.people.web_address import WebAddressField
from bedside.people.zones import zone_names


def _zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in zone_names()]


class Lines(forms.CharField):
    """Several values, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class StartForm(forms.Form):
    """The first run: the organization, its clock, and its first administrator."""

    organization = forms.CharField(label=_("Name of your organization"), max_length=200)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones, help_text=_("Posts leave by this clock.")
    )
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words that only you put together are good."),
    )


class JoinForm(forms.Form):
    """Somebody who was invited and has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, help_text=_("It will stand under what you sign.")
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A few words that only you put together are good."),
    )


class OrganizationForm(forms.ModelForm[Organization]):
    """What is publicly known about the organization, and its policies."""

    phones = Lines(
        label=_("Published phone numbers"),
        required=False,
        help_text=_("One on each line. They are no patient's."),
    )
    emails = Lines(label=_("Published e-mail addresses"), required=False, help_text=_("One on each line."))
    sites = Lines(label=_("Web sites"), required=False, help_text=_("One on each line."))
    handles = Lines(
        label=_("Names on networks"), required=False, help_text=_("One on each line, like @riverside.")
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_zones, help_text=_("Posts leave by this clock.")
    )
    entity_type = forms.ChoiceField(label=_("Kind of organization"), choices=ENTITY_TYPES, required=False)

    class Meta:
        model = Organization
        fields = ["name", "entity_type", "state", "time_zone", "phones", "emails", "sites", "handles"]
        help_texts = {"state": _("Two letters, like OH. Some rules differ by state.")}


class PolicyForm(forms.ModelForm[Organization]):
    """What the organization demands of its members and of its deliveries."""

    class Meta:
        model = Organization
        fields = [
            "requires_second_factor",
            "lock_after_minutes",
            "late_after_minutes",
            "allows_solo_clearance",
            "allows_direct_answers",
        ]
        labels = {
            "requires_second_factor": _("Everybody needs a second factor to sign in"),
            "lock_after_minutes": _("Lock screens after this many idle minutes"),
            "late_after_minutes": _("Hold a post that would leave more than this many minutes late"),
            "allows_solo_clearance": _("Authors may clear posts in which the guard finds nothing"),
            "allows_direct_answers": _("Moderators may send answers in which the guard finds nothing"),
        }
        help_texts = {
            "allows_solo_clearance": _(
                "For a practice of one person. A short checklist is asked each time, and it is recorded. "
                "Whatever needs a sign-off still needs a second person."
            ),
            "allows_direct_answers": _("Switched off, somebody else signs every answer before it leaves."),
        }


class LocationForm(forms.ModelForm[Location]):
    """A place where patients are seen."""

    class Meta:
        model = Location
        fields = ["name", "address", "phone"]


class ClinicianForm(forms.ModelForm[Clinician]):
    """An entry of the directory."""

    booking_link = WebAddressField(
        label=_("Booking link"), required=False, example="https://example.org/booking"
    )

    class Meta:
        model = Clinician
        fields = [
            "full_name",
            "credentials",
            "specialty",
            "phone",
            "booking_link",
            "locations",
            "is_spokesperson",
            "is_active",
        ]
        widgets = {"locations": forms.CheckboxSelectMultiple}
        labels = {"is_spokesperson": _("Speaks for the organization"), "is_active": _("Works here now")}
        help_texts = {"credentials": _("As they stand behind the name, like MD, FAAP.")}

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["locations"].queryset = organization.locations.all()  # type: ignore[attr-defined]  # ModelMultipleChoiceField
        self.fields["locations"].required = False


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none())

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = organization.roles.all()  # type: ignore[attr-defined]  # ModelChoiceField


class MemberRoleForm(forms.Form):
    """Which role a member has."""

    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none())

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["role"] = member.role_id
        self.fields["role"].queryset = member.organization.roles.all()  # type: ignore[attr-defined]  # ModelChoiceField


def _powers() -> list[tuple[str, Any]]:
    return [(str(power), POWER_NAMES[power]) for power in Power]


class RoleForm(forms.Form):
    """A role of the organization's own."""

    name = forms.CharField(label=_("Name of the role"), max_length=80)
    powers = forms.MultipleChoiceField(
        label=_("What members with this role may do"), choices=_powers, widget=forms.CheckboxSelectMultiple
    )


class KeyForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("Which program will use it?"), max_length=100)
    powers = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(key, label) for key, label in _powers() if key in member.powers]
        self.fields["powers"].choices = own  # type: ignore[attr-defined]  # MultipleChoiceField


def refuse_at_field(form: forms.Form | forms.ModelForm[Any], refusal: Any) -> None:
    """Show a Refusal at the field that it names, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
