"""Does the doctor see what is wrong, say what to do, and leave everything as it was?"""

import json
import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.fixtures.desk import Desk, desk_environment
from tests.fixtures.servers import free_port

from bedside.audit.models import Record
from bedside.cli.look_at_desk import look_at_desk
from bedside.cli.look_at_machine import look_at_machine, port
from bedside.cli.sight import Sight, State
from bedside.config.environment import Environment, env
from bedside.foundation import clock
from bedside.networks.models import Channel


def by_subject(seen: list[Sight]) -> dict[str, Sight]:
    return {sight.subject: sight for sight in seen}


def test_a_folder_where_nothing_has_run_is_looked_at_and_left_empty(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bedside.cli.main", "doctor", "--json"],
        env=desk_environment(tmp_path, f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    seen = {sight["subject"]: sight for sight in map(json.loads, done.stdout.splitlines())}
    assert seen["database"]["state"] == "watch"
    assert seen["key file secret_key"]["state"] == "watch"
    assert list(tmp_path.iterdir()) == []


def test_a_running_desk_is_well(fresh_desk: Desk) -> None:
    done = fresh_desk.command("doctor", "--json")
    seen = {sight["subject"]: sight for sight in map(json.loads, done.stdout.splitlines())}
    wrong = {
        subject: sight
        for subject, sight in seen.items()
        if sight["state"] != "well" and subject != "front end"
    }
    assert wrong == {}
    assert {"web server", "practice network", "worker", "workers", "migrations", "record", "clock"} <= set(
        seen
    )


def test_a_key_that_others_can_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("a key\n")
    (tmp_path / "secret_key").chmod(0o644)
    seen = by_subject(look_at_machine(Environment({"BEDSIDE_DATA": str(tmp_path)})))
    assert seen["key file secret_key"].state is State.ILL
    assert "chmod 600" in seen["key file secret_key"].advice
    assert "a key" not in str(seen)


def test_a_silent_worker_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "worker.alive").touch()
    long_ago = clock.now() - timedelta(minutes=5)
    os.utime(tmp_path / "worker.alive", (long_ago.timestamp(), long_ago.timestamp()))
    seen = by_subject(look_at_machine(Environment({"BEDSIDE_DATA": str(tmp_path)})))
    assert seen["worker"].state is State.ILL


def test_a_setting_that_makes_no_sense_ends_the_examination_with_its_name(tmp_path: Path) -> None:
    seen = look_at_machine(Environment({"BEDSIDE_DATA": str(tmp_path), "BEDSIDE_PORT": "none"}))
    assert (seen[-1].subject, seen[-1].state) == ("settings", State.ILL)
    assert "BEDSIDE_PORT" in seen[-1].says


def test_another_program_on_our_port_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it takes connections and never answers
        number = silent.getsockname()[1]
        sight = port("web server", "127.0.0.1", number, "BEDSIDE_PORT", "/health")
    assert sight.state is State.ILL
    assert f"Port {number} is already taken" in sight.says


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_well() -> None:
    seen = by_subject(look_at_desk(env))
    assert {subject for subject, sight in seen.items() if sight.state is not State.WELL} == set()
    assert {"database", "migrations", "record"} <= set(seen)


def test_a_channel_that_needs_its_sign_in_is_named(clinic) -> None:
    Channel.objects.create(
        organization=clinic.organization,
        network="practice",
        remote_id="1",
        handle="riverside",
        name="Riverside",
        health=Channel.Health.NEEDS_SIGN_IN,
        connected_at=clock.now(),
    )
    seen = by_subject(look_at_desk(env))
    assert seen["channel"].state is State.ILL
    assert "Riverside" in seen["channel"].says
    assert "/networks/" in seen["channel"].advice


def test_a_changed_line_of_the_record_is_noticed(clinic) -> None:
    newest = Record.objects.order_by("-number").first()
    Record.objects.filter(pk=newest.pk).update(words="Nothing happened here.")
    seen = by_subject(look_at_desk(env))
    assert seen["record"].state is State.ILL
    assert f"line {newest.number}" in seen["record"].says
