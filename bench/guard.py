"""The guard's figures, one JSON line each: speed in bulk and singly, start, memory, worst case; then pictures."""

import json
import resource
import statistics
import subprocess
import sys
import time

import pictures  # beside this file

from bedside.guard import Material, judge, judge_many, rules

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
    begun = time.process_time()
    judge(Material(surface="review_reply", text=("thank you for your visit we saw you " * 2800)[:100_000]))
    figure("guard.worst_case", time.process_time() - begun, "s", "100,000 adversarial characters")
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
