"""Is the difference of two versions readable, and does it lose nothing?"""

import time

from hypothesis import given
from hypothesis import strategies as st

from bedside.planning.content import Content, Picture, Wording
from bedside.planning.difference import changes, pieces
from bedside.planning.similarity import likeness, words_of


def test_only_the_changed_words_are_marked():
    found = list(pieces("Flu shots start Monday.", "Flu shots start Tuesday."))
    assert [(p.kind, p.text) for p in found] == [
        ("same", "Flu shots start "),
        ("gone", "Monday"),
        ("added", "Tuesday"),
        ("same", "."),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_letter_of_either_version_is_lost(before, after):
    found = list(pieces(before, after))
    assert "".join(p.text for p in found if p.kind != "added") == before
    assert "".join(p.text for p in found if p.kind != "gone") == after


def test_the_longest_text_is_compared_in_reasonable_time():
    started = time.monotonic()
    list(pieces("a " * 10_000, "a b " * 5_000))
    assert time.monotonic() - started < 5


def test_every_changed_field_is_named(clinic, channel):
    before = Content(text="One", wordings={channel.pk: Wording()})
    after = Content(text="One", first_comment="More", wordings={channel.pk: Wording(text="Own")})
    labels = [c.label for c in changes(before, after, channels={channel.pk: "Riverside"})]
    assert labels == ["First comment", "Text on Riverside"]


def test_a_new_alt_text_is_a_change(clinic, channel):
    one = Content(pictures=(Picture(channel.pk, ""),))
    two = Content(pictures=(Picture(channel.pk, "A nurse"),))
    assert [c.label for c in changes(one, two)] == ["Alt text of picture 1"]


def test_likeness_ignores_case_links_and_punctuation():
    assert likeness(words_of("Flu shots, today!"), words_of("flu shots today https://a.io/x")) == 1.0
    assert likeness(words_of("Flu shots today"), words_of("Parking closed today")) == 0.0
    assert likeness((), ()) == 0.0
