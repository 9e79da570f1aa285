"""Recurring work has one turn at a time, whoever asks."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bedside.cli.shift import Recurrence
from bedside.foundation import clock, leisure, work
from bedside.foundation.models import Schedule


def test_of_two_workers_one_gets_the_turn(db):
    assert Schedule.objects.claim("count", 60)
    assert not Schedule.objects.claim("count", 60)
    with clock.at(clock.now() + timedelta(seconds=61)):
        assert Schedule.objects.claim("count", 60)


def test_only_jobs_can_be_asked_for():
    with pytest.raises(ValueError, match="is not a job"):
        work.soon(print, "hello")


def test_a_job_runs_after_the_commit(db, settings, django_capture_on_commit_callbacks):
    settings.BEDSIDE_WORK_IMMEDIATELY = True
    done = []

    @work.job
    def note(word: str) -> None:
        done.append(word)

    with django_capture_on_commit_callbacks(execute=True):
        work.soon(note, "hello")
        assert done == []
    assert done == ["hello"]


def test_a_worker_that_has_not_imported_a_jobs_module_does_so():
    """A fresh process knows no job; the queue names one by its module."""
    code = (
        "import django; django.setup()\n"
        "from bedside.foundation import work\n"
        "work._jobs.clear()\n"
        "import sys; sys.modules.pop('bedside.people.entrance', None)\n"
        "print(work._known('bedside.people.entrance.build_demonstration') is not None)\n"
        "print(work._known('bedside.nowhere.job'), work._known('os.system'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["True", "None", "None"], done.stderr


def test_what_can_wait_does_not_begin_while_the_worker_is_pressed(db):
    done: list[str] = []
    shift = Recurrence(threading.Event())
    shift.next_at = dict.fromkeys(
        ["signs of life", *work.recurring], float("inf")
    )  # nothing of the house's own
    known = dict(work.recurring)
    work.every(60)(lambda: done.append("sweep"))
    work.recurring["looking"] = work.Recurring("looking", 60, lambda: done.append("look"), can_wait=True)
    leisure.pressed_by(lambda: True)
    try:
        _look(shift)
        assert done == ["sweep"]
        leisure.pressed_by()
        _look(shift)
        assert done == ["sweep", "look"]
    finally:
        leisure.pressed_by()
        work.recurring.clear()
        work.recurring.update(known)


def _look(shift: Recurrence) -> None:
    with ThreadPoolExecutor(1) as pool:
        shift.look(pool)
