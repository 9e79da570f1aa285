"""Is a text read as documented: counted, cut into pieces, searched for mentions?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.practice.wording import counted, mentioned, pieces


@given(st.text(alphabet="ab @#-_.:/()!?\n&http", max_size=60))
def test_cutting_a_text_loses_nothing(text):
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("abc", 3),
        ("👩‍⚕️", 4),
        ("https://example.org/a", 23),
        ("(https://example.org/a).", 26),
        ("see http://a.b, now", 4 + 23 + 5),
        ("https://a.b https://c.d", 47),
    ],
)
def test_length_is_counted_in_code_points_with_addresses_as_23(text, length):
    assert counted(text) == length


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Hello @River-bend and @river-bend", ["river-bend"]),
        ("mail me@example.org", []),
        ("https://a.b/@someone", []),
        ("(@one) @two!", ["one", "two"]),
    ],
)
def test_mentions_are_handles_outside_of_addresses(text, handles):
    assert mentioned(text) == handles
