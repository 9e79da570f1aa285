"""Who works at the demonstration clinic? The organization, its places, its clinicians and its members.

Everybody is invited and joins as real people do. All have one password, which is printed: the clinic is open to
whoever sits at this machine, and holds nothing that is worth a secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bedside.demo.agenda import Agenda
from bedside.demo.shelf import words
from bedside.foundation import clock
from bedside.networks.models import Channel
from bedside.people.actions import accept_invitation, found_organization, invite, make_user, remove_member
from bedside.people.directory import save_clinician, save_location, save_organization
from bedside.people.models import Location, Member, Organization, User
from bedside.people.roles import save_role
from bedside.planning.models import Campaign

PASSWORD = "explore the demo clinic"  # noqa: S105  (printed for everybody on purpose)


@dataclass
class Cast:
    """Everybody and everything that the stories speak of, by the keys of `words/clinic.yaml`."""

    organization: Organization
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    pictures: dict[str, Any] = field(default_factory=dict)

    def author_for(self, channels: tuple[str, ...], turn: int) -> Member:
        """Who writes for these channels: the pediatric and the Spanish page have people of their own."""
        if "es" in channels:
            return self.members["elena"]
        if channels == ("kids",):
            return self.members["jonah"]
        return self.members[("priya", "priya", "jonah")[turn % 3]]

    def signer_for(self, signing: str, channels: tuple[str, ...]) -> Member:
        """Who signs at a step."""
        if signing == "clinical":
            return self.members["ana" if "kids" in channels else "samuel"]
        return self.members["helen" if signing == "privacy" else "marcus"]


def found(agenda: Agenda, begins_at: datetime) -> Cast:
    """Found the clinic at `begins_at`; its people join in the days after."""
    clinic = words("clinic")
    with clock.at(begins_at):
        cast = _organization(clinic)
        _directory(cast, clinic)
        save_role(cast.organization, **clinic["own_role"], by=cast.members["ruth"])
    for number, person in enumerate(clinic["members"][1:], start=1):
        joins_at = begins_at + timedelta(hours=5 * number)
        agenda.at(joins_at, partial(_join, cast, person))
    now = clock.now()
    for person in clinic["members"]:
        if days := person.get("left_days_ago"):
            key = person["key"]
            agenda.at(now - timedelta(days=days), partial(_leave, cast, key))
    agenda.at(now - timedelta(days=1), lambda: _invite_another(cast, clinic["invited"]))
    return cast


def dress(cast: Cast, agenda: Agenda, founded_at: datetime) -> None:
    """Give those rows whose dates the database writes by itself the dates of the story."""
    Organization.objects.filter(pk=cast.organization.pk).update(created_at=founded_at)
    for member in cast.members.values():
        at = agenda.moment_of(member.pk) or founded_at
        Member.objects.filter(pk=member.pk).update(joined_at=at)
        User.objects.filter(pk=member.user_id).update(joined_at=at)


def _organization(clinic: Mapping[str, Any]) -> Cast:
    facts = dict(clinic["organization"])
    first = clinic["members"][0]
    user = make_user(email=email_of(first["name"]), name=first["name"], password=PASSWORD)
    ruth = found_organization(
        name=facts.pop("name"), time_zone=facts.pop("time_zone"), user=user, is_demo=True
    )
    ruth.title = first["title"]
    ruth.save(update_fields=["title"])
    facts["handles"] = [f"@{channel['handle']}" for channel in clinic["channels"]]
    facts["requires_second_factor"] = False
    save_organization(ruth.organization, changes=facts, by=ruth)
    return Cast(ruth.organization, {first["key"]: ruth})


def _directory(cast: Cast, clinic: Mapping[str, Any]) -> None:
    by = cast.members["ruth"]
    for place in clinic["locations"]:
        cast.locations[place["key"]] = save_location(cast.organization, fields=place, by=by)
    for clinician in clinic["clinicians"]:
        last_name = clinician["full_name"].split()[-1].lower()
        link = f"https://alderbend.example/book/{_plain(last_name)}" if clinician["phone"] else ""
        places = [cast.locations[key].pk for key in clinician["at"]]
        fields = {"is_active": True, **clinician, "booking_link": link, "locations": places}
        save_clinician(cast.organization, fields=fields, by=by)


def _join(cast: Cast, person: Mapping[str, Any]) -> None:
    by, email = cast.members["ruth"], email_of(person["name"])
    role = cast.organization.roles.filter(key=person["role"]).first() or cast.organization.roles.get(
        name=person["role"]
    )
    invitation, _token = invite(cast.organization, email=email, role=role, by=by)
    # One hash for all: a real one takes a third of a second on purpose, and everybody has the same password.
    user = User.objects.create(
        email=email, name=person["name"], language=person.get("language", ""), password=by.user.password
    )
    member = accept_invitation(invitation, user=user)
    member.title = person["title"]
    member.save(update_fields=["title"])
    cast.members[person["key"]] = member


def _leave(cast: Cast, key: str) -> None:
    remove_member(cast.members[key], by=cast.members["ruth"])


def _invite_another(cast: Cast, invited: Mapping[str, str]) -> None:
    role = cast.organization.roles.get(key=invited["role"])
    invite(cast.organization, email=invited["email"], role=role, by=cast.members["ruth"])


def email_of(name: str) -> str:
    """The address of a member of the clinic."""
    return f"{_plain(name.lower()).replace(' ', '.')}@alderbend.example"


def _plain(name: str) -> str:
    return name.translate(str.maketrans("áéíóúñ", "aeioun"))
