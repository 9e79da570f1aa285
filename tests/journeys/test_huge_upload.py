"""Two gigabytes come to the desk: by an honest length, by a length that nobody gave, and from a writer's browser."""

import os
import select
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.fixtures.desk import Desk
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of

TWO_GIGABYTES = 2_100_000_000
PIECE = b"\0" * 65_536
SENTENCE = "This file is larger than 200 MB, the most that can be uploaded here. Make it smaller."
PART = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
)


def used(desk: Desk) -> tuple[int, int]:
    """Bytes of memory of the desk's processes, and bytes in its folder and among temporary files."""
    memory = 0
    for process in desk.processes():
        with suppress(FileNotFoundError, ProcessLookupError):  # it may end while it is looked at
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                memory += int(line.split()[1]) * 1024 if line.startswith("Pss:") else 0
    return memory, sum(path.stat().st_size for path in every_file(desk) if path.is_file())


def every_file(desk: Desk) -> Iterator[Path]:
    yield from desk.data.rglob("*")
    yield from Path(tempfile.gettempdir()).glob("*.upload*")


def flood(desk: Desk, head: str, pieces: Iterator[bytes]) -> tuple[str, int]:
    """Send until the server answers; what it said, and how many bytes were taken before."""
    place = urlsplit(desk.base_url)
    taken, said = 0, b""
    with socket.create_connection((place.hostname, place.port), timeout=30) as line:
        line.sendall(
            f"POST /library/upload HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {head}".encode()
            + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        )
        for piece in pieces:
            readable, _writable, _errors = select.select([line], [], [], 0)
            if readable or not sent(line, piece):
                break
            taken += len(piece)
        line.settimeout(30)
        while part := received(line):
            said += part
    return said.decode(errors="replace"), taken


def sent(line: socket.socket, piece: bytes) -> bool:
    """Whether the server still took this piece."""
    try:
        line.sendall(piece)
    except OSError:
        return False
    return True


def received(line: socket.socket) -> bytes:
    try:
        return line.recv(65_536)
    except OSError:
        return b""


def test_an_announced_two_gigabytes_are_refused_before_they_are_sent(lakeside: Desk, door: Door) -> None:
    page = door.member(lakeside, email_of("author"))
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    before, began = used(lakeside), time.monotonic()
    head = f"{cookies}\r\nContent-Length: {TWO_GIGABYTES}\r\n"
    pieces = (PART if number == 0 else PIECE for number in range(TWO_GIGABYTES // len(PIECE)))
    said, taken = flood(lakeside, head, pieces)
    assert said.startswith("HTTP/1.1 413"), said[:200]
    assert SENTENCE in said
    assert taken < 64_000_000, "the answer came after a few pieces, not after the whole"
    assert time.monotonic() - began < 30
    refuse_growth(before, used(lakeside))


def test_an_endless_body_without_a_length_is_not_gathered(lakeside: Desk, door: Door) -> None:
    page = door.member(lakeside, email_of("author"))
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
    before = used(lakeside)
    chunk = b"10000\r\n" + PIECE + b"\r\n"
    said, taken = flood(lakeside, f"{cookies}\r\nTransfer-Encoding: chunked\r\n", iter(lambda: chunk, None))
    assert said.startswith("HTTP/1.1 4"), said[:200]
    assert taken < 64_000_000
    refuse_growth(before, used(lakeside))


def refuse_growth(before: tuple[int, int], after: tuple[int, int]) -> None:
    assert after[0] - before[0] < 60_000_000, "memory"
    assert after[1] - before[1] < 20_000_000, "disk"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A file of two gigabytes that takes no room on the disk."""
    path = tmp_path / "tour.mp4"
    with path.open("wb") as file:
        os.truncate(file.fileno(), TWO_GIGABYTES)
    return path


def test_a_writer_who_chooses_two_gigabytes_reads_why_not_at_once(
    lakeside: Desk, door: Door, film: Path
) -> None:
    page = door.member(lakeside, email_of("author"))
    page.get_by_role("link", name="Write a post").first.click()
    page.get_by_label("Text", exact=True).fill("Flu shots are here.")
    sendings: list[str] = []
    page.on("request", lambda asked: sendings.append(asked.url) if asked.url.endswith("/picture") else None)
    page.get_by_label("Add pictures").set_input_files(film)
    expect(page.locator("[data-file-error]")).to_have_text(SENTENCE)
    assert sendings == [], "nothing of it is sent"
    expect(page.get_by_label("Text", exact=True)).to_have_value("Flu shots are here.")
