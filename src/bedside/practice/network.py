"""The running practice network as one value: its settings, its store, its faults and its rates.

Handlers reach it through `of(request)`; nothing here decides anything.
"""

from dataclasses import dataclass, field

from starlette.requests import Request

from bedside.practice.faults import Faults
from bedside.practice.rates import Rates
from bedside.practice.settings import Settings
from bedside.practice.sign_in_codes import Codes
from bedside.practice.store import Store


@dataclass
class Network:
    """Everything a handler needs; `first_settings` are those a reset goes back to."""

    settings: Settings
    store: Store
    first_settings: Settings
    faults: Faults = field(default_factory=Faults)
    rates: Rates = field(default_factory=Rates)
    codes: Codes = field(default_factory=Codes)

    @property
    def base_url(self) -> str:
        """The network's own address, for links in answers."""
        return self.settings.base_url


def of(request: Request) -> Network:
    """The network that serves this request."""
    network: Network = request.app.state.network
    return network
