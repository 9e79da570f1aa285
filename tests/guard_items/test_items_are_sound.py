"""Are the labelled items well formed, split by their ids alone, and as mixed as their README says?

What the guard makes of them is measured by the accuracy benchmark, which lives elsewhere.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.guard_items.items import RULES, read_items

from bedside.guard import rules

HERE = Path(__file__).parent
HALVES = ("dev", "held_out")
HARD = [f"hard_{name}" for name in ("claims", "dangers", "dealings", "profiles", "rarities", "tellings")]
MEASURED = (*HALVES, "survey", "survey_2", "strangers", "strangers_2", "strangers_3", *HARD)
SURFACES = {"post", "comment_reply", "review_reply", "ad", "profile"}
KEYS = {
    *("id", "surface", "text", "parent", "alt_texts", "links", "org"),
    *("lang", "label", "expects", "tags", "note"),
}


def items_of(half: str) -> list[dict[str, Any]]:
    lines = (HERE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def share(items: list[dict[str, Any]], key: str) -> dict[str, float]:
    counts = Counter(item[key] for item in items)
    return {value: count / len(items) for value, count in counts.items()}


@pytest.mark.parametrize("half", MEASURED)
def test_every_item_has_the_form_the_readme_tells(half: str) -> None:
    organizations = {path.stem for path in (HERE / "orgs").glob("*.json")}
    for item in items_of(half):
        assert set(item) <= KEYS, item["id"]
        assert item["surface"] in SURFACES, item["id"]
        assert item["label"] in {"violating", "near_miss"}, item["id"]
        assert f"{item['surface']}-{item['lang']}-" in item["id"], item["id"]
        assert item["text"].strip(), item["id"]
        assert item["expects"], item["id"]
        assert item.get("org") is None or item["org"] in organizations, item["id"]


def test_an_item_is_in_the_half_that_its_id_says() -> None:
    for remainder, half in enumerate(HALVES):
        for item in items_of(half):
            digest = int(hashlib.sha256(item["id"].encode()).hexdigest(), 16)
            assert digest % 2 == remainder, item["id"]


def test_no_id_and_no_content_occurs_twice() -> None:
    items = [item for half in MEASURED for item in items_of(half)]
    said = Counter(
        json.dumps([item.get(key) for key in ("surface", "text", "parent", "alt_texts", "links")])
        for item in items
    )
    assert len({item["id"] for item in items}) == len(items)
    assert [content for content, times in said.items() if times > 1] == []


@pytest.mark.parametrize("half", HALVES)  # those of other authors have fewer Spanish items
def test_each_half_is_balanced_and_speaks_both_languages(half: str) -> None:
    items = items_of(half)
    assert 0.45 < share(items, "label")["violating"] < 0.55
    assert share(items, "lang")["es"] > 0.11


def test_no_text_is_learned_from_by_which_the_guard_is_measured() -> None:
    def name(item: dict[str, Any]) -> tuple[str, str]:
        return " ".join(item["text"].lower().split()), item.get("parent") or ""

    measured = {name(item) for half in MEASURED for item in items_of(half) if len(item["text"]) > 25}
    learned = list(read_items("learning*.jsonl"))
    assert not [item["id"] for item in learned if name(item) in measured]
    assert len({item["id"] for item in learned}) == len(learned)


def test_every_learned_item_has_the_form_and_a_rule_that_exists() -> None:
    known = {each.id for each in rules()}
    assert set(RULES) <= known
    for item in read_items("learning*.jsonl"):
        assert set(item) <= KEYS | {"pair"}, item["id"]
        assert item["surface"] in SURFACES, item["id"]
        assert item["label"] in {"violating", "near_miss"}, item["id"]
