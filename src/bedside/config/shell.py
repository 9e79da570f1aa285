"""What do the rooms show in the shell around every page? Badges and banners here, registered with the rest.

The lines of Today are in `today`, what the palette finds in `finding`. Badges and banners are asked for on
every page: each is a small indexed read.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.approvals.queries import waiting_count
from bedside.config import finding, today
from bedside.crisis.models import Hold
from bedside.crisis.queries import holds_seen_by
from bedside.networks.models import Channel
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.web import banners, navigation
from bedside.web.banners import Banner
from bedside.web.shell_atoms import url_or_none


def connect() -> None:
    """Fill the shell's registries. May be called again."""
    navigation.count_with("approvals", waiting_count)
    for source in (demonstration, holds, silent_channels):
        banners.register(source)
    today.connect()
    finding.connect()


def demonstration(member: Member) -> Iterator[Banner]:
    """In the demonstration everybody should know all the time that nothing here is real."""
    if member.organization.is_demo:
        yield Banner(
            _(
                "This is a demonstration. Clinic, people and posts are made up; only the practice network is real."
            ),
            "info",
            "training",
        )


def holds(member: Member) -> Iterator[Banner]:
    """Every hold in force that the member's organization feels, and where to lift it."""
    found = list(holds_seen_by(member)[:5])
    if not found:
        return
    names = _names({hold.channel_id for hold in found if hold.channel_id})
    url = url_or_none("crisis:holds")
    for hold in found:
        sentence = _("%(what)s %(why)s") % {"what": _stopped(hold, names), "why": hold.reason}
        yield Banner(sentence, "danger", "pause", url, _("Holds") if url else "")


def silent_channels(member: Member) -> Iterator[Banner]:
    """The channels through which nothing leaves or arrives until somebody signs in again."""
    names = list(_broken(member).values_list("name", flat=True)[:20])
    if not names:
        return
    url = url_or_none("networks:channels") if member.can(Power.MANAGE_CHANNELS) else ""
    sentence = ngettext(
        "%(names)s has to be connected again; until then nothing leaves or arrives there.",
        "%(count)s channels have to be connected again (%(names)s); until then nothing leaves or arrives there.",
        len(names),
    ) % {"count": len(names), "names": ", ".join(names[:3]) + ("…" if len(names) > 3 else "")}
    if not url:
        sentence += " " + _("Tell an administrator.")
    yield Banner(sentence, "person", "disconnect", url, _("Connect again") if url else "")


def _broken(member: Member) -> QuerySet[Channel]:
    return Channel.objects.filter(
        organization_id=member.organization_id, health=Channel.Health.NEEDS_SIGN_IN
    ).order_by("name")


def _names(ids: set[UUID]) -> dict[UUID, str]:
    return dict(Channel.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _stopped(hold: Hold, names: dict[UUID, str]) -> str:
    if hold.organization_id is None:
        return _("Nothing leaves this installation:")
    if hold.channel_id is None:
        return _("Nothing leaves this organization:")
    return _("Nothing leaves through %(channel)s:") % {
        "channel": names.get(hold.channel_id, _("one channel"))
    }
