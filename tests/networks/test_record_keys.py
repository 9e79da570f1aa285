"""Is a Bluesky post's name the same for ever, and never another's?"""

from datetime import UTC, datetime, timedelta

import regex
from hypothesis import given
from hypothesis import strategies as st

from bedside.networks.bluesky.record_keys import record_key

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
# atproto.com/specs/tid
TID = regex.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


@given(st.text(max_size=40), st.integers(0, 25), st.integers(0, 80 * 366))
def test_a_record_key_has_the_form_that_the_network_wants(key: str, place: int, days: int) -> None:
    assert TID.fullmatch(record_key(key, NOON + timedelta(days=days), place))


def test_the_same_part_of_the_same_delivery_has_the_same_key() -> None:
    assert record_key("a", NOON, 0) == record_key("a", NOON, 0)


def test_ten_thousand_deliveries_of_one_instant_have_ten_thousand_keys() -> None:
    keys = {record_key(f"delivery-{number}", NOON, 0) for number in range(10_000)}
    assert len(keys) == 10_000


def test_keys_sort_by_time() -> None:
    keys = [record_key("any", NOON + timedelta(seconds=second), 0) for second in range(2, 50, 2)]
    assert keys == sorted(keys)
