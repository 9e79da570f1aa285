"""How is one line of the record bound to the line before it? By a hash over both."""

import hashlib
import json

from bedside.audit.models import Record


def hash_of(line: Record) -> str:
    """SHA-256 over the canonical JSON of everything the line says and the hash before it."""
    said = {
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
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
