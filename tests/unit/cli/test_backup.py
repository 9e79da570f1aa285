"""What a backup keeps comes back, damaged ones are refused, and nothing is overwritten."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from tests.fixtures.desk import furnish_database

from bedside.config.environment import Environment


def bedside(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an installation of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("BEDSIDE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "bedside.cli.main", *words],
        env={**kept, "BEDSIDE_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Path:
    """A migrated installation with a picture and its keys."""
    data = tmp_path_factory.mktemp("installation")
    furnish_database(data)
    own = Environment({"BEDSIDE_DATA": str(data)})
    own.secret_key, own.encryption_keys  # noqa: B018  (reading a generated key writes it)
    (data / "media").mkdir(exist_ok=True)
    (data / "media" / "picture").write_bytes(b"a picture")
    return data


def test_what_was_kept_comes_back(installation, tmp_path):
    with sqlite3.connect(installation / "bedside.sqlite3") as database:
        database.execute(
            "INSERT INTO foundation_schedule (name, next_at) VALUES ('kept', '2026-01-01 00:00:00')"
        )
    database.close()
    archive, target = tmp_path / "kept.tar.gz", tmp_path / "new"
    assert bedside(installation, "backup", str(archive)).returncode == 0
    assert oct(archive.stat().st_mode & 0o777) == "0o600"
    restored = bedside(target, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    with sqlite3.connect(target / "bedside.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM foundation_schedule WHERE name='kept'").fetchone() == (
            1,
        )
    database.close()
    assert (target / "media" / "picture").read_bytes() == b"a picture"
    assert (target / "secret_key").read_text() == (installation / "secret_key").read_text()


def test_an_installation_is_not_overwritten(installation, tmp_path):
    archive = tmp_path / "kept.tar.gz"
    bedside(installation, "backup", str(archive))
    refused = bedside(installation, "restore", str(archive))
    assert refused.returncode == 1
    assert "empty folder" in refused.stderr


def test_a_damaged_backup_is_refused_before_anything_is_put_in_place(installation, tmp_path):
    archive, damaged, target = tmp_path / "kept.tar.gz", tmp_path / "damaged.tar.gz", tmp_path / "new"
    bedside(installation, "backup", str(archive))
    with tarfile.open(archive) as packed, tarfile.open(damaged, "w:gz") as changed:
        for member in packed:
            content = packed.extractfile(member).read()
            add(changed, member, b"another" if member.name == "media/picture" else content)
    refused = bedside(target, "restore", str(damaged))
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert not (target / "bedside.sqlite3").exists()


def add(archive: tarfile.TarFile, member: tarfile.TarInfo, content: bytes) -> None:
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


@pytest.mark.parametrize("name", ["../outside", "/outside", "media/link"])
def test_what_no_backup_holds_is_not_unpacked(tmp_path, name):
    archive, target = tmp_path / "evil.tar.gz", tmp_path / "new"
    member = tarfile.TarInfo(name if name != "/outside" else str(tmp_path / "outside"))
    if name == "media/link":
        member.type, member.linkname = tarfile.SYMTYPE, str(tmp_path)
    with tarfile.open(archive, "w:gz") as packed:
        add(packed, member, b"" if member.linkname else b"theirs")
    refused = bedside(target, "restore", str(archive))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "nothing that a backup holds" in refused.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evil.tar.gz", "new"]


def test_a_file_that_only_the_manifest_names_is_not_taken(tmp_path):
    archive, target = tmp_path / "evil.tar.gz", tmp_path / "new"
    (tmp_path / "theirs").write_bytes(b"theirs")
    digest = hashlib.sha256(b"theirs").hexdigest()
    with tarfile.open(archive, "w:gz") as packed:
        manifest = json.dumps({"files": {"../../theirs": digest}}).encode()
        add(packed, tarfile.TarInfo("manifest.json"), manifest)
    refused = bedside(target, "restore", str(archive))
    assert refused.returncode == 1
    assert "is missing in the backup" in refused.stderr
    assert (tmp_path / "theirs").exists()


def test_the_audit_is_verified_from_the_command_line(installation):
    answer = bedside(installation, "audit", "verify")
    assert answer.returncode == 0
    assert "Nothing has been recorded yet." in answer.stdout
