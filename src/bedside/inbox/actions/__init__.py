"""The verbs of this room: taking in what arrives, looking after conversations, and answering."""

from bedside.inbox.actions.answering import (
    Stopped,
    agree_reply,
    await_reply_again,
    return_reply,
    send_reply,
    take_back_reply,
    withdraw_reply,
    write_reply,
)
from bedside.inbox.actions.arriving import mark_missing, take_in
from bedside.inbox.actions.hiding import hide_message, unhide_message
from bedside.inbox.actions.landing import reply_was_deleted, reply_went_out
from bedside.inbox.actions.tending import (
    assign_conversation,
    close_conversation,
    open_conversation,
    reopen_conversation,
)

__all__ = [
    "Stopped",
    "agree_reply",
    "assign_conversation",
    "await_reply_again",
    "close_conversation",
    "hide_message",
    "mark_missing",
    "open_conversation",
    "reopen_conversation",
    "reply_was_deleted",
    "reply_went_out",
    "return_reply",
    "send_reply",
    "take_back_reply",
    "take_in",
    "unhide_message",
    "withdraw_reply",
    "write_reply",
]
