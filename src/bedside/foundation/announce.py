"""News between rooms: a room announces what happened, and `config.wiring` says who cares.

Rooms on a lower floor may not call those above. They announce a value object instead; it is
delivered after the transaction has been committed, so nobody acts on what was rolled back.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import transaction

log = logging.getLogger(__name__)

News = TypeVar("News")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)
_gatherers: dict[type[Any], list[Callable[[Sequence[Any]], None]]] = defaultdict(list)
_at_once: ContextVar[bool] = ContextVar("news_at_once", default=False)


def when(kind: type[News], then: Callable[[News], None]) -> None:
    """Call `then(news)` after every commit that announced a `kind`. Registering twice counts once."""
    if then not in _listeners[kind]:
        _listeners[kind].append(then)


def when_many(kind: type[News], then: Callable[[Sequence[News]], None]) -> None:
    """Call `then` with all news of a kind that were announced together: for who asks the database about each hearing.

    What is announced alone comes as a list of one. Registering twice counts once.
    """
    if then not in _gatherers[kind]:
        _gatherers[kind].append(then)


def announce(news: object) -> None:
    """Tell the house that `news` happened, once the present transaction is committed.

    A listener that fails is logged and does not keep the others from hearing: the news is true
    whatever a listener makes of it. What must happen with the change belongs into the action.
    """
    announce_many([news])


def announce_many(news: Sequence[object]) -> None:
    """The same for several news, in their order."""
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


def _deliver(news: Sequence[object]) -> None:
    gathered: dict[type[Any], list[object]] = defaultdict(list)
    for each in news:
        gathered[type(each)].append(each)
        for then in _listeners[type(each)]:
            _hear(then, each, type(each))
    for kind, alike in gathered.items():
        for together in _gatherers[kind]:
            _hear(together, alike, kind)


def _hear(then: Callable[[Any], None], what: object, kind: type[Any]) -> None:
    try:
        then(what)
    except Exception:  # a listener's fault must not undo or hide what was committed
        log.exception("A listener failed on %s: %s", kind.__name__, then.__qualname__)
