"""What can wait gives way while the worker is pressed, and never for ever."""

from collections.abc import Iterator

import pytest

from bedside.foundation import leisure


@pytest.fixture(autouse=True)
def nobody_presses_afterwards() -> Iterator[None]:
    yield
    leisure.pressed_by()


def test_nothing_waits_where_nothing_presses():
    assert not leisure.should_wait()


def test_what_can_wait_waits_as_long_as_the_worker_is_pressed():
    pressing = [True]
    leisure.pressed_by(lambda: bool(pressing))
    assert leisure.should_wait()
    pressing.clear()
    assert not leisure.should_wait()


@pytest.mark.parametrize(
    ("pressed_for", "is_turn"), [(0, False), (89, False), (91, True), (104, True), (106, False), (196, True)]
)
def test_under_lasting_pressure_what_waited_has_a_turn_after_a_while(pressed_for, is_turn):
    assert leisure.is_turn(pressed_for) is is_turn
