"""The moves of a waiver and of a mark."""

from bedside.foundation.states import moves

# `begun`: one of the two who have to agree has done so.
WAIVER_MOVES = moves(
    "waiver",
    "asked",
    asked="begun given refused withdrawn",
    begun="given refused withdrawn",
    given="withdrawn",
    refused="",
    withdrawn="",
)

MARK_MOVES = moves("mark", "open", open="accepted rejected", accepted="rejected", rejected="")
