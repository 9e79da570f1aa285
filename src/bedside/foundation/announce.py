"""News between rooms: a room announces what happened, and `config.wiring` says who cares.

Rooms on a lower floor may not call those above. They announce a value object instead; it is
delivered after the transaction has been committed, so nobody acts on what was rolled back.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

log = logging.getLogger(__name__)

News = TypeVar("News")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def when(kind: type[News], then: Callable[[News], None]) -> None:
    """Call `then(news)` after every commit that announced a `kind`. Registering twice counts once."""
    if then not in _listeners[kind]:
        _listeners[kind].append(then)


def announce(news: object) -> None:
    """Tell the house that `news` happened, once the present transaction is committed.

    A listener that fails is logged and does not keep the others from hearing: the news is true
    whatever a listener makes of it. What must happen with the change belongs into the action.
    """
    transaction.on_commit(lambda: _deliver(news))


def _deliver(news: object) -> None:
    for then in _listeners[type(news)]:
        try:
            then(news)
        except Exception:  # a listener's fault must not undo or hide what was committed
            log.exception("A listener failed on %s: %s", type(news).__name__, then.__qualname__)
