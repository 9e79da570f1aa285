"""What looking at one picture costs: CPU and wall seconds over the scenes of a ward, and the size of the process.

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
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def seconds() -> Iterator[tuple[float, float]]:
    """CPU and wall seconds of each picture."""
    from tests.unit.guard.pictures import ward

    from bedside.guard.pictures.look import look_at_pixels

    look_at_pixels(np.asarray(ward.wristband("Jane", "Doe").picture))
    for draw in ward.SCENES.values():
        for take in ward.CAMERAS.values():
            pixels = np.asarray(take(draw("Marisol", "Hendricks").picture))
            cpu, wall = time.process_time(), time.perf_counter()
            look_at_pixels(pixels)
            yield time.process_time() - cpu, time.perf_counter() - wall


def figures() -> Iterator[tuple[str, float, str, str]]:
    """Name, value, unit and setup of each figure."""
    measured = list(seconds())
    setup = f"{len(measured)} pictures up to 12 million pixels, one thread"
    for number, kind in enumerate(("cpu", "wall")):
        spent = [each[number] for each in measured]
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
