"""The verbs about roles: give one, make or change one of the organization's own. Nobody gives what they lack, and
somebody always manages people.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from bedside.audit.actions import action, record
from bedside.foundation.announce import announce
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.people.models import Member, Organization, Role
from bedside.people.news import PowersChanged
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.people.queries import members_with


@action
def give_role(member: Member, *, role: Role, by: Member) -> Member:
    """Change what a member may do. The last one who can manage people cannot lose that power."""
    may_manage_people(by)
    no_more_than_own(by, role.powers)
    if role.organization_id != member.organization_id:
        raise Refusal("wrong_role", _("Choose one of your organization's roles."), field="role")
    if Power.MANAGE_PEOPLE not in role.powers:
        keep_a_manager(member.organization, lambda manager: manager.pk == member.pk)
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    record(
        member.organization_id,
        by=by.actor,
        verb="member.role_given",
        on=("member", member.pk, member.name),
        words=_("Made %(name)s %(role)s; before: %(before)s.")
        % {"name": member.name, "role": role.name, "before": before.name},
        data={"role": role.name, "before": before.name},
    )
    announce(PowersChanged(member.organization_id))
    return member


@action
def save_role(
    organization: Organization, *, name: str, powers: Iterable[str], by: Member, role: Role | None = None
) -> Role:
    """Make a role of the organization's own, or change one. Nobody gives powers that they lack themselves."""
    may_manage_people(by)
    chosen = [str(power) for power in Power if str(power) in set(powers)]
    no_more_than_own(by, chosen)
    if not name.strip():
        raise Refusal("name_missing", _("Give the role a name."), field="name")
    others = Role.objects.filter(organization=organization, name=name.strip())
    if (others.exclude(pk=role.pk) if role else others).exists():
        raise Refusal("name_taken", _("There is a role with this name already."), field="name")
    made = role or Role(organization=organization)
    if made.key:
        raise Refusal("built_in", _("Built-in roles stay as they are. Make a role of your own instead."))
    if Power.MANAGE_PEOPLE not in chosen:
        keep_a_manager(organization, lambda manager: manager.role_id == made.pk)
    made.name, made.powers = name.strip(), chosen
    made.save()
    record(
        organization.pk,
        by=by.actor,
        verb="role.saved",
        on=("role", made.pk, made.name),
        words=_("Saved the role %(name)s.") % {"name": made.name},
        data={"powers": chosen},
    )
    announce(PowersChanged(organization.pk))
    return made


def may_manage_people(by: Member) -> None:
    """Refuse unless the member manages people."""
    if not by.can(Power.MANAGE_PEOPLE):
        raise NotAllowed(Power.MANAGE_PEOPLE)


def no_more_than_own(by: Member, powers: Iterable[str]) -> None:
    """Signing powers are given by the administrator without having them; all others must be one's own.

    A key gives nothing that it was not given: who finds a lost one must not make a signer with it.
    """
    signing = {str(power) for power in SIGNING_POWERS.values()} if by.key is None else set()
    beyond = sorted(set(powers) - by.powers - signing)
    if beyond:
        sentence = (
            _("You cannot give a power that you do not have yourself: %(powers)s.")
            if by.key is None
            else _("A key cannot give a power that it does not have: %(powers)s. A person can, at the desk.")
        )
        raise Refusal("beyond_own", sentence % {"powers": ", ".join(beyond)}, field="powers")


def keep_a_manager(organization: Organization, stops: Callable[[Member], bool]) -> None:
    """Refuse a change after which nobody manages people; `stops` tells who would not any more."""
    if all(stops(manager) for manager in members_with(organization, Power.MANAGE_PEOPLE)):
        sentence = _("Somebody has to be able to manage people. Give another member that power first.")
        raise Refusal("last_manager", sentence)
