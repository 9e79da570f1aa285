"""Who is there? The only place that knows the connectors by name; everybody else asks by key."""

from bedside.networks.bluesky import CONNECTOR as BLUESKY
from bedside.networks.contract import Connector
from bedside.networks.mastodon import CONNECTOR as MASTODON
from bedside.networks.practice import CONNECTOR as PRACTICE

_CONNECTORS: dict[str, Connector] = {each.card.key: each for each in (BLUESKY, MASTODON, PRACTICE)}


class UnknownNetwork(LookupError):
    """A channel names a network that this version of Bedside does not have."""


def connectors() -> list[Connector]:
    """Every network that a channel can be connected to, in the order in which they are offered."""
    return list(_CONNECTORS.values())


def connector_of(key: str) -> Connector:
    """The connector of a network by its key ("bluesky"). Raises UnknownNetwork."""
    try:
        return _CONNECTORS[key]
    except KeyError:
        raise UnknownNetwork(f"No network is called {key!r} here.") from None
