"""Pills: one look for each state, and none by color alone."""

import pytest

from bedside.approvals.states import REQUEST_MOVES
from bedside.planning.states import POST_MOVES
from bedside.publishing.states import DELIVERY_MOVES
from bedside.web.atoms import state_pill
from bedside.web.pills import PILLS, Pill, pill_for, register


@pytest.mark.parametrize(
    ("noun", "state"),
    [("post", s) for s in POST_MOVES.table]
    + [("delivery", s) for s in DELIVERY_MOVES.table]
    + [("request", s) for s in REQUEST_MOVES.table],
)
def test_every_state_of_the_straight_way_has_a_look(noun, state):
    assert f"{noun}.{state}" in PILLS or state in PILLS


def test_a_pill_says_its_state_in_words_beside_an_icon():
    html = state_pill("held")
    assert "Held" in html
    assert "#pause" in html


def test_a_state_nobody_described_is_shown_by_its_own_word():
    assert pill_for("put_aside").word == "Put aside"


def test_a_noun_narrows_a_word_that_means_two_things():
    assert pill_for("open", "request").word != pill_for("open").word


def test_the_same_state_cannot_get_two_looks():
    with pytest.raises(ValueError, match="held"):
        register("held", Pill("Stopped", "stop", "danger"))
