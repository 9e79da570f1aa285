"""`bedside backup`: one file with everything worth keeping, made while Bedside runs.

The archive (tar, gzip) holds the database, the media, the keys and a manifest with the SHA-256 of each
file. On SQLite the copy is taken with SQLite's own backup, which is consistent while others write; on
PostgreSQL with `pg_dump`, which has to be installed. The keys are in it: store the file as safely as them.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bedside import __version__
from bedside.cli.sentences import about_file
from bedside.config.environment import env

KEPT = ("media", "secret_key", "encryption_keys", "practice.sqlite3")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside backup`."""
    name = f"bedside-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar.gz"
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=Path(name),
        help="where to write (default: bedside-DAY-TIME.tar.gz, here)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the archive; status 1 with one sentence when that is not possible."""
    target: Path = arguments.file
    if target.exists():
        print(f"{target} exists already and is not overwritten. Name another file.", file=sys.stderr)
        return 1
    if not target.resolve().parent.is_dir():
        print(
            f"The backup was not made: there is no folder {target.parent}. Make it, or name another place.",
            file=sys.stderr,
        )
        return 1
    try:
        _write(target)
    except (OSError, sqlite3.Error, subprocess.CalledProcessError) as wrong:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        print(f"The backup was not made: {about_file(wrong)}. Nothing was changed.", file=sys.stderr)
        return 1
    print(f"{target}: {target.stat().st_size:,} bytes. It holds the keys; store it as safely as them.")
    return 0


def _write(target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.resolve().parent) as scratch:
        folder = Path(scratch)
        dump = folder / ("database.sql" if env.database_url else "bedside.sqlite3")
        _dump_postgres(dump) if env.database_url else copy_sqlite(env.sqlite_file, dump)
        files = {dump.name: dump}
        for name in KEPT:
            files |= _files_of(name, folder)
        manifest = {
            "bedside": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": {name: _sha256(path) for name, path in sorted(files.items())},
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
        _pack(target, {"manifest.json": folder / "manifest.json", **files})


def _files_of(name: str, folder: Path) -> dict[str, Path]:
    source = env.data / name
    if source.is_dir():
        return {str(p.relative_to(env.data)): p for p in source.rglob("*") if p.is_file()}
    if source.suffix == ".sqlite3" and source.exists():
        copy_sqlite(source, folder / name)
        return {name: folder / name}
    return {name: source} if source.exists() else {}


def _pack(target: Path, files: dict[str, Path]) -> None:
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz") as archive:
            for name, path in files.items():
                archive.add(path, arcname=name, recursive=False)
        out.flush()
        os.fsync(out.fileno())


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite file, also while others write to it."""
    if not source.exists():
        raise FileNotFoundError(f"there is no database at {source.name}; start Bedside once")
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as old, sqlite3.connect(target) as new:
        old.backup(new)
    new.close()
    old.close()


def _dump_postgres(target: Path) -> None:
    if shutil.which("pg_dump") is None:
        raise FileNotFoundError("pg_dump is not installed; install PostgreSQL's client programs")
    with target.open("wb") as out:
        subprocess.run(  # noqa: S603  # the address is the operator's own setting
            ["pg_dump", "--no-owner", "--clean", "--if-exists", "--dbname", env.database_url],  # noqa: S607  # found on the operator's path
            stdout=out,
            check=True,
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
