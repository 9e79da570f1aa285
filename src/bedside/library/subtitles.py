"""From an uploaded subtitle file (SRT or WebVTT) to the WebVTT that may leave: times and spoken words, nothing else.

Remarks, names of speakers in tags, colors, places and names of cues stay behind, so that what the guard reads is all
that a network gets. Written as the W3C's WebVTT (https://www.w3.org/TR/webvtt1/, read 28 November 2026).
"""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal

MOST_BYTES = 2_000_000  # a film of three hours has 200,000
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?", re.ASCII)
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,200}\}")


@dataclass(frozen=True)
class Cue:
    """What is said from one moment to another (milliseconds from the start of the film)."""

    start: int
    end: int
    words: str


def clean_subtitles(draft: Path) -> Path:
    """The clean WebVTT of a subtitle file, as another draft. Refuses what is no subtitle file."""
    if draft.stat().st_size > MOST_BYTES:
        raise Refusal("too_large", _("This subtitle file is too large. Export it again as SRT or WebVTT."))
    target = draft.parent / f"{draft.name}.vtt"
    target.write_text(webvtt(draft.read_bytes()), encoding="utf-8")
    return target


def webvtt(raw: bytes) -> str:
    """These subtitles as clean WebVTT; clean ones stay as they are. Refuses what has no line at any time."""
    return _written(cues_in(raw))


def without(raw: bytes, start: float, end: float | None) -> str:
    """The subtitles of a film from which these seconds are cut (None: all to its end); empty where no line is left.

    A line that is partly said in what was cut goes whole: nobody knows which of its words are left.
    """
    first, last = round(start * 1000), None if end is None else round(end * 1000)
    stays = [cue for cue in cues_in(raw) if cue.end <= first]
    if last is not None:
        later = [cue for cue in cues_in(raw) if cue.start >= last]
        stays += [Cue(cue.start - last + first, cue.end - last + first, cue.words) for cue in later]
    return _written(stays) if stays else ""


def _written(cues: list[Cue]) -> str:
    if not cues:
        raise Refusal("wrong_kind", _("This is no subtitle file. Choose one in SRT or WebVTT form."))
    for cue in cues:
        if cue.end <= cue.start:
            raise Refusal(
                "damaged",
                _(
                    "A line of these subtitles ends before it begins, at %(when)s. Mend its times and try again."
                )
                % {"when": _time(cue.start)},
            )
    blocks = [
        f"{_time(cue.start)} --> {_time(cue.end)}\n{html.escape(cue.words, quote=False)}" for cue in cues
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def cues_in(raw: bytes) -> list[Cue]:
    """The lines that are shown, in the order of the file."""
    cues: list[Cue] = []
    times: tuple[int, int] | None = None
    spoken: list[str] = []
    for line in [*_text(raw).splitlines(), ""]:
        found = _TIMES.fullmatch(line)
        if found is None and line.strip():
            spoken.append(_plain(line))
            continue
        if found is not None and spoken and spoken[-1].isdecimal():
            spoken.pop()  # the number of the next cue, in files without lines between
        if times is not None and any(spoken):
            cues.append(Cue(*times, "\n".join(filter(None, spoken))))
        times, spoken = (_span(found) if found else None), []
    return cues


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _plain(line: str) -> str:
    """The words of a line: tags away, then what is written with `&` as the letters that are shown."""
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _span(found: re.Match[str]) -> tuple[int, int]:
    numbers = [int(part or 0) for part in found.groups()]
    fractions = [found.group(4), found.group(8)]
    start, end = (
        ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction.ljust(3, "0"))
        for (hours, minutes, seconds), fraction in zip((numbers[:3], numbers[4:7]), fractions, strict=True)
    )
    return start, end


def _time(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
