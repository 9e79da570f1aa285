"""Workers that die in the middle: as for a killed process, nothing is written any more after a chosen commit.

What such a worker has asked the network by then stays asked, and its answer is lost with it. The real thing, with
SIGKILL, is `bedside.faults`; this one can be told exactly when.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bedside.publishing.ground import DatabaseClock
from bedside.publishing.pump import Pump
from bedside.publishing.timing import Timing
from bedside.publishing.writing import Pen


class Died(BaseException):
    """The process is gone."""


class Later(DatabaseClock):
    """A clock that can be moved forward."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.ahead


class MortalPen(Pen):
    """A pen that writes `commits` times and then never again. With `loses_last`, the last commit is
    written, but nobody hears of it.
    """

    commits = 10**9
    loses_last = False
    is_dead = False

    def _write_patiently(self, entries: list[Any]) -> None:
        if self.is_dead or self.commits <= 0:
            self._die(entries)
            return
        self.commits -= 1
        if self.commits == 0 and self.loses_last:
            super()._write_patiently([type(entry)(entry.note, entry.patience) for entry in entries])
            self._die(entries)
            return
        super()._write_patiently(entries)

    def _die(self, entries: list[Any]) -> None:
        self.is_dead = True
        for entry in entries:
            entry.done.set_exception(Died())


class Worker:
    """A pump that can be turned and that can die."""

    def __init__(self, data: Path, timing: Timing, clock: Later) -> None:
        self.pump = Pump(data, timing=timing, pen=MortalPen, clock=clock)
        self.pump.start()

    def turn(self, times: int, *, dies_after: int = 10**9, loses_last: bool = False) -> bool:
        """Turn the pump; whether it is still alive. `dies_after` so many commits it dies."""
        pen = self.pump.pen
        assert isinstance(pen, MortalPen)
        pen.commits, pen.loses_last = dies_after, loses_last
        try:
            for _ in range(times):
                self.pump.cycle()
                self._wait(lambda: pen.is_dead or not self.pump.in_air)
        except Died:
            return self._is_dead()
        return not pen.is_dead or self._is_dead()

    def _wait(self, is_over: Callable[[], bool]) -> None:
        for _ in range(40):
            self.pump._note_landed()
            if is_over():
                return
            self.pump.wake.wait(0.02)
            self.pump.wake.clear()

    def _is_dead(self) -> bool:
        self.pump.presence._file.close()  # the system drops a dead process's lock
        return False

    def end(self) -> None:
        """End in order."""
        self.pump.finish(3.0)
