"""What does a new organization still need before its first post can leave? Told on Today to whoever can do it.

Each line goes when the thing is there. The demonstration has everything, so nothing of this stands there.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from bedside.networks.models import Channel
from bedside.people.models import Clinician, Invitation, Member
from bedside.people.powers import Power
from bedside.web.today import TodayItem

WEIGHT = 10  # below everything that happened; in this order among themselves


def first_steps(member: Member) -> Iterator[TodayItem]:
    """A channel to speak on, somebody else who signs, and the names that the guard should know."""
    organization = member.organization
    if member.can(Power.MANAGE_CHANNELS) and not Channel.objects.filter(organization=organization).exists():
        sentence = _("Nothing can leave before that. The practice network is a good one to begin with.")
        yield _step(_("Connect a channel"), sentence, reverse("networks:channels"), 3, "channel")
    if member.can(Power.MANAGE_PEOPLE) and not organization.allows_solo_clearance and _is_alone(member):
        sentence = _(
            "Nobody signs what they wrote themselves. If you work alone, say so in the policies instead."
        )
        yield _step(_("Invite somebody who signs"), sentence, reverse("people:members"), 2, "people")
    if (
        member.can(Power.MANAGE_ORGANIZATION)
        and not Clinician.objects.filter(organization=organization).exists()
    ):
        sentence = _("The guard then knows that these names and numbers are yours and no patient's.")
        yield _step(_("Name your clinicians"), sentence, reverse("people:clinicians"), 1, "clinician")


def _is_alone(member: Member) -> bool:
    others = Member.objects.active().filter(organization_id=member.organization_id).exclude(pk=member.pk)
    asked = Invitation.objects.filter(
        organization_id=member.organization_id, accepted_at=None, withdrawn_at=None
    )
    return not others.exists() and not asked.exists()


def _step(title: str, sentence: str, url: str, place: int, icon: str) -> TodayItem:
    return TodayItem("needs_me", title, sentence, url, None, WEIGHT + place, icon, "action")
