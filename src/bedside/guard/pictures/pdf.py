"""Look at a PDF: the words of every page, whether they are seen or hidden, its pages as pictures, and its metadata.

PDFium (through pypdfium2, 9 MB) reads the words, also those below a black box, and draws the pages, which then go
the way of pictures: a scanned page is read, faces and codes are found. What cannot be judged whole is refused with a
sentence: encrypted files, files that are something else besides, files with other files inside, very long ones.
"""

import ctypes
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from bedside.guard.pictures.look import Unreadable, look_at_pixels
from bedside.guard.pictures.metadata import LONGEST, MOST_XMP, xmp_in
from bedside.guard.pictures.seen import Line, Seen
from bedside.guard.pictures.shapes import Box, Pixels

MOST_BYTES = 100_000_000
MOST_PAGES = 300
MOST_DRAWN = 24  # pages that are looked at as pictures, one to two seconds each
MOST_CHARACTERS = 400_000
LONGEST_SIDE = 1800  # pixels of a page that is drawn
MOST_OBJECTS = 2000  # of a page, before it is drawn without counting on
_NOTES = (b"Contents", b"T", b"V", b"RC", b"Subj")
_PACKET = re.compile(rb"<<(?=[^>]{0,400}/Subtype\s*/XML)(?P<head>[^>]{0,400})>>\s*stream\r?\n")

Progress = Callable[[int, int], None]


def is_pdf(path: Path) -> bool:
    """Whether readers of PDFs would take the file, which allow other bytes before its beginning."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def look_at_pdf(path: Path, *, tell: Progress | None = None) -> Seen:
    """Look at all pages. Each line, face and code has the page (from 1) as its `second`. Raises Unreadable."""
    content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    _refuse_what_is_no_plain_pdf(content)
    try:
        with pdfium.PdfDocument(content) as document:
            _refuse_what_cannot_be_judged(document)
            if document.get_formtype():
                document.init_forms()
            return _seen(document, _metadata(document, content), tell)
    except pdfium.PdfiumError as wrong:
        if wrong.err_code == raw.FPDF_ERR_PASSWORD:
            raise Unreadable(_ENCRYPTED) from None
        raise Unreadable("This PDF is damaged. Print it anew as a PDF.") from None


_ENCRYPTED = "This PDF is encrypted, so nobody can judge it whole. Save it without password and protection."


def _refuse_what_is_no_plain_pdf(content: bytes) -> None:
    if not content:
        raise Unreadable(f"This PDF is larger than {MOST_BYTES // 1_000_000} MB. Make it smaller.")
    if not content.startswith(b"%PDF-"):
        raise Unreadable("This file is a PDF and something else besides. Print it anew as a PDF.")
    end = content.rfind(b"%%EOF")
    if end >= 0 and content[end + 5 :].strip(b"\0 \r\n\t"):
        raise Unreadable("This PDF carries something else behind its end. Print it anew as a PDF.")


def _refuse_what_cannot_be_judged(document: pdfium.PdfDocument) -> None:
    if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Unreadable(_ENCRYPTED)
    if document.count_attachments():
        raise Unreadable("This PDF carries other files inside. Take them out and judge them by themselves.")
    if not 0 < len(document) <= MOST_PAGES:
        raise Unreadable(f"This PDF has no pages, or more than {MOST_PAGES}. Split it.")


def _seen(document: pdfium.PdfDocument, metadata: tuple[tuple[str, str], ...], tell: Progress | None) -> Seen:
    words = [list(_words_of(document[number])) for number in range(len(document))]
    drawn = [number for number, page in enumerate(words) if _needs_eyes(document[number], bool(page))]
    if len(drawn) > MOST_DRAWN:
        raise Unreadable(f"More than {MOST_DRAWN} pages of this PDF have pictures. Split it.")
    words[0] = [*_titles(document), *words[0]]
    if sum(len(line) for page in words for line in page) > MOST_CHARACTERS:
        raise Unreadable(f"This PDF has more than {MOST_CHARACTERS} characters. Split it.")
    seen, done = Seen(width=0, height=0, text="", kind="document", metadata=metadata), 0
    for number, page in enumerate(words):
        at = float(number + 1)
        pictured = look_at_pixels(_drawn(document[number]), second=at) if number in drawn else None
        seen = _joined(seen, page, pictured, at)
        if pictured is not None and tell is not None:
            done += 1
            tell(done, len(drawn))
    return seen


def _joined(seen: Seen, page: list[str], pictured: Seen | None, at: float) -> Seen:
    """One page more: its own words, and those read from its picture that are not among them."""
    told = "".join("".join(page).split()).lower()
    read = [line for line in pictured.lines if _bare(line.text) not in told] if pictured else []
    text, lines = seen.text, list(seen.lines)
    for line in (*(Line(words, 0, Box(0, 0, 0, 0), second=at) for words in page), *read):
        text += "\n" if text else ""
        lines.append(replace(line, start=len(text)))
        text += line.text
    if pictured is None:
        return replace(seen, text=text, lines=tuple(lines))
    return replace(
        seen,
        text=text,
        lines=tuple(lines),
        width=max(seen.width, pictured.width),
        height=max(seen.height, pictured.height),
        faces=seen.faces + pictured.faces,
        codes=seen.codes + pictured.codes,
    )


def _bare(words: str) -> str:
    return "".join(words.lower().split())


def _words_of(page: pdfium.PdfPage) -> Iterator[str]:
    """The page's own words, seen or hidden, then what is written in remarks, fields and links on it."""
    for line in page.get_textpage().get_text_range().splitlines():
        if plain := " ".join(line.replace("\x02", "").split()):
            yield plain
    for number in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_OBJECTS)):
        note = raw.FPDFPage_GetAnnot(page, number)
        yield from (said for key in _NOTES if (said := _string_of(note, key)))
        yield from _address_of(page, note)
        raw.FPDFPage_CloseAnnot(note)


