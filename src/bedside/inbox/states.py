"""The moves of a conversation and of an answer. What became of an answer's delivery is publishing's."""

from bedside.foundation.states import moves

CONVERSATION_MOVES = moves(
    "conversation",
    "open",
    open="answered closed",
    answered="open closed",  # a new message, or a person, opens it again
    closed="open answered",  # an answer that was on its way arrives even when the conversation was closed
)

REPLY_MOVES = moves(
    "answer",
    "draft",
    draft="submitted agreed withdrawn",  # straight to agreed: the guard finds nothing and the organization allows it
    submitted="draft agreed withdrawn",
    agreed="draft submitted sent withdrawn",  # a decision taken back lets it wait again
    sent="",
    withdrawn="",
)
