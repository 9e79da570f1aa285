"""What do the shell's tests stand on? Registries that forget."""

from collections.abc import Iterator

import pytest

from bedside.web import banners, navigation, palette, today


@pytest.fixture(autouse=True)
def registries_forget() -> Iterator[None]:
    """What a test registers is gone after it."""
    entries = dict(navigation.navigation.entries)
    hits = dict(palette._providers)
    lists = [(registry, list(registry)) for registry in (today._providers, banners._providers)]
    yield
    navigation.navigation.entries = entries
    palette._providers.clear()
    palette._providers.update(hits)
    for registry, before in lists:
        registry[:] = before
