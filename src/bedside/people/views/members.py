"""Settings of people: members, invitations, roles, and the keys of programs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bedside.foundation.refusal import Refusal
from bedside.people.actions import invitation_link, invite, remove_member, withdraw_invitation
from bedside.people.forms import InviteForm, KeyForm, MemberRoleForm, RoleForm, refuse_at_field
from bedside.people.gate import DeskRequest, gate, or_404
from bedside.people.middleware import SESSION_KEY
from bedside.people.models import ApiToken, Member, Role
from bedside.people.notices import notice_for, notices_of
from bedside.people.powers import Power
from bedside.people.queries import invitation_for, open_invitations, power_names
from bedside.people.roles import give_role, save_role
from bedside.people.tokens import make_token, revoke_token, tokens_of


@gate(Power.MANAGE_PEOPLE)
def members(request: DeskRequest) -> HttpResponse:
    """Everybody who has a place at the desk, and who is invited."""
    organization = request.member.organization
    found = Member.objects.active().filter(organization=organization).select_related("user", "role")
    context = {
        "members": found.order_by("user__name"),
        "invitations": open_invitations(organization),
        "form": InviteForm(organization=organization),
    }
    return render(request, "people/members.html", context)


@gate(Power.MANAGE_PEOPLE)
@require_POST
def send_invitation(request: DeskRequest) -> HttpResponse:
    """Invite somebody; the link is shown once too, for when no mail server is set up."""
    organization = request.member.organization
    form, link = InviteForm(request.POST, organization=organization), ""
    if form.is_valid():
        try:
            _invitation, token = invite(organization, by=request.member, **form.cleaned_data)
            link = invitation_link(token)
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"form": form, "link": link, "email": form.data.get("email")}
    return render(request, "people/invited.html", context, status=422 if form.errors else 200)


@gate(Power.MANAGE_PEOPLE)
@require_POST
def take_back_invitation(request: DeskRequest, invitation_id: str) -> HttpResponse:
    """Make an invitation's link useless."""
    withdraw_invitation(invitation_for(request.member, invitation_id), by=request.member)
    messages.success(request, _("The invitation was withdrawn; its link opens nothing now."))
    return redirect("people:members")


@gate(Power.MANAGE_PEOPLE)
def member(request: DeskRequest, member_id: str) -> HttpResponse:
    """One member: their role, and taking their access away."""
    found = or_404(Member.objects.active().select_related("user", "role"), request.member, member_id)
    form = MemberRoleForm(request.POST or None, member=found)
    if request.method == "POST" and form.is_valid():
        try:
            give_role(found, role=form.cleaned_data["role"], by=request.member)
            messages.success(request, _("Saved."))
            return redirect("people:members")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return render(request, "people/member.html", {"found": found, "form": form})


@gate(Power.MANAGE_PEOPLE)
@require_POST
def remove(request: DeskRequest, member_id: str) -> HttpResponse:
    """Take a member's access away at once."""
    found = or_404(Member.objects.active(), request.member, member_id)
    remove_member(found, by=request.member)
    messages.success(request, _("%(name)s has no access any more.") % {"name": found.name})
    return redirect("people:members")


@gate(Power.MANAGE_PEOPLE)
def roles(request: DeskRequest) -> HttpResponse:
    """The roles and what each may do."""
    found = [
        (role, power_names(role.powers))
        for role in request.member.organization.roles.order_by("-key", "name")
    ]
    return render(request, "people/roles.html", {"roles": found})


@gate(Power.MANAGE_PEOPLE)
def role(request: DeskRequest, role_id: str = "") -> HttpResponse:
    """Make a role of the organization's own, or change one."""
    edited = or_404(Role.objects.filter(key=""), request.member, role_id) if role_id else None
    initial = {"name": edited.name, "powers": edited.powers} if edited else {}
    form = RoleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_role(request.member.organization, role=edited, by=request.member, **form.cleaned_data)
            return redirect("people:roles")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    context = {"form": form, "edited": edited}
    return render(request, "people/role.html", context, status=422 if form.errors else 200)


@gate(Power.VIEW)
def account(request: DeskRequest) -> HttpResponse:
    """The member's own page: factors, keys, notices, other organizations."""
    mine = Member.objects.active().filter(user=request.member.user).select_related("organization", "role")
    context = {
        "memberships": mine,
        "keys": tokens_of(request.member),
        "notices": notices_of(request.member)[:30],
    }
    return render(request, "people/account.html", context)


@gate(Power.VIEW)
def key(request: DeskRequest) -> HttpResponse:
    """Make a key for a program; its secret is shown once."""
    form, secret = KeyForm(request.POST or None, member=request.member), ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = make_token(by=request.member, **form.cleaned_data)
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return render(request, "people/key.html", {"form": form, "secret": secret})


@gate(Power.VIEW)
@require_POST
def end_key(request: DeskRequest, token_id: str) -> HttpResponse:
    """End a key at once."""
    revoke_token(
        or_404(ApiToken.objects.filter(revoked_at=None), request.member, token_id), by=request.member
    )
    messages.success(request, _("The key ended; programs that use it are refused from now on."))
    return redirect("people:profile")


@gate(Power.VIEW)
@require_POST
def switch(request: DeskRequest, organization_id: UUID) -> HttpResponse:
    """Go to another of the member's organizations."""
    mine = Member.objects.active().filter(user=request.member.user, organization_id=organization_id)
    if not mine.exists():
        raise Http404
    request.session[SESSION_KEY] = str(organization_id)
    return redirect("/")


@gate(Power.VIEW)
@require_POST
def notice_read(request: DeskRequest, notice_id: UUID) -> HttpResponse:
    """Put a notice down and go where it leads; back to Today where it was put down there."""
    notice = notice_for(request.member, notice_id)
    notice.mark_read()
    return redirect("/" if "stay" in request.POST else notice.url or "/")
