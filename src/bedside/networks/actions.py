"""The verbs of channels: connect, connect again, disconnect, and noting that a sign-in is needed.

Connecting again keeps the row, and with it deliveries, conversations and numbers. How a person signs in at the
network is the connectors' business (`Connector.connect`); the result of it comes here.
"""

from django.utils.translation import gettext as _

from bedside.audit.actions import action, nothing_changed, record
from bedside.audit.actor import SYSTEM
from bedside.foundation import clock
from bedside.foundation.announce import announce
from bedside.foundation.refusal import Refusal
from bedside.networks.catalogue import connector_of
from bedside.networks.models import CHANNEL_MOVES, Channel
from bedside.networks.news import ChannelConnected, ChannelDisconnected, ChannelNeedsSignIn
from bedside.networks.sign_in import SignedIn
from bedside.people.doers import Doer, insist, organization_of
from bedside.people.models import Location, Organization
from bedside.people.powers import Power

HEALTHY, NEEDS_SIGN_IN, DISCONNECTED = (
    Channel.Health.HEALTHY,
    Channel.Health.NEEDS_SIGN_IN,
    Channel.Health.DISCONNECTED,
)


@action
def connect_channel(
    *,
    organization: Organization,
    network: str,
    signed_in: SignedIn,
    by: Doer,
    location: Location | None = None,
) -> Channel:
    """Connect the account that a person has just signed in with. A channel that is already there is kept."""
    insist(by, Power.MANAGE_CHANNELS)
    name = connector_of(network).card.name
    account = signed_in.account
    channel, is_new = Channel.objects.get_or_create(
        organization=organization,
        network=network,
        server_url=account.server_url,
        remote_id=account.remote_id,
        defaults={"connected_at": clock.now(), "name": account.name, "handle": account.handle},
    )
    if location is not None:
        channel.location = location
    _sign_in(channel, signed_in)
    words = (
        _("Connected %(channel)s on %(network)s.")
        if is_new
        else _("Connected %(channel)s on %(network)s again.")
    )
    _tell(channel, by, "channel.connected", words % {"channel": channel.handle, "network": name})
    announce(ChannelConnected(channel.pk, channel.organization_id, is_again=not is_new))
    return channel


@action
def reconnect(channel: Channel, *, signed_in: SignedIn, by: Doer) -> Channel:
    """Sign an existing channel in again. Refused when the sign-in is for another account: history would mix."""
    _insist(channel, by)
    if signed_in.account.remote_id != channel.remote_id:
        raise Refusal(
            "other_account",
            _(
                "You signed in as %(other)s, but this channel is %(this)s. Sign in with that account, or connect the "
                "other one as a new channel."
            )
            % {"other": signed_in.account.handle, "this": channel.handle},
        )
    _sign_in(channel, signed_in)
    _tell(channel, by, "channel.connected", _("Connected %(name)s again.") % {"name": channel.handle})
    announce(ChannelConnected(channel.pk, channel.organization_id, is_again=True))
    return channel


@action
def disconnect(channel: Channel, *, by: Doer) -> Channel:
    """Forget the credentials. The channel and everything that went through it stay to be read."""
    _insist(channel, by)
    if channel.health == DISCONNECTED:
        nothing_changed()
        return channel
    CHANNEL_MOVES.check(channel.health, DISCONNECTED)
    channel.health, channel.credentials, channel.credentials_expire_at = DISCONNECTED, None, None
    channel.problem = _("%(name)s was disconnected by %(who)s.") % {
        "name": channel.name,
        "who": by.actor.label,
    }
    channel.save(update_fields=["health", "credentials", "credentials_expire_at", "problem"])
    _tell(channel, by, "channel.disconnected", _("Disconnected %(name)s.") % {"name": channel.handle})
    announce(ChannelDisconnected(channel.pk, channel.organization_id))
    return channel


@action
def mark_needs_sign_in(channel: Channel, *, sentence: str) -> bool:
    """Note that the network no longer accepts our credentials; True when this was not known before."""
    changed = Channel.objects.filter(pk=channel.pk, health=HEALTHY).update(
        health=NEEDS_SIGN_IN, problem=str(sentence)[:400]
    )
    if not changed:
        nothing_changed()
        return False
    record(
        channel.organization_id,
        by=SYSTEM,
        verb="channel.needs_sign_in",
        on=("channel", channel.pk, channel.name),
        words=_("%(name)s has to be connected again: %(why)s") % {"name": channel.name, "why": sentence},
    )
    announce(ChannelNeedsSignIn(channel.pk, channel.organization_id, channel.name, str(sentence)))
    return True


def _sign_in(channel: Channel, signed_in: SignedIn) -> None:
    account, credentials = signed_in.account, signed_in.credentials
    channel.handle, channel.name = account.handle[:200], (account.name or account.handle)[:200]
    channel.url, channel.avatar_url = account.url, account.avatar_url
    channel.limits = account.limits.as_json()
    channel.credentials, channel.credentials_expire_at = credentials.as_json(), credentials.expires_at
    channel.health, channel.problem, channel.not_before_at = HEALTHY, "", None
    channel.save()


def _insist(channel: Channel, by: Doer) -> None:
    insist(by, Power.MANAGE_CHANNELS)
    if organization_of(by) not in (None, channel.organization_id):
        raise Refusal("unknown_channel", _("There is no such channel."))


def _tell(channel: Channel, by: Doer, verb: str, words: str) -> None:
    record(
        channel.organization_id, by=by.actor, verb=verb, on=("channel", channel.pk, channel.name), words=words
    )
