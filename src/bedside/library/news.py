"""What this room announces; `config.wiring` says who listens."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class AssetUploaded:
    """A new asset lies in the library and waits to be looked at."""

    asset_id: UUID


@dataclass(frozen=True)
class AssetCovered:
    """A covered or cut copy took the place of a picture or film, which is withheld from now on."""

    source_id: UUID
    copy_id: UUID
    member_id: UUID
