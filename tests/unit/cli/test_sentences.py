"""A command that the machine refuses something says so in one sentence: no error number, no stack."""

from pathlib import Path

import pytest
from tests.unit.cli.test_backup import bedside, installation

__all__ = ["installation"]

RAW = ("Errno", "Traceback", "Error:")


def said(data: Path, *words: str, status: int = 1) -> str:
    """What one command line says on standard error, when it has to end with this status."""
    ended = bedside(data, *words)
    assert ended.returncode == status, ended.stderr
    assert not any(raw in ended.stderr for raw in RAW), ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    return ended.stderr.strip()


def test_a_backup_into_a_folder_that_is_not_there(installation, tmp_path):
    sentence = said(installation, "backup", str(tmp_path / "gone" / "kept.tar.gz"))
    assert sentence == (
        f"The backup was not made: there is no folder {tmp_path / 'gone'}. Make it, or name another place."
    )


def test_a_backup_before_there_is_a_database(tmp_path):
    sentence = said(tmp_path / "data", "backup", str(tmp_path / "kept.tar.gz"))
    assert "start Bedside once" in sentence


def test_restoring_a_file_that_is_not_there(tmp_path):
    sentence = said(tmp_path / "data", "restore", str(tmp_path / "gone.tar.gz"))
    assert sentence.startswith(f"Nothing was restored: there is no file {tmp_path / 'gone.tar.gz'}")


@pytest.mark.parametrize("content", [b"hello", b""], ids=["text", "empty"])
def test_restoring_what_is_no_backup(content, tmp_path):
    (tmp_path / "other").write_bytes(content)
    assert "is not a backup" in said(tmp_path / "data", "restore", str(tmp_path / "other"))


def test_restoring_half_a_backup(installation, tmp_path):
    whole, half = tmp_path / "whole.tar.gz", tmp_path / "half.tar.gz"
    bedside(installation, "backup", str(whole))
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "use another backup" in said(tmp_path / "data", "restore", str(half))
    assert not (tmp_path / "data" / "bedside.sqlite3").exists()


@pytest.mark.parametrize(
    "words",
    [["audit", "verify"], ["audit", "export"], ["keys", "rotate"], ["hold", "list"], ["hold", "place", "x"]],
    ids=" ".join,
)
def test_a_command_before_the_first_start(words, tmp_path):
    assert "Start Bedside once" in said(tmp_path / "data", *words)


def test_an_unknown_organization_is_no_empty_evidence(installation):
    assert "Nothing is recorded" in said(installation, "audit", "export", "--organization", "nobody")
    assert "Nothing is recorded" in said(installation, "audit", "verify", "--organization", "nobody")


def test_facts_of_an_organization_that_cannot_be_read(tmp_path):
    (tmp_path / "bad.json").write_text('{"sites": ')
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for action in (["check"], ["image", str(tmp_path / "picture.png")]):
        for name in ("gone.json", "bad.json", "list.json", "bytes.json", ""):
            words = ["guard", action[0], "--org", str(tmp_path / name), *action[1:]]
            said(tmp_path / "data", *words, status=2)


def test_documentation_into_a_place_that_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert "were not written" in said(tmp_path, "guard", "document", str(tmp_path / "file" / "below"))
