"""What does the doctor see without the database? Python, settings, data folder, disk, keys, clock, ports,
front end, worker.

What needs the database is `cli/look_at_desk.py`. Nothing is changed by looking; no key is made and none is
shown.
"""

import shutil
import stat
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import bedside
from bedside.cli import alive
from bedside.cli.preflight import CannotStart, check_folder, check_port, check_python, warnings
from bedside.cli.serve import answers, shown_host
from bedside.cli.sight import Sight, State, ill, watch, well
from bedside.config.environment import BadSetting, Environment

LITTLE_SPACE = 200_000_000
SCARCE_SPACE = 2_000_000_000
"""Bytes. Below the first, sending stops before it loses a row; below the second somebody should make room."""
BUILT_AT = 1_767_225_600
"""1 January 2026: a clock before this day is certainly wrong."""
GONE_SECONDS = 3 * alive.EVERY_SECONDS


def look_at_machine(env: Environment) -> list[Sight]:
    """Everything that can be seen without the database, in the order in which it matters."""
    seen = [python(), settings(env)]
    if seen[-1].state is not State.ILL:
        seen.append(folder(env))
    if seen[-1].state is State.ILL:
        return seen
    seen += [disk(env), *keys(env), clock(), front_end(), worker(env)]
    seen.append(port("web server", env.host, env.port, "BEDSIDE_PORT", "/health"))
    seen.append(
        port("practice network", "127.0.0.1", env.practice_port, "BEDSIDE_PRACTICE_PORT", "/_control/health")
    )
    return seen


def python() -> Sight:
    """Is this Python new enough?"""
    try:
        check_python(sys.version_info[:2])
    except CannotStart as refusal:
        return ill("Python", str(refusal), "")
    return well("Python", f"Python {sys.version.split()[0]} is new enough.")


def settings(env: Environment) -> Sight:
    """Does every setting make sense, and is none misspelled?"""
    try:
        env.check()
    except BadSetting as refusal:
        return ill("settings", str(refusal), "")
    for warning in warnings(env):
        return watch("settings", warning, "Correct its name or remove it.")
    return well("settings", "Every setting makes sense.")


def folder(env: Environment) -> Sight:
    """Can the data folder be written?"""
    try:
        check_folder(env.data)
    except CannotStart as refusal:
        return ill("data folder", str(refusal), "")
    return well("data folder", f"{env.data} can be written.")


def disk(env: Environment) -> Sight:
    """Is there room for what will come?"""
    free = shutil.disk_usage(env.data).free
    says = f"{free / 1e9:.1f} GB are free for the data folder."
    if free < LITTLE_SPACE:
        return ill("disk", says, "Make room now: Bedside stops sending before it loses a row.")
    return watch("disk", says, "Make room soon.") if free < SCARCE_SPACE else well("disk", says)


def keys(env: Environment) -> Iterable[Sight]:
    """Are the keys there, and can nobody else read them?"""
    for name in ("secret_key", "encryption_keys"):
        file, subject = env.data / name, f"key file {name}"
        if env.source.get(f"BEDSIDE_{name.upper()}"):
            yield well(subject, "The key is given in the environment.")
        elif not file.exists():
            yield watch(
                subject, "There is none yet.", "It is made at the first start; put it into your backups."
            )
        else:
            yield key_file(subject, file)


def key_file(subject: str, file: Path) -> Sight:
    """A key file must hold a key and be readable by its owner only."""
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return ill(subject, f"Others on this machine can read it (mode {mode:o}).", f"Run: chmod 600 {file}")
    if not file.read_text(encoding="utf-8").strip():
        return ill(
            subject,
            "It is empty.",
            "Bring it back from a backup; what it encrypted cannot be read without it.",
        )
    return well(subject, "It is there, and only its owner can read it.")


def clock() -> Sight:
    """Can this machine tell the time, here and in the organizations' zones?"""
    if time.time() < BUILT_AT:
        return ill(
            "clock", "The clock stands before this program was written.", "Set it; posts leave by this clock."
        )
    try:
        ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        return ill(
            "clock",
            "There are no time zones on this machine.",
            "make run installs them (tzdata).",
        )
    return well("clock", time.strftime("It is %Y-%m-%d %H:%M:%S UTC by this machine.", time.gmtime()))


def front_end() -> Sight:
    """Are the style sheets and scripts built?"""
    built = Path(bedside.__file__).parent / "web" / "static" / "build"
    if any(built.glob("*.css")) and any(built.glob("*.js")):
        return well("front end", "Style sheets and scripts are built.")
    return ill(
        "front end",
        "Style sheets and scripts are not built.",
        "Run make run, or: python -m bedside.web.build",
    )


def worker(env: Environment) -> Sight:
    """Has this machine's worker shown that it is alive?"""
    silent = alive.seconds_since(env.data)
    if silent is None:
        return watch(
            "worker", "No worker has run with this data folder yet.", "Start Bedside, or bedside worker."
        )
    if silent > GONE_SECONDS:
        since = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(time.time() - silent))
        return ill(
            "worker", f"The worker has been silent since {since}: nothing is sent.", "Start Bedside again."
        )
    return well("worker", f"The worker was alive {silent:.0f} s ago.")


def port(subject: str, host: str, number: int, variable: str, path: str) -> Sight:
    """Does ours answer there, or is the port at least free?"""
    if answers(f"http://{shown_host(host)}:{number}{path}"):
        return well(subject, f"It answers on port {number}.")
    try:
        check_port(host, number, variable)
    except CannotStart as refusal:
        return ill(subject, str(refusal), "")
    return watch(
        subject, f"It does not run; port {number} is free for it.", "Start it with make run or bedside serve."
    )
