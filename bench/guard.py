"""The guard's figures, one JSON line each: speed in bulk and singly, start, memory, worst case; then pictures."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pictures  # beside this file

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.guard_items.long_texts import PIECES as LONG_PIECES
from tests.guard_items.long_texts import material_of

from bedside.guard import Material, OrganizationFacts, OwnRule, judge, judge_many, rules

PIECES = [
    "Flu shots are here! Walk in any weekday from 9 to 5, no appointment needed.",
    "Our new clinic opens on Monday. Parking is free, and the bus stops at the door.",
    "Chest pain can feel like pressure. Call 911 and do not drive yourself.",
    "Ask your doctor which screening is right for you. Find more at https://hospital.example/screening",
    "Congrats to Jordan Vance, who rang the bell today after her last chemo round!",
    "La Dra. Solís da una charla sobre diabetes el jueves a las 6. #SaludParaTodos",
    "We are hiring nurses for our maternity unit. Apply today and grow with us 💙",
]


def posts(count: int) -> list[Material]:
    """Posts of about 200 characters, each different."""
    texts = (
        f"{PIECES[n % 7]} {PIECES[(n // 7) % 7]} {PIECES[(n // 49) % 7]}"[:194] + f" {n:05}"
        for n in range(count)
    )
    return [Material(surface="post", text=text) for text in texts]


def figure(name: str, value: float, unit: str, setup: str) -> None:
    """Print one figure."""
    print(json.dumps({"figure": name, "value": round(value, 4), "unit": unit, "setup": setup}), flush=True)


LONG, SHORT = 100_000, 10_000  # characters
TURNS, FEW = 7, 200  # the best turn counts: a difference is small, and machines are busy


def worst_case() -> Iterator[tuple[str, float, str, str]]:
    """How long the slowest long text takes, and how much longer than a tenth of it any text does."""
    spent = {piece: (seconds(piece, SHORT), seconds(piece, LONG)) for piece in LONG_PIECES}
    slowest = max(LONG_PIECES, key=lambda piece: spent[piece][1])
    steepest = max(LONG_PIECES, key=lambda piece: spent[piece][1] / spent[piece][0])
    setup = f"the slowest of {len(LONG_PIECES)} adversarial texts of {LONG:,} characters, made of {slowest!r}; CPU time"
    yield "guard.worst_case", spent[slowest][1], "s", setup
    setup = f"{LONG:,} characters against {SHORT:,}, the steepest of {len(LONG_PIECES)} texts, made of {steepest!r}"
    yield "guard.worst_case.growth", spent[steepest][1] / spent[steepest][0], "times", setup


def seconds(piece: str, length: int) -> float:
    """CPU time of judging such a text, as a reply to somebody who asks for a number."""
    material = material_of(piece, length, "review_reply")
    begun = time.process_time()
    judge(material)
    return time.process_time() - begun


def own_rules(materials: list[Material]) -> Iterator[tuple[str, float, str, str]]:
    """What a hundred rules of the organization's own add to a post."""
    rules = tuple(OwnRule(f"own-{n}", "A word", (f"word{n} phrase{n}",)) for n in range(100))
    without, among = OrganizationFacts(), OrganizationFacts(own_rules=rules)
    spent = {without: [], among: []}
    for organization in (without, among) * TURNS:
        begun = time.process_time()
        for _ in judge_many(materials[:FEW], organization=organization):
            pass
        spent[organization].append((time.process_time() - begun) / FEW)
    added = min(spent[among]) - min(spent[without])
    setup = "added to each post by 100 rules of the organization's own, none of whose words stands there; CPU time"
    yield "guard.own_rules", 1_000_000 * added, "µs", setup


def main() -> None:
    """Measure and print."""
    materials = posts(4000)
    for material in materials[:1000]:
        judge(material)
    begun = time.process_time()
    for _ in judge_many(materials):
        pass
    setup = f"{len(rules())} rules, 200 characters, one core, CPU time"
    figure("guard.bulk", len(materials) / (time.process_time() - begun), "posts/s", setup)
    singly = []
    for material in materials[:2000]:
        begun = time.perf_counter()
        judge(material)
        singly.append(1000 * (time.perf_counter() - begun))
    figure("guard.single.p99", statistics.quantiles(singly, n=100)[98], "ms", setup)
    started = "import time; t = time.process_time(); import bedside.guard as g; a = time.process_time() - t;"
    started += "g.judge(g.Material(surface='post', text='Hello')); print(a, time.process_time() - t)"
    out = subprocess.run([sys.executable, "-c", started], capture_output=True, text=True, check=True)
    imported, ready = map(float, out.stdout.split())
    figure("guard.import", imported, "s", "import bedside.guard, CPU time")
    figure("guard.first_verdict", ready, "s", "import, read the rules, judge one post, CPU time")
    for name, value, unit, measured in (*worst_case(), *own_rules(materials)):
        figure(name, value, unit, measured)
    figure(
        "guard.memory",
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "MB",
        "peak of this process",
    )
    for name, value, unit, looked_at in pictures.figures():
        figure(name, value, unit, looked_at)


if __name__ == "__main__":
    main()
