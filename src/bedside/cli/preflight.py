"""Can Bedside start here? What is asked before anything is started: settings, data folder, ports.

Standard library only: `make run` asks it with the machine's own Python before it installs anything, and the
supervisor asks again. Each refusal is one sentence that says what happened, why, and what to do. What is
asked of a running installation is `cli/doctor.py`.
"""

import errno
import socket
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bedside.config.environment import BadSetting, Environment, env

OLDEST_PYTHON = (3, 11)


class CannotStart(Exception):
    """Bedside cannot start as it is set up; the message is the sentence for the person who started it."""


def check_start(environment: Environment, *, web: bool = True, practice: bool = True) -> None:
    """Ask everything that would make a start fail. Raises `CannotStart` or `BadSetting`."""
    environment.check()
    check_python(sys.version_info[:2])
    check_folder(environment.data)
    if web and practice and environment.port == environment.practice_port:
        raise CannotStart(
            f"Bedside and its practice network cannot share port {environment.port}; "
            "give BEDSIDE_PORT and BEDSIDE_PRACTICE_PORT two numbers."
        )
    if web:
        check_port(environment.host, environment.port, "BEDSIDE_PORT")
    if practice:
        check_port("127.0.0.1", environment.practice_port, "BEDSIDE_PRACTICE_PORT")


def check_python(version: tuple[int, int]) -> None:
    """Refuse a Python that is too old to read this program's other files."""
    if version < OLDEST_PYTHON:
        raise CannotStart(
            f"Bedside needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer and was started with "
            f"{version[0]}.{version[1]}; install a newer Python and run make run again."
        )


def check_folder(folder: Path) -> None:
    """Make the data folder if it is missing, and prove that a file can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as proof:
            proof.write(b"Bedside can write here.")
    except OSError as reason:
        raise CannotStart(
            f"Bedside cannot write into its data folder {folder} ({reason.strerror or reason}); "
            "allow it there, or choose another folder with BEDSIDE_DATA."
        ) from None


def check_port(host: str, port: int, variable: str) -> None:
    """Refuse a port that another program listens at, or that this user may not open."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as reason:
        raise CannotStart(_port_sentence(host, port, variable, reason)) from None


def _port_sentence(host: str, port: int, variable: str, reason: OSError) -> str:
    again = f"choose another one, for example {variable}={port + 100 if port < 65000 else 8000} make run"
    if reason.errno == errno.EADDRINUSE:
        return f"Port {port} is already taken by another program; stop that program, or {again}."
    if reason.errno == errno.EACCES:
        return f"This user may not open port {port}; {again}."
    why = reason.strerror or reason
    return f"Bedside cannot listen at {host}, port {port} ({why}); set BEDSIDE_HOST, or {again}."


def warnings(environment: Environment) -> Iterable[str]:
    """What does not stop a start but is most likely a mistake."""
    for name in environment.unknown():
        yield f"{name} is not a setting of Bedside and does nothing; docs/settings.md lists those that are."


def main() -> int:
    """Ask with any Python, before anything is installed; the exit status is 2 after a refusal."""
    try:
        check_start(env)
    except (CannotStart, BadSetting) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
