"""News between rooms: a room announces what happened, and `config.wiring` says who cares.

Rooms on a lower floor may not call those above. They announce a value object instead; it is
delivered after the transaction has been committed, so nobody acts on what was rolled back.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

log = logging.getLogger(__name__)

News = TypeVar("News")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
_at_once: ContextVar[bool] = ContextVar("news_at_once", default=False)


def when(kind: type[News], then: Callable[[News], None]) -> None:
    """Call `then(news)` after every commit that announced a `kind`. Registering twice counts once."""
    if then not in _listeners[kind]:
        _listeners[kind].append(then)


def announce(news: object) -> None:
    """Tell the house that `news` happened, once the present transaction is committed.

    A listener that fails is logged and does not keep the others from hearing: the news is true
    whatever a listener makes of it. What must happen with the change belongs into the action.
    """
    if _at_once.get():
        _deliver(news)
        return
    transaction.on_commit(lambda: _deliver(news))


@contextmanager
def heard_at_once() -> Iterator[None]:
    """Inside, news is heard when it is announced, before the commit: for a long story told in one transaction.

    The listeners' changes then stand or fall with it. Without this they would come after the story's end.
    """
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def _deliver(news: object) -> None:
    for then in _listeners[type(news)]:
        try:
            then(news)
        except Exception:  # a listener's fault must not undo or hide what was committed
            log.exception("A listener failed on %s: %s", type(news).__name__, then.__qualname__)
