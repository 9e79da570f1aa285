"""What of a subtitle file leaves: its times and the words that are shown, which are the words that were judged."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.foundation.refusal import Refusal
from bedside.guard.pictures.captions import words_of
from bedside.library.subtitles import webvtt

PLAIN = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nHello.\n"


def test_an_srt_becomes_webvtt():
    first = "\ufeff1\n00:00:01,000 --> 00:00:03,000\nHello.\n\n"
    second = "2\n00:01:04,5 --> 01:00:05,25\nTwo\nlines\n"
    assert (
        webvtt((first + second).replace("\n", "\r\n").encode())
        == PLAIN + "\n00:01:04.500 --> 01:00:05.250\nTwo\nlines\n"
    )


@pytest.mark.parametrize(
    ("hidden", "raw"),
    [
        ("Tessa", b"WEBVTT Tessa\n\n00:01.000 --> 00:03.000\nHello.\n"),
        (
            "Tessa",
            b"WEBVTT\nKind: Tessa\n\nNOTE Tessa Hendricks\nwas here\n\n00:01.000 --> 00:03.000\nHello.\n",
        ),
        ("Tessa", b"WEBVTT\n\nSTYLE\n::cue(v[voice=Tessa]) {}\n\n00:01.000 --> 00:03.000\nHello.\n"),
        ("Tessa", b"WEBVTT\n\nTessa\n00:01.000 --> 00:03.000 region:Tessa\n<v Tessa>Hello.</v>\n"),
        ("Tessa", b"1\n00:00:01,000 --> 00:00:03,000\n{\\an8 Tessa}Hello.\n\nTessa\n"),
    ],
)
def test_what_is_not_shown_does_not_leave(hidden, raw):
    assert webvtt(raw) == PLAIN
    assert hidden not in webvtt(raw)


def test_letters_written_in_another_way_are_the_letters_that_are_judged(tmp_path):
    clean = webvtt(b"WEBVTT\n\n00:01.000 --> 00:03.000\nJ&#97;ne D&#x6f;e &amp; co &lt;b&gt;\n")
    assert "Jane Doe &amp; co &lt;b&gt;" in clean
    (tmp_path / "film.vtt").write_text(clean)
    assert words_of(tmp_path / "film.vtt") == "Jane Doe & co <b>"


def test_files_of_windows_are_read():
    assert webvtt("1\n00:00:01,000 --> 00:00:03,000\nHello.\n".encode("utf-16")) == PLAIN
    assert "Vacúnese" in webvtt("1\n00:00:01,000 --> 00:00:03,000\nVacúnese.\n".encode("cp1252"))


def test_numbers_between_lines_that_stand_close_are_no_words():
    assert webvtt(b"1\n00:01,0 --> 00:02,0\nOne\n2\n00:02,0 --> 00:03,0\nTwo\n").endswith(
        "00:00:02.000\nOne\n\n00:00:02.000 --> 00:00:03.000\nTwo\n"
    )


def test_a_line_that_ends_before_it_begins_is_named():
    with pytest.raises(Refusal, match=r"00:00:05\.000"):
        webvtt(b"1\n00:00:05,000 --> 00:00:03,000\nHello.\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=4))
def test_what_leaves_reads_as_the_guard_reads_it_and_cleaning_it_again_changes_nothing(
    tmp_path_factory, said
):
    raw = "".join(
        f"{n}\n00:0{n},0 --> 00:0{n + 1},0\n{words}\n\n" for n, words in enumerate(said, 1)
    ).encode()
    try:
        clean = webvtt(raw)
    except Refusal:
        return
    assert webvtt(clean.encode()) == clean
    path = tmp_path_factory.mktemp("said") / "film.vtt"
    path.write_bytes(clean.encode())
    judged = set(words_of(path).split())
    shown = {
        word for line in clean.split("\n")[1:] if "-->" not in line for word in html.unescape(line).split()
    }
    assert shown <= judged