def _string_of(note: raw.FPDF_ANNOTATION, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, length)
    said = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
    return " ".join(re.sub(r"<[^>]{1,300}>", " ", said).split())


def _address_of(page: pdfium.PdfPage, note: raw.FPDF_ANNOTATION) -> Iterator[str]:
    action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(note))
    length = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    if length > 1:
        buffer = ctypes.create_string_buffer(length)
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
        yield buffer.value.decode("utf-8", "replace")


def _titles(document: pdfium.PdfDocument) -> Iterator[str]:
    for number, mark in enumerate(document.get_toc()):
        if number >= MOST_OBJECTS:
            return
        if title := " ".join(mark.get_title().split()):
            yield title


def _needs_eyes(page: pdfium.PdfPage, has_words: bool) -> bool:
    """Whether a page shows more than its own words: a picture, a form, letters drawn as lines, or nothing to read."""
    if not has_words:
        return bool(raw.FPDFPage_CountObjects(page))
    pictures = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING)
    lines = 0
    for number in range(min(raw.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, number))
        lines += kind == raw.FPDF_PAGEOBJ_PATH
        if kind in pictures or lines > 100:
            return True
    return bool(raw.FPDFPage_GetAnnotCount(page))


def _drawn(page: pdfium.PdfPage) -> Pixels:
    scale = min(4.0, LONGEST_SIDE / max(*page.get_size(), 1.0))
    picture = page.render(scale=scale).to_pil().convert("RGB")
    pixels: Pixels = np.asarray(picture)
    return pixels


def _metadata(document: pdfium.PdfDocument, content: bytes) -> tuple[tuple[str, str], ...]:
    """The document's own facts (Info) and its XMP, sorted by name."""
    found = {name.lower(): value for name, value in document.get_metadata_dict(skip_empty=True).items()}
    for packet in _packets(content):
        found |= dict(xmp_in(packet))
    return tuple(sorted((name, value[:LONGEST]) for name, value in found.items() if value.strip()))


def _packets(content: bytes) -> Iterator[bytes]:
    """XMP packets: metadata streams stand as they are in the file, plain or deflated (ISO 32000-1, 14.3.2)."""
    for number, found in enumerate(_PACKET.finditer(content)):
        if number >= 50:
            return
        body = content[found.end() : content.find(b"endstream", found.end())]
        if b"FlateDecode" not in found["head"]:
            yield body[:MOST_XMP]
            continue
        try:
            yield zlib.decompressobj().decompress(body, MOST_XMP)
        except zlib.error:
            continue
