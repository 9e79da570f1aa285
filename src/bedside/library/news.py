"""What this room announces; `config.wiring` says who listens."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AssetUploaded:
    """A new asset lies in the library and waits to be looked at."""

    asset_id: UUID
