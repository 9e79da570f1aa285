"""Who acts: a value that any room can make and the record can keep without knowing the room."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["member", "token", "outside", "system"]


@dataclass(frozen=True)
class Actor:
    """The one who acts. `id` is stable within `kind`; `label` is how people know them."""

    kind: ActorKind
    id: str
    label: str


SYSTEM = Actor("system", "bedside", "Bedside")
