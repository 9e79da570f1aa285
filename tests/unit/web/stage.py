"""A stage for the browser: the real product in a process of its own, with one clinic and its administrator signed in.

`start_stage` gives the address and the session of that member. Components may be looked at because DEBUG is on; worker
and practice network stay at home. What the process itself does stands under `main`.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from tests.fixtures.desk import furnish_database
from tests.fixtures.servers import end_with_the_tests, free_port

STOP_SECONDS = 8.0


@dataclass
class Stage:
    """Where the product answers, and the signed-in session."""

    url: str
    session: str
    process: subprocess.Popen[str]
    data: Path

    def stop(self) -> None:
        """End the process and whatever it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)


def start_stage() -> Stage:
    """Start the product and wait for its session line."""
    port, data = free_port(), Path(tempfile.mkdtemp(prefix="bedside-stage-"))
    furnish_database(data)
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("BEDSIDE_", "DJANGO_"))
    }
    variables = clean | {
        "BEDSIDE_DATA": str(data),
        "BEDSIDE_DEBUG": "1",
        "BEDSIDE_PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "bedside.config.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.web.stage", str(port)],
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=end_with_the_tests,
    )
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("session "):
            return wait_for(Stage(f"http://127.0.0.1:{port}", line.split()[1], process, data))
    raise AssertionError("The stage did not open:\n" + "".join(said))


def wait_for(stage: Stage) -> Stage:
    """The same stage, once it answers."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{stage.url}/health", timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return stage
    raise AssertionError("The stage does not answer.")


def main(port: str) -> None:
    """Make the clinic, tell its administrator's session, then serve."""
    django.setup()
    from bedside.people.actions import found_organization, make_user

    user = make_user(
        email="dana@riverside.example", name="Dana Whitfield", password="correct horse battery staple"
    )
    member = found_organization(name="Riverside Family Health", time_zone="America/Chicago", user=user)
    member.organization.requires_second_factor = False
    member.organization.save()
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    print("session", client.cookies[settings.SESSION_COOKIE_NAME].value, flush=True)
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])
