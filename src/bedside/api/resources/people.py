"""The organization, its directory, its members."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import StrictBool

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.people.actions import invite, remove_member
from bedside.people.directory import save_clinician, save_location, save_organization
from bedside.people.gate import or_404
from bedside.people.models import Clinician, Location, Member, Organization, Role
from bedside.people.powers import Power
from bedside.people.roles import give_role

router = Router(tags=["people"])


class OrganizationOut(Schema):
    """What is publicly known about the organization, and its policies."""

    id: UUID
    name: str
    entity_type: str
    state: str
    time_zone: str
    language: str
    phones: list[str]
    emails: list[str]
    sites: list[str]
    handles: list[str]
    late_after_minutes: int
    lock_after_minutes: int
    requires_second_factor: bool
    allows_solo_clearance: bool


class OrganizationChanges(Given):
    """What may be changed; absent fields stay as they are."""

    name: str | None = Field(None, min_length=1, max_length=200)
    state: str | None = Field(None, max_length=2)
    time_zone: str | None = Field(None, max_length=60)
    phones: list[str] | None = None
    emails: list[str] | None = None
    sites: list[str] | None = None
    handles: list[str] | None = None
    late_after_minutes: int | None = Field(None, ge=1, le=10_080)


class LocationIn(Given):
    """A place where patients are seen."""

    name: str = Field(min_length=1, max_length=200)
    address: str = Field("", max_length=300)
    phone: str = Field("", max_length=40)


class LocationOut(Schema):
    """A place with its id."""

    id: UUID
    name: str
    address: str
    phone: str


class ClinicianIn(Given):
    """An entry of the directory."""

    full_name: str = Field(min_length=1, max_length=200)
    credentials: str = Field("", max_length=60)
    specialty: str = Field("", max_length=120)
    phone: str = Field("", max_length=40)
    booking_link: str = Field("", max_length=200, pattern=r"^(https?://\S+)?$")
    is_spokesperson: StrictBool = False
    is_active: StrictBool = True


class ClinicianOut(Schema):
    """An entry with its id."""

    id: UUID
    full_name: str
    credentials: str
    specialty: str
    phone: str
    booking_link: str
    is_spokesperson: bool
    is_active: bool


class RoleOut(Schema):
    """A role and its powers; `key` names a built-in one."""

    id: UUID
    key: str
    name: str
    powers: list[str]


class MemberOut(Schema):
    """A member; `role` is the name of their role."""

    id: UUID
    name: str
    email: str = Field(alias="user.email")
    title: str
    role: str = Field(alias="role.name")
    joined_at: datetime


class InvitationIn(Given):
    """Whom to invite, as what."""

    email: str = Field(max_length=254)
    role: UUID


class InvitationOut(Schema):
    """An invitation; its link is sent by e-mail and shown nowhere else."""

    id: UUID
    email: str
    expires_at: datetime


class RoleChoice(Given):
    """The role to give."""

    role: UUID


@router.get("/organization", response={200: OrganizationOut, **PROBLEMS})
@needs(Power.VIEW)
def organization(request: HttpRequest) -> Organization:
    """The organization that the key belongs to."""
    return member_of(request).organization


@router.patch("/organization", response={200: OrganizationOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change_organization(request: HttpRequest, changes: OrganizationChanges) -> Organization:
    """Change the organization's facts."""
    by = member_of(request)
    said = {
        name: value for name, value in changes.model_dump(exclude_unset=True).items() if value is not None
    }
    return save_organization(by.organization, changes=said, by=by)


@router.get("/locations", response={200: list[LocationOut], **PROBLEMS})
@needs(Power.VIEW)
def locations(request: HttpRequest) -> QuerySet[Location]:
    """The places where patients are seen."""
    return member_of(request).organization.locations.all()


@router.post("/locations", response={201: LocationOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def add_location(request: HttpRequest, location: LocationIn) -> Any:
    """Add a place."""
    by = member_of(request)
    return Status(201, save_location(by.organization, fields=location.model_dump(), by=by))


@router.get("/clinicians", response={200: list[ClinicianOut], **PROBLEMS})
@needs(Power.VIEW)
def clinicians(request: HttpRequest) -> QuerySet[Clinician]:
    """The directory."""
    return member_of(request).organization.clinicians.all()


@router.post("/clinicians", response={201: ClinicianOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def add_clinician(request: HttpRequest, clinician: ClinicianIn) -> Any:
    """Add somebody to the directory."""
    by = member_of(request)
    return Status(201, save_clinician(by.organization, fields=clinician.model_dump(), by=by))


@router.put("/clinicians/{clinician_id}", response={200: ClinicianOut, **PROBLEMS})
@needs(Power.MANAGE_ORGANIZATION)
def change_clinician(request: HttpRequest, clinician_id: UUID, clinician: ClinicianIn) -> Clinician:
    """Change an entry of the directory."""
    by = member_of(request)
    found = or_404(Clinician.objects.all(), by, clinician_id)
    return save_clinician(by.organization, fields=clinician.model_dump(), by=by, clinician=found)


@router.get("/roles", response={200: list[RoleOut], **PROBLEMS})
@needs(Power.VIEW)
def roles(request: HttpRequest) -> QuerySet[Role]:
    """The roles and what each may do."""
    return member_of(request).organization.roles.all()


@router.get("/members", response={200: list[MemberOut], **PROBLEMS})
@needs(Power.VIEW)
def members(request: HttpRequest) -> QuerySet[Member]:
    """Everybody who has a place at the desk."""
    found = Member.objects.active().filter(organization=member_of(request).organization)
    return found.select_related("user", "role").order_by("user__name")


@router.post("/invitations", response={201: InvitationOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def send_invitation(request: HttpRequest, invitation: InvitationIn) -> Any:
    """Invite somebody by e-mail."""
    by = member_of(request)
    role = or_404(Role.objects.all(), by, invitation.role)
    made, _token = invite(by.organization, email=invitation.email, role=role, by=by)
    return Status(201, made)


@router.put("/members/{member_id}/role", response={200: MemberOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def change_role(request: HttpRequest, member_id: UUID, choice: RoleChoice) -> Member:
    """Give a member another role."""
    by = member_of(request)
    found = or_404(Member.objects.active().select_related("user", "role"), by, member_id)
    return give_role(found, role=or_404(Role.objects.all(), by, choice.role), by=by)


@router.delete("/members/{member_id}", response={204: None, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def remove(request: HttpRequest, member_id: UUID) -> Any:
    """Take a member's access away at once."""
    by = member_of(request)
    remove_member(or_404(Member.objects.active(), by, member_id), by=by)
    return Status(204, None)
