"""What the guard's scorer is taught: labelled items (some of them disguised, too), the examples of all rules, the
demonstration, harmless posts."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.guard_items.disguises import hashtags
from tests.guard_items.items import NOBODY, material_of, organization_of, read_items, rule_of

from bedside.guard import Material, OrganizationFacts, rules
from bedside.guard.desk import desk_for
from bedside.guard.engine import spoken
from bedside.guard.hits import Case
from bedside.guard.material import Surface
from bedside.guard.weighing import fired_names

DEMO = ROOT / "src/bedside/demo/words"
EXAMPLE_WEIGHT, PLAIN_WEIGHT, HARMLESS_WEIGHT = 6.0, 3.0, 6.0
JOINED_WEIGHT, ONE_IN = 0.5, 20  # of the items, learned a second time with their words joined in hashtags
_DAY = date(2026, 1, 1)


@dataclass
class Lesson:
    """One text. `stops`: a rule that is not weighed stops it, whatever its score; `is_weighed`: one that is weighed
    would. `case` and `fired` are what the guard reads in it before any score."""

    material: Material
    organization: OrganizationFacts
    is_violating: bool
    weight: float = 1.0
    rule: str | None = None
    is_item: bool = True
    stops: bool = False
    is_weighed: bool = False
    fired: frozenset[str] = frozenset()
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.case = desk_for(self.organization).case(self.material, _DAY)
        findings = spoken(self.case)
        stopping = [each for each in findings if each.is_violation]
        self.stops = not all(each.is_weighed for each in stopping)
        self.is_weighed = bool(stopping)
        self.fired = frozenset(fired_names(findings))


def lessons_from(harmless: Path | None, every: int) -> Iterator[Lesson]:
    """All texts to learn from."""
    for number, item in enumerate(read_items("learning*.jsonl")):
        lesson = lesson_of(item)
        if lesson.is_violating and lesson.rule in _only_looked_at():
            continue  # written as a violation, though by its rule a person only has to look
        lesson.weight = PLAIN_WEIGHT if item["id"].startswith("learn-plain") else lesson.weight
        yield lesson
        if number % ONE_IN == 0:
            joined = item | {"text": hashtags(item["text"], 2 + number // ONE_IN % 3)}
            yield replace(lesson_of(joined), weight=JOINED_WEIGHT)
    for rule in rules():
        for example in rule.breaks:
            if rule.weight == "stops":
                yield Lesson(example, NOBODY, True, EXAMPLE_WEIGHT, rule.id)
        for example in rule.keeps:
            yield Lesson(example, NOBODY, False, EXAMPLE_WEIGHT)
    yield from of_the_demonstration()
    for line in harmless.read_text(encoding="utf-8").splitlines()[::every] if harmless else ():
        material = Material(surface="post", text=json.loads(line)["text"])
        yield Lesson(material, NOBODY, False, HARMLESS_WEIGHT)


@cache
def _only_looked_at() -> frozenset[str]:
    """The rules that never block."""
    return frozenset(
        rule.id for rule in rules() if rule.weight != "stops" and rule.override == "approver-with-reason"
    )


def of_the_demonstration() -> Iterator[Lesson]:
    """What the clinic of the demonstration says: all of it harmless, but for the drafts that show what is stopped."""
    said = {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DEMO.glob("*.yaml"))
    }
    del said["rules"]  # texts on which people disagreed
    clinic = said["clinic"]
    facts = clinic["organization"] | {
        "clinicians": [{"name": each["full_name"]} for each in clinic["clinicians"]]
    }
    organization = OrganizationFacts.from_json(
        facts | {"staff": [each["name"] for each in clinic["members"]]}
    )
    for place, entry in entries_of(said):
        if "answer" in entry and "say" in entry:
            surface: Surface = "review_reply" if "reviews" in place else "comment_reply"
            material = Material(surface=surface, text=entry["answer"], parent=entry["say"])
        elif "text" in entry:
            material = Material(surface="post", text=entry["text"])
        else:
            continue
        stopped = entry.get("stopped_by")
        yield Lesson(material, organization, bool(stopped), EXAMPLE_WEIGHT, stopped[0] if stopped else None)


def entries_of(said: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every mapping in nested lists and mappings, with the keys that lead to it."""
    if isinstance(said, dict):
        yield place, said
        for key, value in said.items():
            yield from entries_of(value, (*place, str(key)))
    elif isinstance(said, list):
        for each in said:
            yield from entries_of(each, place)


def measured_items(harmless: Path | None) -> Iterator[Lesson]:
    """The texts by which the thresholds are chosen; none of them is learned from."""
    yield from (lesson_of(item) for item in read_items("dev.jsonl", "survey*.jsonl", "strangers.jsonl"))
    for line in harmless.read_text(encoding="utf-8").splitlines()[1::2] if harmless else ():
        yield Lesson(Material(surface="post", text=json.loads(line)["text"]), NOBODY, False, is_item=False)


def lesson_of(item: dict[str, Any]) -> Lesson:
    """A labelled item as a lesson."""
    is_violating = item["label"] == "violating"
    return Lesson(material_of(item), organization_of(item), is_violating, rule=rule_of(item))
