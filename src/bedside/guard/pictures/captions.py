"""Subtitle files (SubRip and WebVTT) as the words that are spoken: what the guard judges as captions."""

import html
import re
from pathlib import Path

from bedside.guard.pictures.look import Unreadable

MOST_BYTES = 2_000_000
SIDECARS = (".srt", ".vtt")
_CUE = re.compile(
    r"^\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$"
)
_VOICE = re.compile(r"<v[.\w]{0,60}\s+([^>\n]{1,200})>")  # WebVTT: who speaks
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}")


def words_of(path: Path) -> str:
    """All words in a subtitle file: what is spoken, who speaks, remarks. Raises Unreadable for what is none."""
    raw = path.read_bytes()[: MOST_BYTES + 1]
    if len(raw) > MOST_BYTES:
        raise Unreadable("This subtitle file is too large.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    spoken, cues = [], 0
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.split("\n")
        at = next((number for number, line in enumerate(lines) if _CUE.match(line)), None)
        if at is not None:
            cues += 1
            named = [line.strip() for line in lines[:at] if not line.strip().isdecimal()]
            shown = [_plain(line) for line in lines[at + 1 :]]
            spoken += [words for words in (*named, *shown) if words]
        elif block.lstrip().startswith("NOTE"):
            spoken.append(block.strip())  # comments travel with the file, so they are judged
    if not cues:
        raise Unreadable("This is no subtitle file in SRT or WebVTT form.")
    return "\n".join(dict.fromkeys(spoken))


def _plain(line: str) -> str:
    """What a line says: who speaks, and the words as they are shown (`&` stands for other letters in WebVTT)."""
    return html.unescape(_TAG.sub("", _VOICE.sub(r"\1: ", line))).strip()


def beside(film: Path) -> str:
    """The words of the subtitle file of the same name beside a film; nothing where there is none."""
    for suffix in SIDECARS:
        if (path := film.with_suffix(suffix)).is_file():
            return words_of(path)
    return ""
