"""What networks answered, written down: the files in each connector's folder `samples`."""

import json
from datetime import UTC, datetime
from importlib import resources
from typing import Any

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def sample(network: str, name: str) -> Any:
    """One sample of one network."""
    file = resources.files("bedside.networks") / network / "samples" / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8"))
