"""How does a test send a delivery as the worker does? Every step stored as JSON and read back before the
next one.
"""

import json
import uuid

from tests.networks.places import Place

from bedside.networks.carry import carry, settle
from bedside.networks.contract import Outgoing, Progress, Receipt, Unknown


class Delivery:
    """A delivery with its progress in a store that survives whatever happens to the caller."""

    def __init__(self, place: Place, outgoing: Outgoing) -> None:
        self.place = place
        self.outgoing = outgoing
        publish = place.connector.publish
        self.save(publish.begin(outgoing, key=uuid.uuid4().hex, at=place.now()))

    @property
    def progress(self) -> Progress:
        return Progress.from_json(json.loads(self.stored))

    def save(self, progress: Progress) -> None:
        self.stored = json.dumps(progress.as_json())

    def carry(self) -> Receipt:
        """Take it as far as it goes; raises what the connector raises."""
        publish, session = self.place.connector.publish, self.place.session
        return carry(publish, session, self.outgoing, self.progress, save=self.save)

    def settle(self) -> Progress | Unknown:
        """Find out what became of the uncertain part."""
        publish, session = self.place.connector.publish, self.place.session
        return settle(publish, session, self.outgoing, self.progress, save=self.save)


def sent(place: Place, outgoing: Outgoing) -> Receipt:
    """Send without accidents."""
    return Delivery(place, outgoing).carry()
