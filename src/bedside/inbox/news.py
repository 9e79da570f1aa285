"""What this room announces; ids and kinds alone, never a word that somebody wrote. Wired in `config.wiring`."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class MessageArrived:
    """Somebody wrote to us. `is_urgent`: it reads like an emergency, self-harm or a threat."""

    message_id: UUID
    conversation_id: UUID
    organization_id: UUID
    kind: str
    is_urgent: bool


@dataclass(frozen=True)
class ReplySent:
    """An answer of ours is public; the conversation counts as answered."""

    reply_id: UUID
    conversation_id: UUID
    organization_id: UUID


@dataclass(frozen=True)
class ConversationOpened:
    """Somebody looks at a conversation whose thread was not read as a whole for a while."""

    conversation_id: UUID
