"""`bedside restore`: bring back what `bedside backup` kept, into an empty data folder.

Every file's SHA-256 is compared with the manifest before anything is put in place. What leaves the house
after the backup was made is not known to it: deliveries that were waiting then are held, so that nothing
is published twice; each says what to do.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

from bedside.cli.sentences import about_file
from bedside.cli.setup import after_setup
from bedside.config.environment import env

PRIVATE = ("secret_key", "encryption_keys")


def register(parser: argparse.ArgumentParser) -> None:
    """Add the words that may follow `bedside restore`."""
    parser.add_argument("file", type=Path, help="the file that `bedside backup` wrote")


def run(arguments: argparse.Namespace) -> int:
    """Restore; status 1 with one sentence when that is not possible, and then nothing was put in place."""
    try:
        _look_at(arguments.file)
        with tempfile.TemporaryDirectory(dir=_empty_data_folder()) as scratch:
            _restore(arguments.file, Path(scratch))
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        tarfile.TarError,
        zlib.error,
        subprocess.CalledProcessError,
    ) as wrong:
        print(f"Nothing was restored: {_why(wrong)}.", file=sys.stderr)
        return 1
    held = after_setup("bedside.publishing.restore").hold_what_waited()
    print(f"Restored into {env.data}. {held} deliveries that waited are held; release them in the ledger.")
    return 0


def _look_at(archive: Path) -> None:
    """Refuse what is no backup before anything is made."""
    if not archive.is_file():
        raise ValueError(f"there is no file {archive}; name the file that `bedside backup` wrote")
    if not tarfile.is_tarfile(archive):
        raise ValueError(f"{archive} is not a backup, or it is damaged; use another backup")


def _why(wrong: Exception) -> str:
    if isinstance(wrong, KeyError | tarfile.TarError | zlib.error | json.JSONDecodeError | EOFError):
        return "the file is not a whole backup of Bedside; use another backup"
    return about_file(wrong)


def _empty_data_folder() -> Path:
    env.data.mkdir(parents=True, exist_ok=True)
    if env.sqlite_file.exists() or (env.data / "media").exists():
        raise ValueError(f"{env.data} holds an installation already; set BEDSIDE_DATA to an empty folder")
    return env.data


def _restore(archive: Path, scratch: Path) -> None:
    with tarfile.open(archive, "r:gz") as packed:
        held = _unpack(packed, scratch)
    manifest = json.loads((scratch / "manifest.json").read_text())
    for name, wanted in manifest["files"].items():
        if name not in held:
            raise ValueError(f"{name!r} is missing in the backup; use another backup")
        with (scratch / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise ValueError(f"{name} in the backup is damaged; use another backup")
    if "database.sql" in manifest["files"]:
        _load_postgres(scratch / "database.sql")
    for name in manifest["files"]:
        if name != "database.sql":
            _put(scratch / name, env.data / name)


def _unpack(packed: tarfile.TarFile, folder: Path) -> set[str]:
    """Put the files of the archive into the folder; their names. A backup holds plain files with names below it;
    ValueError for anything else. (`extractall` has filters for that from Python 3.11.4 on, and Debian 12 has 3.11.2.)
    """
    held = set()
    for member in packed:
        target = folder / member.name
        if member.isdir():
            continue
        content = packed.extractfile(member) if member.isfile() else None
        if content is None or not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(
                f"{member.name!r} in the file is nothing that a backup holds; use another backup"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            shutil.copyfileobj(content, file)
        held.add(member.name)
    return held


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    target.chmod(0o600 if target.name in PRIVATE else 0o640)


def _load_postgres(dump: Path) -> None:
    if not env.database_url:
        raise ValueError("this backup is of PostgreSQL; set BEDSIDE_DATABASE_URL to an empty database")
    with dump.open("rb") as text:
        subprocess.run(  # noqa: S603  # the address is the operator's own setting
            ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", env.database_url],  # noqa: S607  # found on the operator's path
            stdin=text,
            check=True,
            stdout=subprocess.DEVNULL,
        )
