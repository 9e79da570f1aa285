"""Learns the weights of the guard's scorer from labelled items, and chooses the scores at which it blocks.

    python scripts/learn.py [--harmless POSTS.jsonl [--half]]

Learns from every `learning*.jsonl` of `tests/guard_items`, the examples of all rules and the texts of the
demonstration, and chooses the thresholds by `dev.jsonl`, of
which nothing is learned; `held_out.jsonl` is never read. Harmless posts (JSON lines with a `text`) may be added;
with `--half` every second of them, so that the others can be measured. Writes `src/bedside/guard/weights/scorer.json`.
The same items give the same weights.

The method: logistic regression with a ridge penalty over the features of `bedside.guard.features`, one weight for
posts and one for
replies, of which each is a shared part and a part of its own. What is rare or weighs little is dropped, then the
rest is fitted again.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, hstack

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.guard_items.items import NOBODY, RULE_OF, material_of, organization_of, read_items

from bedside.guard import Material, OrganizationFacts, rules
from bedside.guard.desk import desk_for
from bedside.guard.engine import spoken
from bedside.guard.features import MOST_WORDS, Piece, Surroundings, keys_of, pieces_of
from bedside.guard.material import Surface
from bedside.guard.scorer import FEW, FILE, MARGIN, SCALE, packed, side_of
from bedside.guard.weighing import fired_names, is_weighed

DEMO = ROOT / "src/bedside/demo/words"
MOST_KEYS, KEYS_OF_A_RULE = 60_000, 400
RIDGE = 60.0
EXAMPLE_WEIGHT, HARMLESS_WEIGHT = 3.0, 3.0
FALSE_ALARMS = 0.025  # of the harmless items by which the thresholds are chosen
FALSE_ALARMS_OF_POSTS = 0.005  # of harmless posts that were not learned from
SENTENCE_WEIGHT = 0.5  # beside the whole text
CLEARS_BELOW = -1.0  # a weighed rule's stop becomes a signature
LEAST_OF_A_RULE = 12  # violating items, for a rule to be told apart


@dataclass
class Lesson:
    """One text. `stops`: a rule that is not weighed stops it, whatever its score; `is_weighed`: one that is
    weighed would."""

    material: Material
    organization: OrganizationFacts
    is_violating: bool
    weight: float = 1.0
    rule: str | None = None
    stops: bool = False
    is_weighed: bool = False
    is_item: bool = True
    pieces: Sequence[
        tuple[Piece, list[str]]
    ] = ()  # each with what stands around it; the first is the whole text


@dataclass
class Fact:
    """The keys of a text or of one of its sentences, and how much it counts."""

    lesson: Lesson
    keys: np.ndarray
    weight: float = 1.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--harmless", type=Path)
    parser.add_argument("--half", action="store_true", help="learn from every second of them only")
    options = parser.parse_args()
    lessons = [read(lesson) for lesson in lessons_from(options.harmless, 2 if options.half else 1)]
    asked = [lesson for lesson in lessons if not lesson.stops]
    say(f"{len(lessons)} texts, of which {len(lessons) - len(asked)} are stopped without a score")
    numbers = vocabulary(asked)
    facts = [Fact(lesson, keys_of_piece(*lesson.pieces[0], numbers)) for lesson in asked if lesson.pieces]
    chosen, weights, bias = fitted(facts)
    facts += of_sentences(asked, numbers, chosen, weights)
    chosen, weights, bias = fitted(facts)
    apart = [read(each) for each in measured_items(options.harmless if options.half else None)]
    thresholds = chosen_thresholds(apart, lambda each: highest(each, numbers, chosen, weights) + bias)
    learned = {
        "about": "Written by scripts/learn.py; see bedside/guard/scorer.py.",
        "blocks_at": thresholds,
        "clears_below": CLEARS_BELOW,
        "bias": round(bias, 4),
        "words": "\n".join(numbers),
        "keys": packed(np.diff(chosen, prepend=0).tolist(), "q"),  # each as its distance from the one before
        "weights": {side: packed(thousandths(weights[side]), "h") for side in ("post", "reply")},
        "rules": rules_told_apart(facts, chosen),
    }
    FILE.write_text(json.dumps(learned, indent=0) + "\n", encoding="ascii")
    say(f"{len(chosen)} keys of {len(numbers)} words in {FILE.stat().st_size // 1024} KB")


def lessons_from(harmless: Path | None, every: int) -> Iterator[Lesson]:
    """All texts to learn from."""
    yield from (lesson_of(item) for item in read_items("learning*.jsonl"))
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
    yield from (lesson_of(item) for item in read_items("dev.jsonl"))
    for line in harmless.read_text(encoding="utf-8").splitlines()[1::2] if harmless else ():
        yield Lesson(Material(surface="post", text=json.loads(line)["text"]), NOBODY, False, is_item=False)


def lesson_of(item: dict[str, Any]) -> Lesson:
    """A labelled item as a lesson."""
    is_violating = item["label"] == "violating"
    rule = RULE_OF.get(item["expects"]) if is_violating else None
    return Lesson(material_of(item), organization_of(item), is_violating, rule=rule)


def read(lesson: Lesson) -> Lesson:
    """The lesson with what the guard reads in it, before any score."""
    case = desk_for(lesson.organization).case(lesson.material, date(2026, 1, 1))
    findings = spoken(case)
    stopping = [each for each in findings if each.is_violation]
    lesson.stops = not all(map(is_weighed, stopping))
    lesson.is_weighed = bool(stopping)
    surroundings = Surroundings.of(case, fired_names(findings))
    lesson.pieces = [(piece, surroundings.of_piece(piece)) for piece in pieces_of(case)]
    return lesson


def vocabulary(lessons: Sequence[Lesson]) -> dict[str, int]:
    """The words that stand in at least two lessons, numbered from 1."""
    seen = Counter(
        word
        for lesson in lessons
        for word in {each for piece, told in lesson.pieces for each in (*piece.words, *piece.lists, *told)}
    )
    common = [word for word, count in seen.most_common(MOST_WORDS - 1) if count > 1]
    return {word: at for at, word in enumerate(sorted(common), start=1)}


def keys_of_piece(piece: Piece, told: Sequence[str], numbers: dict[str, int]) -> np.ndarray:
    """The keys of which every word is known."""
    rows = [[numbers.get(word, 0) for word in row] for row in (piece.words, piece.lists)]
    keys = keys_of(*rows) | {numbers.get(each, 0) for each in told}
    found = np.fromiter(keys, dtype=np.int64)
    kind, first, middle, last = found >> 48, found >> 32 & 0xFFFF, found >> 16 & 0xFFFF, found & 0xFFFF
    whole = (last > 0) & ((kind == 0) | (middle > 0)) & ((kind != 2) | (first > 0))
    return found[whole]


def of_sentences(
    lessons: Sequence[Lesson], numbers: dict[str, int], kept: np.ndarray, weights: dict[str, np.ndarray]
) -> Iterator[Fact]:
    """Single sentences and fields: all of a harmless text are harmless; of a violating one, that which scores
    highest."""
    for lesson in lessons:
        parts = [keys_of_piece(*each, numbers) for each in lesson.pieces[1:]]
        if not parts:
            continue
        if lesson.is_violating:
            scores = table(parts, kept) @ weights[side_of(lesson.material.surface)]
            parts = [parts[int(np.argmax(scores))]]
        yield from (Fact(lesson, part, lesson.weight * SENTENCE_WEIGHT) for part in parts)


def fitted(facts: Sequence[Fact]) -> tuple[np.ndarray, dict[str, np.ndarray], float]:
    """The keys that are kept, what each weighs on either side, and the bias."""
    keys = [fact.keys for fact in facts]
    found, counts = np.unique(np.concatenate(keys), return_counts=True)
    common = found[counts > 1]
    counts = counts[counts > 1]
    weights, _ = ridge(facts, table(keys, common))
    shared, post, reply = np.split(weights, 3)
    worth = np.maximum(np.abs(shared + post), np.abs(shared + reply)) * np.sqrt(counts)
    kept = np.sort(common[np.argsort(-worth, kind="stable")[:MOST_KEYS]])
    weights, bias = ridge(facts, table(keys, kept))
    shared, post, reply = np.split(weights, 3)
    return kept, {"post": shared + post, "reply": shared + reply}, bias


def table(keys: Sequence[np.ndarray], known: np.ndarray) -> csr_matrix:
    """A row for each lesson, a column for each known key, rows divided by the root of their number of keys."""
    columns, starts = [], [0]
    for each in keys:
        at = np.searchsorted(known, each)
        at[at == len(known)] = 0
        columns.append(np.sort(at[known[at] == each]))
        starts.append(starts[-1] + len(columns[-1]))
    lengths = np.diff(starts)
    values = np.repeat(1 / np.sqrt(lengths + FEW), lengths)
    return csr_matrix((values, np.concatenate(columns), starts), shape=(len(keys), len(known)))


def sided(rows: csr_matrix, facts: Sequence[Fact]) -> csr_matrix:
    """Each key three times: for all, for posts, for replies."""
    reply = np.array([side_of(each.lesson.material.surface) == "reply" for each in facts], float)
    return hstack([rows, diags(1 - reply) @ rows, diags(reply) @ rows], format="csr")


def ridge(facts: Sequence[Fact], rows: csr_matrix) -> tuple[np.ndarray, float]:
    """Logistic regression of "is violating" on the sided rows: the weights and bias of the least penalized loss."""
    importance = RIDGE * np.array([each.weight for each in facts])
    sign = np.where([each.lesson.is_violating for each in facts], 1.0, -1.0)
    rows = sided(rows, facts)
    turned = rows.T.tocsr()

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (rows @ point[:-1] + point[-1])
        slope = -importance * sign / (1 + np.exp(margin))
        value = float(importance @ np.logaddexp(0, -margin)) + 0.5 * float(point[:-1] @ point[:-1])
        return value, np.append(turned @ slope + point[:-1], slope.sum())

    start = np.zeros(rows.shape[1] + 1)
    with np.errstate(over="ignore"):
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}).x
    return found[:-1], float(found[-1])


def chosen_thresholds(apart: Sequence[Lesson], score: Callable[[Lesson], float]) -> dict[str, float]:
    """For either side the lowest score at which no more than `FALSE_ALARMS` of the harmless items are blocked, and no
    more than `FALSE_ALARMS_OF_POSTS` of the harmless posts; all of texts that nothing was learned from."""
    blocked: dict[bool, list[bool]] = {True: [], False: []}
    chosen = {}
    for side in ("post", "reply"):
        lessons = [each for each in apart if side_of(each.material.surface) == side]
        scores = np.array([score(each) for each in lessons])
        stops = np.array([each.stops for each in lessons]) | (
            np.array([each.is_weighed for each in lessons]) & (scores >= CLEARS_BELOW)
        )
        items = np.array([each.is_item for each in lessons])
        violating = np.array([each.is_violating for each in lessons])
        chosen[side] = lowest(
            scores,
            lambda at, stops=stops, scores=scores, items=items, violating=violating: (
                share(stops | (scores >= at), items & ~violating) <= FALSE_ALARMS
                and share(stops | (scores >= at), ~items) <= FALSE_ALARMS_OF_POSTS
            ),
        )
        caught = stops | (scores >= chosen[side])
        say(f"{side}s: blocks at {chosen[side]:.3f}; {100 * share(caught, ~items):.2f} % of harmless posts")
        for is_violating in blocked:
            blocked[is_violating] += caught[items & (violating == is_violating)].tolist()
    hits, alarms = (100 * sum(blocked[each]) / len(blocked[each]) for each in (True, False))
    say(
        f"Of items not learned from {hits:.1f} % of the violating and {alarms:.1f} % of the harmless are blocked"
    )
    return chosen


def share(marked: np.ndarray, among: np.ndarray) -> float:
    """How many of these are marked; 0 of none."""
    return float(marked[among].mean()) if among.any() else 0.0


def lowest(scores: np.ndarray, is_right: Callable[[float], bool]) -> float:
    """The lowest of these scores that is right, going down from the highest."""
    found = float(scores.max())
    for at in sorted(set(np.round(scores[np.isfinite(scores)], 3)), reverse=True):
        if not is_right(float(at)):
            break
        found = float(at)
    return round(found, 3)


def highest(
    lesson: Lesson, numbers: dict[str, int], kept: np.ndarray, weights: dict[str, np.ndarray]
) -> float:
    """The score of the most suspicious piece, without the bias."""
    if not lesson.pieces:
        return -np.inf
    rows = table([keys_of_piece(*each, numbers) for each in lesson.pieces], kept)
    margins = MARGIN * np.array([piece.is_sentence for piece, _ in lesson.pieces])
    return float((rows @ weights[side_of(lesson.material.surface)] - margins).max())


def rules_told_apart(facts: Sequence[Fact], kept: np.ndarray) -> dict[str, dict[str, Any]]:
    """For each rule with enough items, the keys by which its violations differ from those of the others: how many times
    more often (as a logarithm) they stand in these, and how often the rule is broken at all."""
    chosen = [fact for fact in facts if fact.lesson.is_violating and fact.lesson.rule]
    single = kept[kept >> 48 <= 1]
    stands = (table([fact.keys for fact in chosen], single) > 0).astype(float)
    names = np.array([fact.lesson.rule for fact in chosen])
    told = {}
    for name, count in sorted(Counter(names).items()):
        if count >= LEAST_OF_A_RULE:
            ours, others = (
                np.asarray(stands[rows].sum(axis=0)).ravel() for rows in (names == name, names != name)
            )
            weights = np.log((ours + 0.5) / (count + 1)) - np.log((others + 0.5) / (len(names) - count + 1))
            most = np.sort(
                np.argsort(-np.abs(weights) * np.sqrt(ours + others), kind="stable")[:KEYS_OF_A_RULE]
            )
            told[str(name)] = {
                "before": round(float(np.log(count / len(names))), 3),
                "keys": packed(
                    most.tolist(), "H"
                ),  # single ones come first in `kept`, so their numbers are small
                "weights": packed(thousandths(weights[most]), "h"),
            }
    return told


def thousandths(weights: np.ndarray) -> list[int]:
    """Weights as whole numbers that fit into two bytes."""
    return np.clip(np.rint(weights * SCALE), -32768, 32767).astype(int).tolist()


def say(sentence: str) -> None:
    """One line for the person who waits."""
    print(sentence + ".", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
