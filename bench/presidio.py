"""Presidio beside the guard, on the same machine and the same texts: speed, memory, start, and what it would stop.

Only where PRESIDIO_PYTHON names the Python of an environment in which presidio-analyzer is installed. Its pipeline is
the spaCy model that PRESIDIO_MODEL names and that environment holds, else an empty one: then its patterns and
recognizers work without a model for names. A text counts as stopped where Presidio finds anything with a score of at
least 0.5, except dates, places, addresses of the web and nationalities, which every public post may hold.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.guard_items.items import read_items

MISSING = (
    "Presidio was not compared, because PRESIDIO_PYTHON does not name a Python with presidio-analyzer; "
    "install it into an environment of its own and name that environment's python."
)
NOT_COMPARED = 3  # for scripts/bench.py no failure: nobody asked for this comparison
MOST_ITEMS = 2000

# Runs in Presidio's own environment, with nothing of ours.
PROGRAM = """
import json, os, resource, sys, time
before = time.process_time()
import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
model = os.environ.get("PRESIDIO_MODEL", "")
class Engine(SpacyNlpEngine):
    def __init__(self):
        super().__init__()
        if model:
            __import__(model)
            pipeline = sys.modules[model].load()
        else:
            pipeline = spacy.blank("en")
        self.nlp = {"en": pipeline}
analyzer = AnalyzerEngine(nlp_engine=Engine(), supported_languages=["en"])
analyzer.analyze("Hello", language="en")
started = time.process_time() - before
everyday = {"DATE_TIME", "LOCATION", "URL", "NRP"}
texts = json.load(sys.stdin)
begun = time.process_time()
stopped = [
    any(found.score >= 0.5 and found.entity_type not in everyday for found in analyzer.analyze(text, language="en"))
    for text in texts
]
spent = time.process_time() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"started": started, "spent": spent, "memory": memory, "stopped": stopped}))
"""


def main() -> int:
    """Measure and print."""
    python = os.environ.get("PRESIDIO_PYTHON", "")
    if not python or not has_presidio(python):
        print(MISSING, file=sys.stderr)
        return NOT_COMPARED
    items = list(read_items("held_out.jsonl"))[:MOST_ITEMS]
    done = subprocess.run(
        [python, "-c", PROGRAM],
        input=json.dumps([item["text"] for item in items]),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"Presidio could not start. {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return 1
    report(items, json.loads(done.stdout.splitlines()[-1]))
    return 0


def has_presidio(python: str) -> bool:
    """Whether that Python starts and knows Presidio."""
    looked = "import importlib.util as u, sys; sys.exit(u.find_spec('presidio_analyzer') is None)"
    try:
        return subprocess.run([python, "-c", looked], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def report(items: list[dict[str, str]], measured: dict[str, object]) -> None:
    """Print the figures of one run."""
    model = os.environ.get("PRESIDIO_MODEL") or "an empty spaCy pipeline"
    figure("presidio.bulk", len(items) / float(str(measured["spent"])), "posts/s", f"CPU time, {model}")
    figure("presidio.memory", float(str(measured["memory"])), "MB", f"peak of its process, {model}")
    figure(
        "presidio.start", float(str(measured["started"])), "s", f"import and first text, CPU time, {model}"
    )
    stopped = measured["stopped"]
    assert isinstance(stopped, list)
    for label in ("violating", "near_miss"):
        each = [is_stopped for item, is_stopped in zip(items, stopped, strict=True) if item["label"] == label]
        setup = f"half that was never looked at; {sum(each)} of {len(each)}; {model}"
        figure(f"presidio.held_out.{label}.blocked", 100 * sum(each) / len(each), "%", setup)


def figure(name: str, value: float, unit: str, setup: str) -> None:
    """Print one figure."""
    print(json.dumps({"figure": name, "value": round(value, 2), "unit": unit, "setup": setup}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
