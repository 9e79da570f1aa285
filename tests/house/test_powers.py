"""Does every view and every API operation name the power it needs, or say why it needs none?"""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from bedside.people.powers import Power

SHORTEST_REASON = 15


def our_views() -> Iterator[tuple[str, Any]]:
    """Every view of ours with its address; those of libraries guard themselves."""
    yield from found_in(get_resolver().url_patterns, "/")


def found_in(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        address = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from found_in(pattern.url_patterns, address)
        elif pattern.callback.__module__.startswith("bedside."):
            yield address, pattern.callback


def test_every_view_names_its_power_or_says_why_it_is_open() -> None:
    silent = [
        f"{address} ({view.__module__}.{view.__name__})"
        for address, view in our_views()
        if not getattr(view, "needed_powers", ()) and len(getattr(view, "open_because", "")) < SHORTEST_REASON
    ]
    assert silent == []


def test_the_powers_that_views_name_exist() -> None:
    known = {str(power) for power in Power}
    named = {power for _, view in our_views() for power in getattr(view, "needed_powers", ())}
    assert named - known == set()
