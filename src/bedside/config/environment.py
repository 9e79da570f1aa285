"""Which settings does this installation have, what do they mean, and what are they set to?

Every `BEDSIDE_*` variable is declared here once, with its type, its default and a sentence;
`docs/settings.md` is written from these sentences. The standard library alone is imported, so that the
supervisor stays small. How Django uses the values is in `config/settings.py`; how a single value is read is
in `config/declare.py`.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from bedside.config.declare import (
    Address,
    BadSetting,
    Choice,
    Folder,
    GeneratedKey,
    GeneratedKeys,
    Names,
    Setting,
    Text,
    Whole,
    YesNo,
)

__all__ = ["BadSetting", "Environment", "env"]


class Environment:
    """The settings of one installation, read from environment variables when they are asked for."""

    port = Whole(8000, "The port at which members open Bedside in their browser.", least=1, most=65535)
    host = Text(
        "127.0.0.1",
        "The address that the web server listens on; leave it on this machine and put a proxy in front.",
    )
    base_url = Address(
        lambda env: f"http://127.0.0.1:{env.port}",
        "The address that members type, as it stands in invitations and signing links. With https, Bedside expects "
        "one proxy in front that passes on Host and sets X-Forwarded-Proto and X-Forwarded-For.",
        shown="http://127.0.0.1:PORT",
        schemes=("http", "https"),
    )
    allowed_hosts = Names(
        ("127.0.0.1", "localhost", "[::1]"),
        "The host names that the web server answers to, separated by commas; the host of the base URL is "
        "always one of them.",
    )
    data = Folder("var", "The folder that holds everything worth a backup: database, media, keys and mail.")
    database_url = Address(
        "",
        "A PostgreSQL address (postgres://user:password@host:5432/name); empty means the SQLite file in the"
        " data folder.",
        is_secret=True,
        schemes=("postgres", "postgresql"),
    )
    redis_url = Address(
        "",
        "A Redis or Valkey address for the queue of jobs; empty means a queue in the data folder, for one "
        "machine.",
        is_secret=True,
        schemes=("redis", "rediss", "unix"),
    )
    secret_key = GeneratedKey(
        "secret_key",
        "The key that signs sessions and links; empty means that one is made at the first start and kept in"
        " the data folder.",
    )
    encryption_keys = GeneratedKeys(
        "encryption_keys",
        "The keys that encrypt channel tokens at rest, newest first, separated by commas; empty means a "
        "file in the data folder.",
    )
    debug = YesNo(False, "Show technical error pages; never where patients' words may be on screen.")
    demo = YesNo(
        False,
        "Open the demonstration clinic at the start and print a login for each role; without it, it lets nobody in "
        "once there is an organization of your own.",
    )
    practice_port = Whole(8001, "The port of the practice network.", least=1, most=65535)
    practice_url = Address(
        lambda env: f"http://127.0.0.1:{env.practice_port}",
        "The address of the practice network; another machine's practice network can be named here.",
        shown="http://127.0.0.1:PRACTICE_PORT",
        schemes=("http", "https"),
    )
    allow_loopback_networks = YesNo(
        False,
        "Let channels, webhooks and your own sites point at servers on this machine, for trying out; other "
        "private addresses stay closed. The practice network's own address is always allowed.",
    )
    email_url = Address(
        "",
        "The mail server (smtp://user:password@host:587, smtps:// for TLS from the start); empty means "
        "files in the data folder.",
        is_secret=True,
        schemes=("smtp", "smtps"),
    )
    email_from = Text("Bedside <bedside@localhost>", "The sender of invitations and notices.")
    max_upload_bytes = Whole(200_000_000, "The largest file that can be uploaded, in bytes.", least=1_000_000)
    web_threads = Whole(4, "How many requests the web server answers at the same time.", least=1, most=64)
    worker_threads = Whole(4, "How many jobs the worker does at the same time.", least=1, most=64)
    log_level = Choice(
        "info", "How much is written to the log.", choices=("debug", "info", "warning", "error")
    )
    chromium = Text(
        "/usr/bin/chromium-headless-shell", "The browser that the browser stories of the tests use."
    )
    contracts = Text(
        "",
        "The folder with the networks' published interface descriptions, for the contract tests; empty means "
        "shared/contracts beside this repository.",
    )
    test_database = Choice(
        "sqlite",
        "The database that the tests run on; postgres is a private cluster.",
        choices=("sqlite", "postgres"),
    )
    test_servers = Text(
        "", "The folder where the test servers of other networks are installed; empty means var/servers."
    )
    test_shared = Text(
        "",
        "The folder with what is made once for all passes of the suite, which sets it; empty means that each run of "
        "the tests makes its own.",
    )
    faults = Choice("short", "How long kills and cuts are tried by their tests.", choices=("short", "full"))

    def __init__(self, source: Mapping[str, str] | None = None) -> None:
        self.source: Mapping[str, str] = os.environ if source is None else source

    @classmethod
    def declared(cls) -> list[Setting[object]]:
        """Every setting in the order of this file."""
        return [value for value in vars(cls).values() if isinstance(value, Setting)]

    def check(self) -> None:
        """Read every value once, so that a wrong one is named before anything is started.

        Raises `BadSetting` with a sentence for the person who set it.
        """
        for setting in self.declared():
            if not isinstance(setting, GeneratedKey | GeneratedKeys):  # reading these would write them
                setting.value_in(self)

    def unknown(self) -> list[str]:
        """Names that look like settings of ours but are none, most likely misspelled."""
        known = {setting.variable for setting in self.declared()}
        return sorted(name for name in self.source if name.startswith("BEDSIDE_") and name not in known)

    @property
    def sqlite_file(self) -> Path:
        """Where the embedded database lies."""
        return self.data / "bedside.sqlite3"


env = Environment()
