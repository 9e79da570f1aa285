"""What does it cost? The CPU time of processes, which a busy machine changes far less than it changes a rate.

Read from /proc, so it is known on Linux only; elsewhere the figures are left out.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

PROC = Path("/proc")


def cpu_seconds(processes: Iterable[int]) -> float:
    """The CPU seconds that these processes and their children have used, ended children included."""
    return sum(_spent(process) for process in processes)


def is_known() -> bool:
    """Whether this system tells."""
    return (PROC / str(os.getpid()) / "stat").exists()


class Meter:
    """CPU time of named groups of processes between the start of the meter and a reading."""

    def __init__(self, groups: Mapping[str, Iterable[int]]) -> None:
        self.groups = {name: tuple(processes) for name, processes in groups.items()} if is_known() else {}
        self._before = {name: cpu_seconds(processes) for name, processes in self.groups.items()}

    def read(self) -> dict[str, float]:
        """Seconds by group; empty where the system does not tell."""
        return {name: cpu_seconds(group) - self._before[name] for name, group in self.groups.items()}


def _spent(process: int) -> float:
    try:
        told = (PROC / str(process) / "stat").read_text()
    except OSError:  # it has ended, and its parent has counted it
        return 0.0
    own_and_ended = told.rpartition(")")[2].split()[11:15]  # utime, stime, cutime, cstime; see proc(5)
    ticks = sum(int(part) for part in own_and_ended)
    return ticks / os.sysconf("SC_CLK_TCK") + sum(_spent(child) for child in _children(process))


def _children(process: int) -> list[int]:
    try:
        return [
            int(child) for child in (PROC / str(process) / f"task/{process}/children").read_text().split()
        ]
    except OSError:
        return []
