"""What does the doctor say about one thing? The words and the state; how it was found is in the `look_at_…`
modules.
"""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """How a thing is."""

    WELL = "well"
    WATCH = "watch"
    """It works, and somebody should know."""
    ILL = "ill"
    """It does not work or soon will not."""


@dataclass(frozen=True)
class Sight:
    """One thing that was looked at: what it is, how it is, a sentence, and what to do when it is not well."""

    subject: str
    state: State
    says: str
    advice: str = ""


def well(subject: str, says: str) -> Sight:
    """It is in order."""
    return Sight(subject, State.WELL, says)


def watch(subject: str, says: str, advice: str) -> Sight:
    """It works, and somebody should know."""
    return Sight(subject, State.WATCH, says, advice)


def ill(subject: str, says: str, advice: str) -> Sight:
    """It does not work or soon will not."""
    return Sight(subject, State.ILL, says, advice)
