"""`bedside serve`: web, worker and practice network under one supervisor, ended together.

Which processes there are, in which order they start, and what is said to the person who started them. Keeping
them alive is `cli/supervisor.py`, the questions before the start are `cli/preflight.py`. Django is never
imported here.
"""

import argparse
import fcntl
import http.client
import os
import sys
import time
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from bedside.cli import migrated
from bedside.cli.alive import ALIVE_FILE
from bedside.cli.preflight import CannotStart, check_folder, check_start, warnings
from bedside.cli.starter import Starter
from bedside.cli.supervisor import Child, Supervisor, ending, to_stderr
from bedside.config.environment import BadSetting, Environment, env

PARTS = ("practice", "web", "worker")
READY_SECONDS = 120.0


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options of `bedside serve`; ports and folders are settings."""
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        choices=PARTS,
        metavar="PART",
        help=f"leave a part out ({', '.join(PARTS)}); may be given more than once",
    )
    parser.add_argument(
        "--no-migrate",
        action="store_true",
        help="leave the database as it is, when another machine brings it up to date",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until a signal comes. The status is 0 after that, 1 when something fell, 2 when it cannot
    start."""
    parts = [part for part in PARTS if part not in arguments.without]
    try:
        check_folder(env.data)
        with only_one(env.data, parts):
            check_start(env, web="web" in parts, practice="practice" in parts)
            furnish(env)
            return serve(parts, migrate=not arguments.no_migrate)
    except (CannotStart, BadSetting) as refusal:
        to_stderr(str(refusal))
        return 2


def only_one(data: Path, parts: list[str]) -> IO[str]:
    """Hold the data folder for these parts; a second start of the same parts is refused. Raises
    `CannotStart`.
    """
    lock = (data / f"serve-{'-'.join(parts)}.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip()
        lock.close()
        raise CannotStart(
            f"Bedside already runs with the data folder {data} (process {holder or 'unknown'}); "
            "stop it first, or give this one another folder with BEDSIDE_DATA."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def furnish(environment: Environment) -> None:
    """Make what the data folder needs before there are several processes that would want to: folders and
    keys.
    """
    (environment.data / "static").mkdir(exist_ok=True)
    environment.secret_key, environment.encryption_keys  # noqa: B018  (reading a generated key writes it)


def serve(parts: list[str], *, migrate: bool) -> int:
    """Start the parts in order, say when they answer, watch them, and end them."""
    for warning in warnings(env):
        to_stderr(warning)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bedside.config.settings"
    supervisor = Supervisor(say=to_stderr, is_unwanted=Starter().wants_an_end)
    try:
        status = start_all(supervisor, parts, migrate=migrate)
        if status == 0 and not supervisor.asked_to_stop:
            supervisor.watch()
        return 0 if supervisor.asked_to_stop else status
    finally:
        supervisor.stop()


def start_all(supervisor: Supervisor, parts: list[str], *, migrate: bool) -> int:
    """Start each part when what it stands on is there. The status is not 0 when a step failed."""
    foundations = [part for part in parts if part == "practice"]
    for part in foundations:
        supervisor.start(child_for(part))  # it needs no database, so it can come up meanwhile
    if migrate and ("web" in parts or "worker" in parts) and not brought_up_to_date(supervisor):
        return 1
    if not all_answer(supervisor):
        return 1
    if env.demo and supervisor.run_to_end([*bedside(), "demo"]):
        to_stderr("The demonstration clinic could not be opened; what it said stands above.")
        return 1
    for part in [part for part in parts if part not in foundations]:
        supervisor.start(child_for(part))
    if not all_answer(supervisor):
        return 1
    if "web" in parts:
        print(f"Bedside is ready at http://{shown_host(env.host)}:{env.port}", flush=True)
    return 0


def brought_up_to_date(supervisor: Supervisor) -> bool:
    """Migrate the database, unless it is known to need none; whether it has its form now."""
    if migrated.is_up_to_date(env):
        return True
    status = supervisor.run_to_end([sys.executable, "-m", "django", "migrate", "--no-input", "-v", "0"])
    if status:
        to_stderr(
            f"The database could not be brought up to date ({ending(status)}); what it said stands above."
        )
    else:
        migrated.remember(env)
    return not status


def all_answer(supervisor: Supervisor) -> bool:
    """Wait until every part that was started answers; whether they do."""
    silent = supervisor.wait_until_all_answer(READY_SECONDS)
    if silent and not supervisor.asked_to_stop:
        to_stderr(f"The {silent.name} did not start; what it said stands above. Everything was ended again.")
    return silent is None


def child_for(part: str) -> Child:
    """How each part is started, and how it shows that it answers."""
    if part == "practice":
        address = f"http://127.0.0.1:{env.practice_port}/_control/health"
        options = ["--port", str(env.practice_port), "--data", str(env.data / "practice.sqlite3")]
        return Child("practice network", [*bedside(), "practice", *options], lambda: answers(address))
    if part == "web":
        address = f"http://{shown_host(env.host)}:{env.port}/health"
        return Child("web server", web_command(), lambda: answers(address))
    began = time.time()
    return Child("worker", [*bedside(), "worker"], lambda: touched_since(env.data / ALIVE_FILE, began))


def bedside() -> list[str]:
    """The `bedside` command of this very installation."""
    return [sys.executable, "-m", "bedside.cli.main"]


def web_command() -> list[str]:
    """Granian with one process and several threads: the guard's rules and Django are in memory once."""
    options = {
        "interface": "wsgi",
        "host": env.host,
        "port": str(env.port),
        "workers": "1",
        "blocking-threads": str(env.web_threads),
        "runtime-mode": "st",
        "http": "1",
        "workers-kill-timeout": "3",
        "log-level": "debug" if env.log_level == "debug" else "warning",
    }
    flags = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [sys.executable, "-m", "granian", *flags, "--no-ws", "bedside.config.wsgi:application"]


def shown_host(host: str) -> str:
    """An address to knock at: a server that listens everywhere answers on this machine too."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104  (compared, not listened at)
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def answers(address: str) -> bool:
    """Whether something at this address says that it is well."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request("GET", parts.path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def touched_since(file: Path, moment: float) -> bool:
    """Whether this file was written after the moment."""
    try:
        return file.stat().st_mtime >= moment - 0.01  # file times are coarser than the clock
    except OSError:
        return False
