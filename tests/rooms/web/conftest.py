"""A clinic with a channel, and short ways to posts and deliveries in every state that Today shows."""

from datetime import datetime
from uuid import uuid4

import pytest
from tests.fixtures.clinic import Clinic
from tests.rooms.planning.conftest import author, channel, write

from bedside.networks.models import Channel
from bedside.publishing.models import Delivery

__all__ = ["author", "channel", "write"]


@pytest.fixture
def deliver(clinic: Clinic, channel: Channel):
    """`deliver("held", due_at)`: a delivery in that state, of a subject that nobody asks for."""

    def make(state: str, due_at: datetime, **more: object) -> Delivery:
        return Delivery.objects.create(
            organization=clinic.organization,
            channel=channel,
            subject_kind="variant",
            subject_id=more.pop("subject_id", None) or uuid4(),
            excerpt=more.pop("excerpt", "Flu shots"),
            fingerprint="x",
            state=state,
            due_at=due_at,
            scheduled_at=due_at,
            **more,
        )

    return make
