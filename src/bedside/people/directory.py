"""The verbs about the organization itself: its facts, its locations, its directory of clinicians."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.audit.actions import action, record
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Clinician, Location, Member, Organization
from bedside.people.news import OrganizationChanged
from bedside.people.powers import Power
from bedside.people.zones import check_zone

ORGANIZATION_FIELDS = (
    "name",
    "entity_type",
    "state",
    "time_zone",
    "language",
    "phones",
    "emails",
    "sites",
    "handles",
    "late_after_minutes",
    "lock_after_minutes",
    "requires_second_factor",
    "allows_solo_clearance",
    "allows_direct_answers",
)

ENTITY_TYPES = [
    ("", gettext_lazy("Choose one")),
    ("practice", gettext_lazy("Medical practice")),
    ("dental_practice", gettext_lazy("Dental practice")),
    ("clinic", gettext_lazy("Clinic or health center")),
    ("hospital", gettext_lazy("Hospital")),
    ("hospital_group", gettext_lazy("Hospital group")),
    ("behavioral_health", gettext_lazy("Behavioral health")),
    ("health_department", gettext_lazy("Health department")),
    ("other", gettext_lazy("Something else")),
]

# A touch is noted once a minute, so a shorter lock would shut out whoever is working; every delivery is a little late.
LEAST_MINUTES = {"lock_after_minutes": 2, "late_after_minutes": 1}


@action
def save_organization(organization: Organization, *, changes: Mapping[str, Any], by: Member) -> Organization:
    """Change the organization's facts and policies; the record keeps what each was before."""
    _may(by)
    if unknown := set(changes) - set(ORGANIZATION_FIELDS):
        raise Refusal(
            "unknown_field", _("These cannot be changed: %(names)s.") % {"names": ", ".join(unknown)}
        )
    _check_facts(changes)
    _check_policies(organization, changes, by)
    before = {name: getattr(organization, name) for name in changes}
    for name, value in changes.items():
        setattr(organization, name, value)
    organization.save(update_fields=list(changes))
    changed = {n: {"before": before[n], "after": changes[n]} for n in changes if before[n] != changes[n]}
    record(
        organization.pk,
        by=by.actor,
        verb="organization.changed",
        on=("organization", organization.pk, organization.name),
        words=_("Changed the organization: %(what)s.") % {"what": ", ".join(sorted(changed)) or _("nothing")},
        data=changed,
    )
    announce(OrganizationChanged(organization.pk))
    return organization


def _check_facts(changes: Mapping[str, Any]) -> None:
    if not changes.get("name", "x").strip():
        raise Refusal(
            "name_missing", _("Write the name of your organization as patients know it."), field="name"
        )
    if changes.get("entity_type", "") not in dict(ENTITY_TYPES):
        sentence = _("Choose one of these kinds of organization: %(kinds)s.")
        kinds = ", ".join(key for key, _label in ENTITY_TYPES if key)
        raise Refusal("unknown_kind", sentence % {"kinds": kinds}, field="entity_type")
    if "time_zone" in changes:
        check_zone(changes["time_zone"])


def _check_policies(organization: Organization, changes: Mapping[str, Any], by: Member) -> None:
    for name, least in LEAST_MINUTES.items():
        if changes.get(name, least) < least:
            sentence = _("Choose at least %(least)d minutes; below that nobody could work.")
            raise Refusal("too_short", sentence % {"least": least}, field=name)
    weakens = organization.requires_second_factor and not changes.get("requires_second_factor", True)
    if weakens and by.key is not None:  # a key that got lost would open the door for a password that got lost
        raise Refusal(
            "needs_a_person",
            _(
                "A key cannot do without the second factor. Somebody has to switch it off in person, under Policies."
            ),
            field="requires_second_factor",
        )


@action
def save_location(
    organization: Organization, *, fields: Mapping[str, Any], by: Member, location: Location | None = None
) -> Location:
    """Add a place where patients are seen, or change one."""
    _may(by)
    saved = location or Location(organization=organization)
    for name in ("name", "address", "phone", "time_zone"):
        if name in fields:
            setattr(saved, name, fields[name])
    if not saved.name.strip():
        raise Refusal("name_missing", _("Give the location a name."), field="name")
    others = Location.objects.filter(organization=organization, name=saved.name)
    if others.exclude(pk=saved.pk).exists():
        raise Refusal("name_taken", _("There is a location with this name already."), field="name")
    if saved.time_zone:
        check_zone(saved.time_zone)
    saved.save()
    _tell(
        organization,
        by,
        "location.saved",
        ("location", saved.pk, saved.name),
        _("Saved the location %(name)s."),
    )
    return saved


@action
def save_clinician(
    organization: Organization, *, fields: Mapping[str, Any], by: Member, clinician: Clinician | None = None
) -> Clinician:
    """Add somebody to the directory, or change the entry. Clinicians who left are made inactive, not deleted."""
    _may(by)
    saved = clinician or Clinician(organization=organization)
    for name in (
        "full_name",
        "credentials",
        "specialty",
        "phone",
        "booking_link",
        "is_spokesperson",
        "is_active",
    ):
        if name in fields:
            setattr(saved, name, fields[name])
    if not saved.full_name.strip():
        raise Refusal("name_missing", _("Write the clinician's full name."), field="full_name")
    places = _places(organization, fields.get("locations", ()))
    saved.save()
    if "locations" in fields:
        saved.locations.set(places)
    words = _("Saved %(name)s in the directory.")
    _tell(organization, by, "clinician.saved", ("clinician", saved.pk, str(saved)), words)
    return saved


def _places(organization: Organization, wanted: Iterable[Location | UUID]) -> list[Location]:
    ids = {each.pk if isinstance(each, Location) else each for each in wanted}
    found = list(Location.objects.filter(organization=organization, pk__in=ids))
    if len(found) < len(ids):
        raise Refusal(
            "unknown_location",
            _("One of these locations is not yours. Choose from your own."),
            field="locations",
        )
    return found


def _may(by: Member) -> None:
    if not by.can(Power.MANAGE_ORGANIZATION):
        raise NotAllowed(Power.MANAGE_ORGANIZATION)


def _tell(organization: Organization, by: Member, verb: str, on: tuple[str, object, str], words: str) -> None:
    record(
        organization.pk,
        by=by.actor,
        verb=verb,
        on=on,
        words=words % {"name": on[2]},
        data={"at": clock.now()},
    )
    announce(OrganizationChanged(organization.pk))
