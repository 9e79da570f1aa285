"""The moves of a request."""

from bedside.foundation.states import moves

# Back to open only by undoing a decision, while the material is still the same.
REQUEST_MOVES = moves(
    "request",
    "open",
    open="agreed changes_wanted refused void expired",
    agreed="open void expired",
    changes_wanted="open void",
    refused="open void",
    void="",
    expired="void",
)
