"""What does every test of the house stand on? The choice of tests, private servers, a browser, and a running
Bedside.

Rooms have fixtures of their own beside their tests; the clinic is `tests/fixtures/clinic.py`. Settings of the
tests are `tests/settings.py`. Browser stories run last: the browser's driver keeps an event loop, in which
Django refuses to query.
"""

import gc
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bedside.config.environment import env
from tests.fixtures.desk import Desk, kept, migrated_database, start_desk
from tests.fixtures.servers import Absent, Server, start_postgres, start_redis

QUIET_BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
HERE = Path(__file__).resolve().parent
BROWSER_PLACES = [HERE / "journeys", HERE / "unit" / "practice", HERE / "unit" / "web"]
DATABASE_PLACES = [HERE / "rooms", HERE / "api", HERE / "cli", HERE / "unit" / "cli"]
BROWSER_FIXTURES = {"browser", "page"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
IS_STRICT = "postgresql" in settings.DATABASES["default"]["ENGINE"]
FEW_SWEEPS = 50_000  # new objects before their cycles are looked for
PROCESS_FIXTURES = {"desk", "fresh_desk", "postgres_server", "redis_server"}


def pytest_configure() -> None:
    # TERM ends a run as Ctrl-C does: fixtures end what they started. Not as Ctrl-C is answered now: a run in the
    # background ignores it, and what the tests start would ignore TERM with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only tests that use the database in this process: for a second run on another database",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        choose(config, items, uses_database)
    elif not IS_STRICT:
        choose(config, items, lambda item: item.get_closest_marker("strict") is None)
    for item in items:
        if fixtures_of(item) & BROWSER_FIXTURES:
            item.add_marker("browser")
            refuse_elsewhere(item, BROWSER_PLACES, "browsers")
        elif uses_database(item):
            refuse_elsewhere(item, DATABASE_PLACES, "databases")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def choose(config: pytest.Config, items: list[pytest.Item], is_wanted: Callable[[pytest.Item], bool]) -> None:
    """Leave out the tests that are not wanted here."""
    chosen = list(filter(is_wanted, items))
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: to look through it for cycles again and again costs a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(FEW_SWEEPS)


def refuse_elsewhere(item: pytest.Item, places: list[Path], sought: str) -> None:
    """Whoever runs the suite must not overlook a test because of its folder."""
    if item.path.is_relative_to(HERE) and not any(map(item.path.is_relative_to, places)):
        raise pytest.UsageError(f"{item.nodeid}: the suite looks for {sought} in other folders only.")


def fixtures_of(item: pytest.Item) -> set[str]:
    """The names of all fixtures that a test stands on; a parameter may be called like one of them."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return set(getattr(item, "fixturenames", ())) - set(parameters)


def uses_database(item: pytest.Item) -> bool:
    """Whether another database could change this test's answer."""
    if item.get_closest_marker("once"):
        return False
    fixtures = fixtures_of(item)
    wants = bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None
    return wants and not fixtures & (BROWSER_FIXTURES | PROCESS_FIXTURES)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the database of the tests is there: on SQLite as a copy of the one that was migrated once for all."""
    database = settings.DATABASES["default"]
    if "sqlite3" not in database["ENGINE"]:
        return False
    shutil.copy(migrated_database() / "bedside.sqlite3", database["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A private PostgreSQL cluster for processes that the test starts."""
    yield from lent(start_postgres)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Server]:
    """A private Redis for processes that the test starts."""
    yield from lent(start_redis)


def lent(start: Callable[[], Server]) -> Iterator[Server]:
    """A server for as long as the fixture lives, or a skip that says what is absent."""
    try:
        server = start()
    except Absent as reason:
        pytest.skip(str(reason))  # said where a machine lacks it; in CI that is a failure
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian’s Chromium as a shell that never had a window: a third less work than the whole browser without one."""
    if not Path(env.chromium).exists():
        pytest.skip(  # said where a machine lacks it; in CI that is a failure
            f"Chromium is absent: {env.chromium} does not exist (BEDSIDE_CHROMIUM names another one)"
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=env.chromium, args=QUIET_BROWSER)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own for each test: no cookie survives."""
    profile = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    profile.set_default_timeout(15_000)
    yield profile
    profile.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page."""
    return context.new_page()


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """A running Bedside with the demonstration clinic, shared by the stories of one run."""
    yield from kept(start_desk(demo=True))


@pytest.fixture
def fresh_desk() -> Iterator[Desk]:
    """A running Bedside that nobody has set up yet."""
    yield from kept(start_desk())
