"""The moves of a request and of its steps."""

from bedside.foundation.states import moves

REQUEST_MOVES = moves(
    "request",
    "open",
    open="agreed changes_wanted refused void expired",
    agreed="void expired",
    changes_wanted="",
    refused="",
    void="",
    expired="",
)
