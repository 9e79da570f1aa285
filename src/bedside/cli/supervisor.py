"""How are several processes kept alive together, and ended together?

`Supervisor` starts children, starts a fallen one again after a pause, and ends all of them within seconds.
Which children Bedside has, and what it says about them, is `cli/serve.py`. Standard library only, and no
Django: the supervisor is the process that runs longest and must stay small.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

# Every child leads a process group of its own. A watcher in that group holds the reading end of a pipe whose
# writing end only the supervisor has: when the supervisor is gone, however it went, the pipe closes and the
# whole group is ended.
TETHER = """
exec 3<&0 </dev/null
(trap '' TERM; read -r _ <&3; kill -TERM 0; sleep 4; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec "$@"
"""
GRACE_SECONDS = 4.0
LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0
"""A child that has lived this long starts anew with the shortest pause."""


@dataclass
class Child:
    """One process that has to run: what it is called for a person, how it is started, how it shows that it
    answers.
    """

    name: str
    command: list[str]
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    start_again_at: float = 0.0


@dataclass
class Supervisor:
    """The children, and the pipe that ties them to this process."""

    say: Callable[[str], None]
    is_unwanted: Callable[[], bool] = lambda: False
    """Asked every second: whether this shall end without having been told."""
    children: list[Child] = field(default_factory=list)
    asked_to_stop: bool = False

    def __post_init__(self) -> None:
        self._tether, self._tether_held = os.pipe()
        self._wake, wake_writer = os.pipe()
        os.set_blocking(wake_writer, False)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_asked)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup means that it shall go on
            signal.signal(signal.SIGHUP, self._stop_asked)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop at once when a child ends

    def _stop_asked(self, *_: object) -> None:
        if self.asked_to_stop:
            self.kill(self.children)
        self.asked_to_stop = True

    def start(self, child: Child) -> None:
        """Start a child in a group of its own, tied to this process."""
        child.process = subprocess.Popen(  # noqa: S603  (our own commands)
            ["/bin/sh", "-c", TETHER, child.name, *child.command],
            stdin=self._tether,
            start_new_session=True,
        )
        child.started_at = time.monotonic()
        if child not in self.children:
            self.children.append(child)

    def run_to_end(self, command: list[str]) -> int:
        """Run one preparatory command tied in the same way; its exit status, or -1 when a stop was asked
        meanwhile.
        """
        step = Child(name="step", command=command, answers=lambda: True)
        self.start(step)
        self.children.remove(step)
        while step.process and step.process.poll() is None and not self.asked_to_stop:
            self.pause(1.0)
        status = step.process.poll() if step.process else None
        self.end([step])
        return -1 if status is None or self.asked_to_stop else status

    def wait_until_all_answer(self, seconds: float) -> Child | None:
        """Wait until every child answers; the first that did not in time, or that ended, is returned."""
        deadline = time.monotonic() + seconds
        for child in self.children:
            while not child.answers():
                fell = child.process is not None and child.process.poll() is not None
                if self.asked_to_stop or fell or time.monotonic() > deadline:
                    return child
                self.pause(0.1)
        return None

    def watch(self) -> None:
        """Keep the children running until a stop is asked."""
        while not self.asked_to_stop:
            for child in self.children:
                self._look_after(child)
            self.pause(1.0)

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            status = child.process.returncode
            self.end([child])  # what it left in its group
            child.process = None
            child.falls = 1 if now - child.started_at > SETTLED_SECONDS else child.falls + 1
            pause = min(2.0 ** (child.falls - 1), LONGEST_PAUSE_SECONDS)
            child.start_again_at = now + pause
            how = ending(status)
            self.say(f"The {child.name} ended by itself ({how}); it is started again in {pause:.0f} s.")
        elif child.process is None and now >= child.start_again_at:
            self.start(child)

    def stop(self) -> None:
        """End all children: ask first, and insist after a few seconds."""
        self.end(self.children)

    def end(self, children: Iterable[Child]) -> None:
        """End these children and everything in their groups, within `GRACE_SECONDS`."""
        running = [child for child in children if child.process is not None]
        for child in running:
            send(child, signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.process and child.process.poll() is None for child in running):
            if time.monotonic() > deadline:
                break
            self.pause(0.05)
        self.kill(running)

    def kill(self, children: Iterable[Child]) -> None:
        """Insist: whatever is left in the groups of these children ends now."""
        for child in children:
            if child.process is not None:
                send(child, signal.SIGKILL)
                child.process.wait()

    def pause(self, seconds: float) -> None:
        """Sleep until a signal comes, but not longer than this."""
        if self.is_unwanted():  # never `|=`: it would write back what it read before a signal said otherwise
            self.asked_to_stop = True
        if select.select([self._wake], [], [], seconds)[0]:
            os.read(self._wake, 512)


def send(child: Child, number: signal.Signals) -> None:
    """Signal a child's whole group, which may be gone already."""
    if child.process is not None:
        try:
            os.killpg(child.process.pid, number)
        except (ProcessLookupError, PermissionError):  # macOS says "not permitted" of a group of zombies
            return


def ending(status: int) -> str:
    """An exit status in words."""
    return f"signal {-status}" if status < 0 else f"status {status}"


def to_stderr(sentence: str) -> None:
    """Say one sentence to the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)
