"""Does the program start, stop, and keep its word: no accepted post is lost, even when it is killed?"""

import contextlib
import resource
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from tests.fixtures.practice import PracticeServer, practice_command, start_practice


def run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(practice_command(*options), capture_output=True, text=True, timeout=20)


def test_a_taken_port_gets_one_clear_sentence(network):
    port = network.base_url.rpartition(":")[2]
    ended = run("--port", port, "--memory")
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert f"cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_unusable_data_file_gets_one_clear_sentence(tmp_path):
    (tmp_path / "p.sqlite3").write_bytes(b"no database" * 500)
    ended = run("--port", "0", "--data", str(tmp_path / "p.sqlite3"))
    assert ended.returncode == 1
    assert "cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_within_two_seconds_whatever_is_open(number):
    server = start_practice()
    headers = server.channel("one").headers
    server.faults({"effect": "slow", "seconds": 60})

    def wait_for_a_slow_answer() -> None:
        with contextlib.suppress(httpx.HTTPError):
            httpx.post(f"{server.base_url}/api/posts", json={"text": "Slow"}, headers=headers, timeout=20)

    waiting = threading.Thread(target=wait_for_a_slow_answer)
    waiting.start()
    host, _, port = server.base_url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))):
        while not server.ledger():
            time.sleep(0.02)
        started = time.monotonic()
        server.process.send_signal(number)
        code = server.process.wait(5)
    assert (code, time.monotonic() - started < 2) == (0, True)
    waiting.join(5)
    server.http.close()


def test_posts_survive_a_restart(tmp_path):
    options = ("--port", "0", "--data", str(tmp_path / "new" / "p.sqlite3"))
    first = start_practice(*options)
    channel = first.channel("one")
    first.http.post("/api/posts", json={"text": "Kept"}, headers=channel.headers)
    assert first.stop() == 0
    second = start_practice(*options)
    assert [line["text"] for line in second.ledger()] == ["Kept"]
    assert second.http.get("/api/account", headers=channel.headers).status_code == 200
    assert second.stop() == 0


def test_a_kill_loses_no_post_that_was_answered(tmp_path: Path):
    options = ("--port", "0", "--data", str(tmp_path / "p.sqlite3"))
    server = start_practice(*options)
    headers = server.channel("one").headers
    answered: set[str] = set()

    def publish_until_it_ends(sender: int) -> None:
        with (
            httpx.Client(base_url=server.base_url, trust_env=False) as client,
            contextlib.suppress(httpx.HTTPError),
        ):
            for number in range(10_000):
                key = f"{sender}-{number}"
                answer = client.post(
                    "/api/posts", json={"text": key}, headers=headers | {"Idempotency-Key": key}
                )
                if answer.status_code == 201:
                    answered.add(key)

    senders = [threading.Thread(target=publish_until_it_ends, args=(number,)) for number in range(4)]
    for sender in senders:
        sender.start()
    while len(answered) < 100:
        time.sleep(0.01)
    server.process.kill()
    server.process.wait()
    for sender in senders:
        sender.join(10)
    again = start_practice(*options)
    keys = [line["key"] for line in again.ledger()]
    assert answered <= set(keys)
    assert len(keys) == len(set(keys))
    again.stop()


def test_it_starts_without_the_web_framework():
    code = (
        "import sys, bedside.cli.practice; print([name for name in sys.modules if name.startswith('django')])"
    )
    ended = subprocess.run(
        [practice_command()[0], "-c", code], capture_output=True, text=True, timeout=20, check=True
    )
    assert ended.stdout.strip() == "[]"


def test_carelessness_can_be_chosen_at_the_start():
    server: PracticeServer = start_practice(
        "--port", "0", "--memory", "--no-idempotency", "--token-seconds", "90"
    )
    assert server.settings()["idempotency"] is False
    assert server.channel("one").expires_in == 90
    server.reset()
    assert server.settings()["idempotency"] is False
    server.stop()


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_an_impossible_port_gets_one_clear_sentence(port):
    ended = run("--port", port, "--memory")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert f"There is no port {port}" in ended.stderr


def test_a_full_disk_refuses_posts_and_loses_none(tmp_path):
    def allow_little_space() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    server = start_practice("--port", "0", "--data", str(tmp_path / "p.sqlite3"), before=allow_little_space)
    headers = server.channel("one").headers
    statuses = []
    for _ in range(200):
        answer = server.http.post("/api/posts", json={"text": "x" * 400}, headers=headers)
        statuses.append(answer.status_code)
    assert set(statuses) == {201, 503}
    assert answer.json()["error"]["code"] == "storage_failed"
    assert len(server.ledger()) == statuses.count(201)
    server.stop()
