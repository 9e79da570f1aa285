"""Reads about channels. The credentials are left out: whoever acts asks `sessions` for them."""

from uuid import UUID

from django.db.models import QuerySet

from bedside.networks.account import Account, Limits
from bedside.networks.catalogue import UnknownNetwork, connector_of
from bedside.networks.models import Channel
from bedside.people.gate import or_404
from bedside.people.models import Member, Organization


def channels_of(organization: Organization) -> QuerySet[Channel]:
    """All channels of the organization, by name, disconnected ones included."""
    return Channel.objects.filter(organization=organization).defer("credentials")


def channels_for(member: Member) -> QuerySet[Channel]:
    """The channels that a member of the organization sees: all of it, by name."""
    return Channel.objects.filter(organization_id=member.organization_id).defer("credentials")


def channel_for(member: Member, channel_id: UUID | str) -> Channel:
    """One channel of the member's organization; anything else is a 404."""
    return or_404(Channel.objects.defer("credentials"), member, channel_id)


def account_of(channel: Channel) -> Account:
    """The channel as the connectors know it, with its own limits or its network's usual ones."""
    return Account(
        remote_id=channel.remote_id,
        handle=channel.handle,
        name=channel.name,
        url=channel.url,
        server_url=channel.server_url,
        limits=limits_of(channel),
        avatar_url=channel.avatar_url,
    )


def limits_of(channel: Channel) -> Limits:
    """What may be posted there, as the server said at the last sign-in; what nobody asked it then (films, in channels
    connected before films were sent) as the network usually allows.
    """
    usual = connector_of(channel.network).card.limits
    return Limits.from_json(usual.as_json() | channel.limits) if channel.limits else usual


def network_name(channel: Channel) -> str:
    """The network's name as people write it; its key when this version does not know it."""
    try:
        return connector_of(channel.network).card.name
    except UnknownNetwork:
        return channel.network
