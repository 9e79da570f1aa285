"""Whose mailbox is this? The same one can be written in several ways, and a member may have several."""

from uuid import UUID

from allauth.account.models import EmailAddress

from bedside.people.models import Member

_DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})


def mailbox_of(email: str) -> str:
    """An address without what only sorts mail: capitals, and whatever follows a plus sign (RFC 5233)."""
    local, _at, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    return f"{local.replace('.', '') if domain in _DOTS_DO_NOT_COUNT else local}@{domain}"


def members_at(organization_id: UUID, email: str) -> list[Member]:
    """The members of an organization, those who left included, to whom a mailbox belongs."""
    asked = mailbox_of(email)
    members = list(Member.objects.filter(organization_id=organization_id).select_related("user", "role"))
    further = EmailAddress.objects.filter(user__in=[member.user_id for member in members])
    also = {
        user_id
        for user_id, address in further.values_list("user_id", "email")
        if mailbox_of(address) == asked
    }
    return [m for m in members if mailbox_of(m.user.email) == asked or m.user_id in also]
