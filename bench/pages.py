"""How fast does a page answer with 50,000 posts on two channels each and 200,000 messages?

The product runs in a process of its own on a folder that is filled here (embedded database; `--postgres ADDRESS`
measures another one). One client asks each page in turn; figures are the median and the 95th percentile over
`ROUNDS` requests, after a first one that is not counted.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import httpx
from bench._filled import MESSAGES, POSTS, TEXT, fill
from tests.fixtures.desk import READY_SECONDS
from tests.fixtures.servers import free_port

ROUNDS = 40


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", default="", metavar="ADDRESS")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bedside-pages-"))
    os.environ |= {"BEDSIDE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bedside.config.settings"}
    if asked.postgres:
        os.environ["BEDSIDE_DATABASE_URL"] = asked.postgres
    try:
        pages = fill()
        return measure(folder, pages, "PostgreSQL" if asked.postgres else "embedded")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, pages: dict[str, str], database: str) -> int:
    """Start the web process and ask it."""
    port = free_port()
    variables = os.environ | {"BEDSIDE_PORT": str(port)}
    command = [
        sys.executable,
        "-m",
        "bedside.cli.main",
        "serve",
        "--without",
        "worker",
        "--without",
        "practice",
    ]
    process = subprocess.Popen(command, env=variables, stdout=sys.stderr, start_new_session=True)
    session, save = pages.pop("session"), pages.pop("save")
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", cookies={"bedside_session": session}, timeout=60
        ) as web:
            wait(web, READY_SECONDS)
            setup = f"{database}; {POSTS:,} posts on 2 channels each, {MESSAGES:,} messages; one client"
            for name, path in pages.items():
                show(
                    f"page: {name}", [timed(lambda p=path: web.get(p)) for _ in range(ROUNDS + 1)][1:], setup
                )
            show("page: composer save", saves(web, save), setup)
    finally:
        process.terminate()
        process.wait(10)
    return 0


def wait(web: httpx.Client, seconds: float) -> None:
    """Until the web process answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if web.get("/health").status_code == 200:
                return
        except OSError:
            pass
        except (
            Exception
        ) as early:  # httpx's own errors before the port is open; anything else shows after the deadline
            print(early, file=sys.stderr)
        time.sleep(0.5)
    raise SystemExit("The web process did not answer.")


def timed(call: Callable[[], httpx.Response]) -> float:
    """How long one answer takes, in milliseconds; it has to be a page."""
    began = time.perf_counter()
    answer = call()
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, f"{answer.url}: {answer.status_code}"
    return took


def saves(web: httpx.Client, path: str) -> list[float]:
    """Save the post again and again with other words, as the composer does while somebody writes."""
    page = web.get(path).text
    fields = dict(re.findall(r'<input[^>]+name="([^"]+)"[^>]+value="([^"]*)"', page))
    channels = re.findall(r'name="channel"[^>]+value="([^"]+)"[^>]*checked', page)
    took = []
    for n in range(ROUNDS + 1):
        said = {
            "csrfmiddlewaretoken": fields["csrfmiddlewaretoken"],
            "revision": fields["revision"],
            "language": "en",
            "channel": channels,
            "text": TEXT.format(f"{n} changed"),
        }
        origin = str(web.base_url).rstrip("/")
        headers = {
            "X-CSRFToken": fields["csrfmiddlewaretoken"],
            "HX-Request": "true",
            "Origin": origin,
        }
        began = time.perf_counter()
        answer = web.post(f"{path}/save", data=said, headers=headers)
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:300]}"
        fields |= dict(re.findall(r'<input[^>]+name="(revision)"[^>]+value="([^"]*)"', answer.text))
    return took[1:]


def show(name: str, took: list[float], setup: str) -> None:
    """The median and the 95th percentile as figures."""
    ordered = sorted(took)
    for what, value in (("median", statistics.median(took)), ("p95", ordered[int(len(ordered) * 0.95) - 1])):
        print(
            json.dumps({"figure": f"{name}, {what}", "value": round(value, 1), "unit": "ms", "setup": setup}),
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
