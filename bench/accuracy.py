"""How often does the guard stop what it should, and let pass what it should? On labelled items, in one JSON line a
figure.

`dev.jsonl` was read while the guard was made; `survey.jsonl`, `survey_2.jsonl` and `strangers.jsonl` were written by
others who knew the catalogue alone, and chose with it where the scorer blocks; `held_out.jsonl` was never looked at,
and `strangers_2.jsonl` and `strangers_3.jsonl` were written by two who came last: these choose nothing. `hard_*.jsonl`
was written by six who heard what the guard got wrong and aimed at it. HARMLESS_POSTS may name a file of posts (JSON
lines with a `text`) of which none should be stopped; every second line was learned from, so only the others count.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.guard_items.disguises import DISGUISES
from tests.guard_items.items import material_of, organization_of, read_items

from bedside.guard import Material, judge

HALVES = {
    "dev": "half that was read while the guard was made",
    "survey": "written by others who knew the catalogue alone",
    "survey_2": "written later by another one, who knew the catalogue alone",
    "held_out": "half that was never looked at",
    "strangers": "written later still, by one who knew the catalogue alone",
    "strangers_2": "written last, by one who knew the catalogue alone; chose nothing",
    "strangers_3": "written after that, by one who knew the catalogue alone; chose nothing",
    "hard_*": "written by six who aimed at what the guard gets wrong",
}
MOST_DISGUISED = 400


def main() -> None:
    """Measure and print."""
    for half, told in HALVES.items():
        items = list(read_items(f"{half}.jsonl"))
        of_items(items, told, half.removesuffix("_*"))
    disguised([item for item in read_items("held_out.jsonl") if not item.get("org")])
    if posts := os.environ.get("HARMLESS_POSTS"):
        texts = [json.loads(line)["text"] for line in Path(posts).read_text(encoding="utf-8").splitlines()][
            1::2
        ]
        stopped = sum(is_stopped(Material(surface="post", text=text)) for text in texts)
        figure("guard.harmless.blocked", stopped, len(texts), "posts of public agencies, never learned from")


def of_items(items: Sequence[dict[str, Any]], told: str, half: str) -> None:
    """The figures of one half."""
    stopped = {item["id"]: stops(item) for item in items}
    bad = [item for item in items if item["label"] == "violating"]
    good = [item for item in items if item["label"] == "near_miss"]
    figure(f"guard.{half}.violating.blocked", count(stopped, bad), len(bad), told)
    figure(f"guard.{half}.near_miss.blocked", count(stopped, good), len(good), told)
    structured = [item for item in bad if "identifier" in item.get("tags", ())]
    figure(f"guard.{half}.identifiers.blocked", count(stopped, structured), len(structured), told)
    for surface in ("post", "comment_reply", "review_reply", "ad", "profile"):
        some = [item for item in bad if item["surface"] == surface]
        figure(f"guard.{half}.violating.blocked.{surface}", count(stopped, some), len(some), told)
    spanish = [item for item in bad if item["lang"] == "es"]
    figure(f"guard.{half}.violating.blocked.es", count(stopped, spanish), len(spanish), told)


def disguised(items: Iterable[dict[str, Any]]) -> None:
    """Of what is stopped in plain letters, how much is still stopped in other letters."""
    caught = [item for item in items if item["label"] == "violating" and stops(item)][:MOST_DISGUISED]
    for name, disguise in DISGUISES.items():
        still = sum(stops(item | {"text": disguise(item["text"])}) for item in caught)
        figure(f"guard.disguised.{name}", still, len(caught), "copies of stopped items that are stopped too")


def stops(item: dict[str, Any]) -> bool:
    """Whether the item is blocked."""
    return judge(material_of(item), organization=organization_of(item)).decision == "block"


def is_stopped(material: Material) -> bool:
    """Whether the material is blocked, for an organization of which nothing is known."""
    return judge(material).decision == "block"


def count(stopped: dict[str, bool], items: Iterable[dict[str, Any]]) -> int:
    """How many of these are stopped."""
    return sum(stopped[item["id"]] for item in items)


def figure(name: str, found: int, among: int, setup: str) -> None:
    """Print one share."""
    value = round(100 * found / among, 2) if among else 0.0
    print(
        json.dumps({"figure": name, "value": value, "unit": "%", "setup": f"{setup}; {found} of {among}"}),
        flush=True,
    )


if __name__ == "__main__":
    main()
