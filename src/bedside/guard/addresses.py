"""Web and e-mail addresses in a plain text: their words are not said to anybody, and are read apart."""

import re

import re2

_ENDS = r"\.(?:com|org|net|gov|edu|io|co|us|info|ly|me|app|link|page|example|health|care|be|gl)\b"
_NAKED = re.compile(_ENDS)
# RE2, because long runs of dots and dashes must not cost more than their length.
_ADDRESS = re2.compile(
    r"(?i)(?:https?://|www\.)\S+|[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|[\w\-]+(?:\.[\w\-]+)*?"
    + _ENDS
    + r"(?:/\S*)?"
)


def addresses(text: str) -> list[tuple[int, int]]:
    """Where web and e-mail addresses stand in a plain text."""
    if "://" not in text and "@" not in text and "www." not in text and not _NAKED.search(text):
        return []
    return [match.span() for match in _ADDRESS.finditer(text.encode("ascii"))]


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with these pieces blanked, of the same length."""
    if not spans:
        return text
    kept, done = [], 0
    for start, end in spans:
        kept += [text[done:start], "\x03" * (end - start)]
        done = end
    return "".join((*kept, text[done:]))
