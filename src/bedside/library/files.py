"""Where the bytes of assets lie, and how they are opened.

Four trees in the data folder: `original` (what was uploaded; nobody serves it), `clean` (re-encoded, without
metadata; the only form that leaves), `thumbnail` and `captions` (subtitles of films, as the WebVTT that leaves).
Files are named by the SHA-256 of their content, so the same picture lies there once and never changes.
"""

import errno
import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Literal

from django.conf import settings
from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.library.models import Asset
from bedside.library.subtitles import webvtt

Tree = Literal["original", "clean", "thumbnail", "captions"]


def path_of(kept: str) -> Path:
    """The absolute path of a path as it is kept in the database."""
    return Path(settings.BEDSIDE_DATA) / "media" / kept


def keep(draft: Path, tree: Tree, suffix: str) -> str:
    """Move a finished file to its place, named by its hash; returns the path to keep. Written through to disk."""
    name = sha256_of(draft)
    kept = f"library/{tree}/{name[:2]}/{name}{suffix}"
    target = path_of(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(target)
    return kept


def refuse_if_full(failed: OSError) -> None:
    """Refuse (`disk_full`) when this is why a file could not be written; otherwise nothing."""
    if failed.errno in (errno.ENOSPC, errno.EDQUOT):
        sentence = _(
            "The disk is full, so the file was not kept. Tell your administrator; nothing else is lost."
        )
        raise Refusal("disk_full", sentence) from failed


def draft_folder() -> Path:
    """Where files lie while they are being written; on the same disk, so that moving them is one step."""
    folder = path_of("library/drafts")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_clean(asset: Asset) -> BinaryIO:
    """The clean file of an asset, opened for reading."""
    return path_of(asset.clean_path).open("rb")


def captions_of(asset: Asset) -> bytes:
    """The subtitles of a film as the clean WebVTT that leaves; empty where it has none."""
    if not asset.captions_path:
        return b""
    return webvtt(path_of(asset.captions_path).read_bytes()).encode()


def public_name(asset: Asset) -> str:
    """The file name that networks are told. The uploaded one may name a person, so it stays here."""
    return f"{asset.kind}-{asset.content_hash[:10]}{Path(asset.clean_path).suffix}"
