"""How fast does a page answer with 50,000 posts on two channels each and 200,000 messages?

The product's web process runs on a database that is filled here, and one client asks it: once on SQLite, once on
PostgreSQL with Redis, each in a process of its own, because Django is set up once. The pages take turns, so that a
bad moment of the machine is shared by all of them. For each page there are these figures over `ROUNDS` requests,
after one that is not counted:

- median and p95: what a person waits, here and now;
- processor time: what the web process (with SQLite in it) worked, and what PostgreSQL worked besides;
- wait for a processor: for how long they were ready and no processor was free. More than a few milliseconds mean
  that the machine was busy with something else;
- p95 without that wait: what a person would have waited had it been quiet. This one is to be below 150 ms.
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
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import httpx
from bench._filled import MESSAGES, POSTS, TEXT, fill
from bench._spent import Spent, children_of, spent_by
from tests.fixtures.desk import READY_SECONDS, Desk
from tests.fixtures.servers import DURABLE, Absent, free_port, start_postgres, start_redis

ROUNDS = 40
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL + Redis"}
OF_THE_WEB = "granian"  # in the command line of the processes whose work is counted


@dataclass(frozen=True)
class Answer:
    """One answer: how many milliseconds it took, and what it cost the web process, the database server and us."""

    took: float
    web: Spent
    database: Spent
    client: Spent

    @property
    def waited(self) -> float:
        return min(self.took, (self.web + self.database + self.client).waited)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--setup", choices=sorted(NAMES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    if not asked.setup:
        command = [sys.executable, __file__, *sys.argv[1:], "--setup"]
        return max(subprocess.run([*command, setup], check=False).returncode for setup in NAMES)
    with ExitStack() as stack:
        try:
            environment, database = servers(asked.setup, stack)
        except Absent as reason:
            print(f"{NAMES[asked.setup]}: {reason}", file=sys.stderr)
            return 0
        folder = Path(tempfile.mkdtemp(prefix="bedside-pages-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "static").mkdir()
        os.environ |= environment | {
            "BEDSIDE_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "bedside.config.settings",
        }
        filled = fill()
        desk = start_web(folder)
        stack.callback(desk.stop)
        measure(desk, filled, asked.setup, asked.rounds, database)
    return 0


def servers(setup: str, stack: ExitStack) -> tuple[dict[str, str], int]:
    """The addresses of private servers, ended with the stack, and PostgreSQL's process (0 without it).

    PostgreSQL writes durably, as in a clinic.
    """
    if setup == "sqlite":
        return {}, 0
    database = start_postgres(DURABLE)
    stack.callback(database.stop)
    redis = start_redis()
    stack.callback(redis.stop)
    return {"BEDSIDE_DATABASE_URL": database.url, "BEDSIDE_REDIS_URL": redis.url}, database.process.pid


def start_web(folder: Path) -> Desk:
    """The web process alone, on this folder."""
    base_url = f"http://127.0.0.1:{free_port()}"
    variables = os.environ | {"BEDSIDE_PORT": base_url.rpartition(":")[2], "BEDSIDE_DATA": str(folder)}
    alone = ["serve", "--without", "worker", "--without", "practice"]
    process = subprocess.Popen(
        [sys.executable, "-m", "bedside.cli.main", *alone],
        env=variables,
        stdout=sys.stderr,
        start_new_session=True,
        text=True,
    )
    return Desk(base_url, "", folder, process, deque())


def measure(desk: Desk, pages: dict[str, str], setup: str, rounds: int, database: int) -> None:
    """Ask every page in turn, `rounds` times over, and print its figures."""
    words = f"{NAMES[setup]}; {POSTS:,} posts on 2 channels each, {MESSAGES:,} messages; one client"
    cookies = {"bedside_session": pages.pop("session")}
    with httpx.Client(base_url=desk.base_url, cookies=cookies, timeout=60) as web:
        wait(web, READY_SECONDS)
        worker = [process for process, command in desk.processes().items() if OF_THE_WEB in command]
        assert worker, "The web process was not found."
        asking = {name: lambda path=path: web.get(path) for name, path in pages.items()}
        asking["composer save"] = saving(web, pages["composer"])
        answers: dict[str, list[Answer]] = defaultdict(list)
        for _ in range(rounds + 1):
            for name, ask in asking.items():
                answers[name].append(timed(ask, worker, database))
    for name, found in answers.items():
        show(f"page: {name}", found[1:], words, with_database=bool(database))


def wait(web: httpx.Client, seconds: float) -> None:
    """Until the web process answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if web.get("/health").status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass  # the port is not open yet
        time.sleep(0.5)
    raise SystemExit("The web process did not answer.")


def timed(ask: Callable[[], httpx.Response], worker: list[int], database: int) -> Answer:
    """How long one answer takes, and what it cost; it has to be a page."""
    parts = (worker, children_of(database), [os.getpid()])
    before = [spent_by(part) for part in parts]
    began = time.perf_counter()
    answer = ask()
    took = (time.perf_counter() - began) * 1000
    web, server, client = (spent_by(part) - start for part, start in zip(parts, before, strict=True))
    assert answer.status_code == httpx.codes.OK, f"{answer.url}: {answer.status_code} {answer.text[:300]}"
    return Answer(took, web, server, client)


def saving(web: httpx.Client, path: str) -> Callable[[], httpx.Response]:
    """Save the draft with other words each time, as the composer does while somebody writes."""
    page = web.get(path).text
    inputs = [re.findall(r'\b(name|value)="([^"]*)"', each) for each in re.findall(r"<input[^>]+>", page)]
    fields = {dict(each)["name"]: dict(each).get("value", "") for each in inputs if "name" in dict(each)}
    token, state = fields["csrfmiddlewaretoken"], {"revision": fields["revision"], "count": 0}
    headers = {"X-CSRFToken": token, "HX-Request": "true", "Origin": str(web.base_url).rstrip("/")}
    said = {"language": "en", "channel": re.findall(r'name="channel"[^>]+value="([^"]+)"[^>]*checked', page)}
    assert said["channel"], "The draft has no channel; there is nothing to judge."

    def save() -> httpx.Response:
        state["count"] = int(state["count"]) + 1
        text = TEXT.format(f"{state['count']} changed")
        form = said | {"text": text, "revision": str(state["revision"])}
        answer = web.post(f"{path}/save", data=form, headers=headers)
        found = re.search(r'name="revision"[^>]+value="(\d+)"', answer.text)
        assert found, f"Nothing was saved: {answer.status_code} {answer.text[:300]}"
        assert found[1] != state["revision"], "The save changed nothing."
        state["revision"] = found[1]
        return answer

    return save


def show(name: str, answers: list[Answer], setup: str, *, with_database: bool) -> None:
    """The figures of one page."""
    figures = {
        "median": statistics.median(answer.took for answer in answers),
        "p95": p95(answer.took for answer in answers),
        "p95 without the wait for a processor": p95(answer.took - answer.waited for answer in answers),
        "wait for a processor": statistics.median(answer.waited for answer in answers),
        "processor time": statistics.median(answer.web.cpu for answer in answers),
    }
    if with_database:
        figures["processor time of PostgreSQL"] = statistics.median(answer.database.cpu for answer in answers)
    for what, value in figures.items():
        line = {"figure": f"{name}, {what}", "value": round(value, 1), "unit": "ms", "setup": setup}
        print(json.dumps(line), flush=True)


def p95(values: Iterable[float]) -> float:
    """The value that one in twenty exceeds."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main())
