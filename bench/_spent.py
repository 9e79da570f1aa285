"""How much work was an answer, apart from how long it took? Read from the kernel's own account of a process.

Wall time tells what a person waits, on this machine and in this minute. Processor time is the product's own work,
and the time for which its threads were ready and no processor was free is the neighbors' doing: who reads a figure
can tell a slow product from a busy machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spent:
    """Milliseconds of work on a processor, and of waiting for one."""

    cpu: float = 0.0
    waited: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.cpu + other.cpu, self.waited + other.waited)

    def __sub__(self, earlier: "Spent") -> "Spent":
        return Spent(self.cpu - earlier.cpu, self.waited - earlier.waited)


def spent_by(processes: Iterable[int]) -> Spent:
    """What all threads of these processes have spent so far (Linux: `schedstat`, in nanoseconds)."""
    cpu = waited = 0
    for process in processes:
        for task in Path(f"/proc/{process}/task").glob("*"):
            try:
                worked, queued, _turns = (task / "schedstat").read_text().split()
            except (OSError, ValueError):  # it has just ended
                continue
            cpu, waited = cpu + int(worked), waited + int(queued)
    return Spent(cpu / 1e6, waited / 1e6)


def children_of(process: int) -> list[int]:
    """The processes that this one started and that still live: a PostgreSQL server's connections."""
    try:
        return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
