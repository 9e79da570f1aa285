"""Workers to be killed: started from the nursery, ended without warning."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bedside.faults.ground import NotReady


class Workers:
    """Some workers of one installation; `kill_one` ends one at a random moment of its life."""

    def __init__(self, environment: Mapping[str, str], log: Path, dice: random.Random) -> None:
        self.dice = dice
        self.alive: list[int] = []
        with log.open("ab") as errors:
            self.nursery = subprocess.Popen(
                [sys.executable, "-m", "bedside.faults.nursery"],
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if self._answer() != "ready":
            raise NotReady("The workers could not be loaded; worker.log says why.")

    def start(self, count: int) -> None:
        """Have so many workers at work."""
        while len(self.alive) < count:
            assert self.nursery.stdin is not None  # noqa: S101  # it was made with a pipe
            self.nursery.stdin.write("start\n")
            self.nursery.stdin.flush()
            self.alive.append(int(self._answer()))

    def kill_one(self) -> None:
        """End one of them as a power cut would, and wait until it is gone."""
        victim = self.alive.pop(self.dice.randrange(len(self.alive)))
        os.kill(victim, signal.SIGKILL)
        while _exists(victim):
            time.sleep(0.005)

    def end(self) -> None:
        """End all of them, and the nursery."""
        if self.nursery.stdin is not None:
            self.nursery.stdin.close()
        try:
            self.nursery.wait(10)
        except subprocess.TimeoutExpired:
            self.nursery.kill()
            self.nursery.wait()

    def _answer(self) -> str:
        return self.nursery.stdout.readline().strip() if self.nursery.stdout else ""


def _exists(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
