"""What looking at one picture costs and finds: CPU and wall seconds over the scenes of a ward, the patients' names that
were not found, and the size of the process.

Called by `bench/guard.py`. The scenes are those of the tests, each as six cameras take it; the models are
loaded before.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def looks() -> Iterator[tuple[float, float, list[str]]]:
    """CPU and wall seconds of each picture, and the names in it that no finding shows."""
    from tests.unit.guard.pictures import ward

    from bedside.guard import OrganizationFacts
    from bedside.guard.pictures.command import findings_in
    from bedside.guard.pictures.look import look_at_pixels

    look_at_pixels(np.asarray(ward.wristband("Jane", "Doe").picture))
    names = cycle(ward.NAMES)
    for draw in ward.SCENES.values():
        for take in ward.CAMERAS.values():
            scene = draw(*next(names))
            pixels = np.asarray(take(scene.picture))
            cpu, wall = time.process_time(), time.perf_counter()
            seen = look_at_pixels(pixels)
            spent = time.process_time() - cpu, time.perf_counter() - wall
            findings = findings_in(seen, "picture.png", OrganizationFacts())
            said = " ".join(each.says for each in findings if each.rule == "image-named-patient").lower()
            yield (*spent, [word for word in scene.planted if word.lower() not in said])


def figures() -> Iterator[tuple[str, float, str, str]]:
    """Name, value, unit and setup of each figure."""
    measured = list(looks())
    setup = f"{len(measured)} pictures up to 12 million pixels, one thread"
    missed = [word for _, _, words in measured for word in words]
    yield "guard.picture.names_missed", len(missed), "names", setup
    for kind, spent in (
        ("cpu", [cpu for cpu, _, _ in measured]),
        ("wall", [wall for _, wall, _ in measured]),
    ):
        yield f"guard.picture.{kind}.median", statistics.median(spent), "s", setup
        yield f"guard.picture.{kind}.slowest", max(spent), "s", setup
    yield "guard.picture.memory", _memory(), "MB", "peak of `bedside guard image`, 12 million pixels"


def _memory() -> float:
    from tests.unit.guard.pictures import ward

    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        ward.far(ward.portal("Marisol", "Hendricks").picture).save(file.name, quality=92)
        command = [sys.executable, "-m", "bedside.cli.main", "guard", "image", file.name]
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
