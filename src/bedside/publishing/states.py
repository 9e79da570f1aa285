"""The moves of a delivery. There is no way from `sending` back to `waiting` but through a look-up."""

from bedside.foundation.states import moves

DELIVERY_MOVES = moves(
    "delivery",
    "waiting",
    waiting="held sending cancelled",
    held="waiting cancelled",
    sending="sent unsure failed waiting held",  # waiting and held only on an answer that proves nothing was posted
    unsure="sent waiting failed held",  # only after the network was asked, or a person decided
    sent="",
    failed="waiting cancelled",
    cancelled="",
)
