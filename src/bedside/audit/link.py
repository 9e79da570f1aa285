"""How is one line of the record bound to the line before it? By a hash over both."""

import hashlib
import json
from typing import Any

from bedside.audit.models import Record


def said_by(line: Record) -> dict[str, Any]:
    """Everything the line says, and the hash before it, as it is hashed and as it is taken along."""
    return {
        "chain": line.chain_id,
        "number": line.number,
        "at": line.at.isoformat(timespec="microseconds"),
        "actor": [line.actor_kind, line.actor_id, line.actor_label],
        "verb": line.verb,
        "object": [line.object_kind, line.object_id, line.object_label],
        "words": line.words,
        "data": line.data,
        "previous": line.previous_hash,
    }


def hash_of(line: Record) -> str:
    """SHA-256 over the canonical JSON of all that."""
    canonical = json.dumps(said_by(line), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
