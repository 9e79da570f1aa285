"""What does Bedside look like? Takes the pictures of the documentation from the demonstration clinic.

Starts a desk of its own, or looks at one that runs already: `python scripts/screenshots.py http://127.0.0.1:8000`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bedside.config.environment import env

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LARGEST_FILE = 300_000
WAIT = 60_000
WINDOW = {"width": 1280, "height": 800}
WRITTEN = (
    "Flu shots are here! Our patient Maria Lopez (MRN 4471892) got hers after her diabetes checkup. "
    "Walk in any weekday, 8 to 5."
)


def main(arguments: list[str]) -> int:
    IMAGES.mkdir(exist_ok=True)
    with a_desk(arguments) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=env.chromium, args=["--no-sandbox"])
        page = chromium.new_page(viewport=WINDOW, locale="en-US", reduced_motion="reduce")
        page.set_default_timeout(WAIT)
        expect.set_options(timeout=WAIT)
        sit_down(page, address, "Ruth Okafor")
        take(page, "today")
        page.goto(f"{address}/planning/?view=month")
        take(page, "calendar")
        compose(page, address)
        take(page, "composer")
        chromium.close()
    return 0


@contextmanager
def a_desk(arguments: list[str]) -> Iterator[str]:
    """The address of a running desk with the demonstration clinic."""
    if arguments:
        yield arguments[0].rstrip("/")
        return
    from tests.fixtures.desk import start_desk  # noqa: PLC0415  (only when a desk has to be started)

    desk = start_desk(demo=True)
    try:
        yield desk.base_url
    finally:
        desk.stop()


def sit_down(page: Page, address: str, name: str) -> None:
    """Sit at the desk of somebody of the demonstration."""
    page.goto(f"{address}/people/demo")
    page.get_by_role("button", name=f"Sit at the desk of {name}").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_visible()


def compose(page: Page, address: str) -> None:
    """A post that the guard stops."""
    page.goto(f"{address}/planning/posts/new")
    page.get_by_role("checkbox", name="Alder Bend Community Health").check()
    page.get_by_label("Text", exact=True).fill(WRITTEN)
    expect(
        page.get_by_role("region", name="Notes of the guard").get_by_text("MRN 4471892").first
    ).to_be_visible()
    expect(page.locator("#save-state")).to_contain_text("Saved")


def take(page: Page, name: str) -> None:
    """Keep what the window shows as docs/images/NAME.png; it has to stay small."""
    page.evaluate("document.fonts.ready")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB")
    if size > LARGEST_FILE:
        raise SystemExit(f"{path.name} is larger than {LARGEST_FILE // 1000} kB.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
