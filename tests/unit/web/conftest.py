"""What do the shell's tests stand on? Registries that forget, and a stage for the browser."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page
from tests.fixtures.console import Watch
from tests.unit.web.stage import Stage, start_stage

from bedside.web import banners, navigation, palette, today
from bedside.web.build import Workshop


@pytest.fixture(autouse=True)
def registries_forget() -> Iterator[None]:
    """A test begins without the rooms' sources, and what it registers is gone after it."""
    entries = dict(navigation.navigation.entries)
    hits = dict(palette._sources)
    lists = [(registry, list(registry)) for registry in (today._sources, banners._sources)]
    palette._sources.clear()
    for registry, _before in lists:
        registry.clear()
    navigation.navigation.entries = {key: replace(entry, badge_query=None) for key, entry in entries.items()}
    yield
    navigation.navigation.entries = entries
    palette._sources.clear()
    palette._sources.update(hits)
    for registry, before in lists:
        registry[:] = before


@pytest.fixture(scope="session")
def stage(browser: Browser) -> Iterator[Stage]:
    """The product with one clinic; its administrator's session is in it."""
    if not (Workshop().built / "app.js").exists():
        pytest.skip(  # said where a machine lacks it; in CI that is a failure
            "the front end is not built: python -m bedside.web.build"
        )
    opened = start_stage()
    yield opened
    opened.stop()


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """An empty page; what its console complains about fails the test."""
    watch = Watch()
    yield watch.follow(page)
    assert watch.complaints == []


@pytest.fixture
def member_page(stage: Stage, watched: Page) -> Page:
    """The page of the signed-in administrator, with relative addresses."""
    watched.context.add_cookies([{"name": "bedside_session", "value": stage.session, "url": stage.url}])
    return watched
