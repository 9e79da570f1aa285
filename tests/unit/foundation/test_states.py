"""Mistakes in a table of states die when the program starts."""

import pytest

from bedside.foundation.refusal import Refusal
from bedside.foundation.states import moves


def test_a_move_in_the_table_is_allowed_and_others_are_refused_with_a_sentence():
    table = moves("lamp", "off", off="on", on="off")
    table.check("off", "on")
    with pytest.raises(Refusal) as refused:
        table.check("on", "on")
    assert "lamp is on" in refused.value.sentence


def test_a_target_without_a_row_is_a_mistake():
    with pytest.raises(ValueError, match="without a row"):
        moves("lamp", "off", off="broken")


def test_a_state_nobody_reaches_is_a_mistake():
    with pytest.raises(ValueError, match="no move leads to"):
        moves("lamp", "off", off="off", on="off")
