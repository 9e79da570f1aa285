"""One call to a channel's network in the channel's name: with fresh credentials, and an end for every failure.

When the network no longer accepts our sign-in, it is exchanged once; when that fails too, the channel is marked.
"""

from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _

from bedside.networks import sessions
from bedside.networks.actions import mark_needs_sign_in
from bedside.networks.contract import Session, SignInAgain
from bedside.networks.models import Channel
from bedside.networks.words import translated

T = TypeVar("T")


def call(channel: Channel, ask: Callable[[Session], T]) -> T:
    """`ask(session)`, once more with new credentials if need be. Raises the outcomes of `networks.outcomes`."""
    try:
        session = sessions.session_for(channel)
        try:
            return ask(session)
        except SignInAgain:
            return ask(sessions.renewed(channel, session))
    except SignInAgain as ended:
        mark_needs_sign_in(channel, sentence=translated(ended.sentence, _))
        raise
