"""Whom the key acts for, the members, who is invited, and the roles. A key gives no power that it does not have."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from bedside.api.door import PROBLEMS, Given, member_of, needs
from bedside.people.actions import invite, remove_member, withdraw_invitation
from bedside.people.gate import or_404
from bedside.people.models import Invitation, Member, Role
from bedside.people.powers import Power
from bedside.people.queries import invitation_for, open_invitations
from bedside.people.roles import give_role, save_role

router = Router(tags=["people"])


class RoleOut(Schema):
    """A role and its powers; `key` names a built-in one."""

    id: UUID
    key: str
    name: str
    powers: list[str]


class RoleIn(Given):
    """A role of the organization's own. It holds no power that the key does not have."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "Front desk", "powers": ["view", "answer"]}]}
    )

    name: str = Field(min_length=1, max_length=80)
    powers: list[Power] = Field(min_length=1, max_length=len(Power))


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
    role: str = Field(alias="role.name")
    created_at: datetime
    expires_at: datetime


class RoleChoice(Given):
    """The role to give."""

    role: UUID


@router.get("/roles", response={200: list[RoleOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_PEOPLE)
def roles(request: HttpRequest) -> QuerySet[Role]:
    """The roles and what each may do."""
    return member_of(request).organization.roles.all()


@router.post("/roles", response={201: RoleOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def make_role(request: HttpRequest, role: RoleIn) -> Any:
    """Make a role of the organization's own."""
    by = member_of(request)
    return Status(201, save_role(by.organization, name=role.name, powers=role.powers, by=by))


@router.put("/roles/{role_id}", response={200: RoleOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def change_role(request: HttpRequest, role_id: UUID, role: RoleIn) -> Role:
    """Change a role of the organization's own; built-in ones stay as they are."""
    by = member_of(request)
    found = or_404(Role.objects.all(), by, role_id)
    return save_role(by.organization, name=role.name, powers=role.powers, by=by, role=found)


@router.get("/members", response={200: list[MemberOut], **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_PEOPLE)
def members(request: HttpRequest) -> QuerySet[Member]:
    """Everybody who has a place at the desk."""
    return _active().filter(organization=member_of(request).organization).order_by("user__name")


@router.get("/members/{member_id}", response={200: MemberOut, **PROBLEMS})
@needs(Power.VIEW, Power.MANAGE_PEOPLE)
def member(request: HttpRequest, member_id: UUID) -> Member:
    """One member."""
    return or_404(_active(), member_of(request), member_id)


@router.put("/members/{member_id}/role", response={200: MemberOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def give(request: HttpRequest, member_id: UUID, choice: RoleChoice) -> Member:
    """Give a member another role. The last one who can manage people keeps that power."""
    by = member_of(request)
    role = or_404(Role.objects.all(), by, choice.role)
    return give_role(or_404(_active(), by, member_id), role=role, by=by)


@router.delete("/members/{member_id}", response={204: None, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def remove(request: HttpRequest, member_id: UUID) -> Any:
    """Take a member's access away at once, their keys included."""
    by = member_of(request)
    remove_member(or_404(_active(), by, member_id), by=by)
    return Status(204, None)


@router.get("/invitations", response={200: list[InvitationOut], **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def invitations(request: HttpRequest) -> list[Invitation]:
    """The invitations whose links still open, the newest first."""
    return open_invitations(member_of(request).organization)


@router.post("/invitations", response={201: InvitationOut, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def send_invitation(request: HttpRequest, invitation: InvitationIn) -> Any:
    """Invite somebody by e-mail. An invitation to the same address that was not used yet ends."""
    by = member_of(request)
    role = or_404(Role.objects.all(), by, invitation.role)
    made, _token = invite(by.organization, email=invitation.email, role=role, by=by)
    return Status(201, made)


@router.delete("/invitations/{invitation_id}", response={204: None, **PROBLEMS})
@needs(Power.MANAGE_PEOPLE)
def take_back(request: HttpRequest, invitation_id: UUID) -> Any:
    """Make an invitation's link useless."""
    by = member_of(request)
    withdraw_invitation(invitation_for(by, invitation_id), by=by)
    return Status(204, None)


def _active() -> QuerySet[Member]:
    return Member.objects.active().select_related("user", "role")
