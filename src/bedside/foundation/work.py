"""The job seam: what is done soon, what is done again and again, and by whom.

Rooms write `@job` functions and call `soon(...)`; the engine (Huey on SQLite, or on Redis with
many machines) is only the trigger. It may lose or double a call: every job must look at the rows
to see what is to be done. `@every` names what recurs; the worker asks `due()` for it, and a
`Schedule` row makes sure that among many workers one runs it at a time.
"""

import importlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import close_old_connections, transaction
from huey import RedisHuey, SqliteHuey
from huey.api import Huey, TaskWrapper

log = logging.getLogger(__name__)

_jobs: dict[str, Callable[..., None]] = {}
_put_aside: ContextVar[bool] = ContextVar("jobs_put_aside", default=False)


@dataclass(frozen=True)
class Recurring:
    """Something that recurs: its name, how often (in seconds) and what is called; whether it gives way (`leisure`)."""

    name: str
    seconds: float
    call: Callable[[], None]
    can_wait: bool = False


recurring: dict[str, Recurring] = {}


def job(function: Callable[..., None]) -> Callable[..., None]:
    """Make `function` callable by the worker. Its arguments must be plain values (ids, not objects)."""
    _jobs[_name(function)] = function
    return function


def every(seconds: float, *, can_wait: bool = False) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run the decorated function about every `seconds`, in one worker at a time; one that is pressed does not begin
    what can wait.
    """

    def register(function: Callable[[], None]) -> Callable[[], None]:
        recurring[_name(function)] = Recurring(_name(function), seconds, function, can_wait)
        return function

    return register


def soon(function: Callable[..., None], *args: Any, after: timedelta = timedelta(0)) -> None:
    """Ask the worker to call the job `function(*args)`, `after` the present transaction's commit."""
    name = _name(function)
    if name not in _jobs:
        raise ValueError(f"{name} is not a job; decorate it with @job.")
    if _put_aside.get():
        return
    transaction.on_commit(lambda: _enqueue(name, args, after))


@contextmanager
def without_jobs() -> Iterator[None]:
    """Inside, no job is asked for: what is told there happened long ago, and nobody is to be written to.

    Every job looks at the rows, and what recurs finds whatever still has to be done.
    """
    token = _put_aside.set(True)
    try:
        yield
    finally:
        _put_aside.reset(token)


def _enqueue(name: str, args: tuple[Any, ...], after: timedelta) -> None:
    if settings.BEDSIDE_WORK_IMMEDIATELY:
        _jobs[name](*args)
        return
    _runner().schedule(args=(name, *args), delay=after.total_seconds())


@lru_cache(maxsize=1)
def engine() -> Huey:
    """The engine behind the seam: Redis when BEDSIDE_REDIS_URL is set, else a SQLite file in the data folder."""
    if settings.BEDSIDE_REDIS_URL:
        return RedisHuey("bedside", url=settings.BEDSIDE_REDIS_URL, results=False)
    return SqliteHuey(
        "bedside", filename=str(settings.BEDSIDE_DATA / "work.sqlite3"), results=False, timeout=20
    )


@lru_cache(maxsize=1)
def _runner() -> TaskWrapper:
    return engine().task(name="run")(_run)


def prepare_worker() -> Huey:
    """Register the runner with the engine; the worker process calls this before it starts consuming."""
    _runner()
    return engine()


def _run(name: str, *args: Any) -> None:
    close_old_connections()
    function = _known(name)
    if function is None:
        log.error("The job %s is not known to this version; it was put down.", name)
        return
    try:
        function(*args)
    finally:
        close_old_connections()


def _known(name: str) -> Callable[..., None] | None:
    """The job called `name`; its module is imported when this process has not needed it yet."""
    module = name.rpartition(".")[0]
    if name not in _jobs and module.startswith("bedside."):
        try:
            importlib.import_module(module)
        except ModuleNotFoundError:
            return None
    return _jobs.get(name)


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
