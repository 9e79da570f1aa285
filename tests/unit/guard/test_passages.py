"""Pieces of a text are searched piece by piece, and a text that is asked about often is searched once."""

import re

import pytest

from bedside.guard.passages import Passages

TEXT = "her number is on file. our office line is open. " * 100
PATTERN = re.compile(r"\b(?:her number|office line)\b")
PIECES = [(start, start + length) for start in range(0, 2000, 37) for length in (5, 20, 60)]


@pytest.mark.parametrize("start", [-40, 0, 11])
def test_the_answer_is_the_same_however_often_one_asks(start: int) -> None:
    passages = Passages(TEXT)
    for first, last in PIECES:
        expected = PATTERN.search(TEXT, max(0, start + first), max(0, start + last)) is not None
        assert passages.hold(PATTERN, start + first, start + last) == expected


def test_a_whole_text_is_searched_once() -> None:
    passages = Passages(TEXT)
    assert passages.hold(PATTERN, -5, len(TEXT) + 5)
    assert not passages.hold(re.compile("patient"), 0, len(TEXT))
    assert not Passages("").hold(PATTERN, 0, 0)
