"""Learns the guard's scorer from labelled items, and chooses the scores at which it blocks (`make learn`).

    python scripts/learn.py [--harmless POSTS.jsonl [--half]]

Learns from every `learning*.jsonl` of `tests/guard_items`, the examples of all rules and the texts of the
demonstration. Chooses the thresholds by `dev.jsonl`, both surveys and `strangers.jsonl`, of which nothing is learned;
`held_out.jsonl`, `strangers_2.jsonl`, `strangers_3.jsonl` and `hard_*.jsonl` are never read. Harmless posts (JSON
lines with a `text`) may be added; with `--half` every second of them, so that the others can be measured. Writes
`src/bedside/guard/weights/`. The same items give the same weights on the same machine.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from learn_convolution import WIDTH, Text, learned_network
from learn_runs import Truth, learned_runs
from lessons import Lesson, lessons_from, measured_items

from bedside.guard.convolution import Convolution
from bedside.guard.layout import laid_out
from bedside.guard.learned import FILES, Learned, learned, numbered, write
from bedside.guard.lexemes import Lexemes, Vocabulary, lexeme_of, words_in
from bedside.guard.runs import SIDES
from bedside.guard.scorer import CLEARS_BELOW, LIMIT_OF, Scorer, side_of
from bedside.guard.sheet import Sheet

MOST_WORDS = 1 << 16  # a word takes two bytes of a key
LEAST_OFTEN = 3  # lessons with a word that is learned; rarer ones are known by their letters
NETWORK_PART = 1.0  # how much the network's answer counts beside that of the runs
FALSE_ALARMS = 0.015  # of the harmless items that choose the thresholds: the goal of docs/guard-accuracy.md
FALSE_ALARMS_OF_POSTS = 0.005  # of harmless posts that were not learned from
LEAST_OF_A_RULE = 12  # violating items, for a rule to be told apart
_AT_ONCE, _STEP = 256, 0.001


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--harmless", type=Path)
    parser.add_argument("--half", action="store_true", help="learn from every second of them only")
    parser.add_argument(
        "--thresholds", action="store_true", help="keep the weights, choose the thresholds again"
    )
    options = parser.parse_args()
    if not options.thresholds:
        write(learned_again(options.harmless, 2 if options.half else 1))
    known = learned()  # as it was written, because numbers are rounded there
    apart = list(measured_items(options.harmless if options.half else None))
    write(replace(known, blocks_at=chosen_thresholds(apart, Scorer(known))))
    say(", ".join(f"{file.name} {file.stat().st_size // 1024} KB" for file in FILES))


def learned_again(harmless: Path | None, every: int) -> Learned:
    """What all lessons teach, without thresholds."""
    lessons = list(lessons_from(harmless, every))
    asked = [lesson for lesson in lessons if not lesson.stops]
    say(f"{len(lessons)} texts, of which {len(lessons) - len(asked)} are stopped without a score")
    words, kinds = vocabulary(asked)
    known = Vocabulary(numbered(words), numbered(kinds))
    lexemes = Lexemes(known, lambda new: np.zeros((len(new) or 1, WIDTH)))
    sheet = laid_out(((lesson.case, lesson.fired) for lesson in asked), lexemes)
    runs = learned_runs(sheet, truth_of(asked), known.kinds)
    say(f"{len(runs.keys)} runs of {len(words)} words")
    return Learned({}, NETWORK_PART, known, runs, taught(asked, sheet, known))


def vocabulary(lessons: Iterable[Lesson]) -> tuple[list[str], list[str]]:
    """The words that stand in enough lessons, and all kinds of words."""
    seen: Counter[str] = Counter()
    kinds = set()
    for lesson in lessons:
        case = lesson.case
        readings = [*(each for each in case.readings if each.is_prose), *filter(None, [case.parent])]
        lexemes = {lexeme_of(marked) for reading in readings for marked in words_in(reading)}
        seen.update({each.word for each in lexemes} | {each.kind for each in lexemes})
        kinds |= {each.kind for each in lexemes if each.is_listed}
    common = [word for word, count in seen.most_common(MOST_WORDS - 1) if count >= LEAST_OFTEN]
    return sorted(common), sorted(kinds)


def truth_of(lessons: Sequence[Lesson]) -> Truth:
    """What is true of each lesson."""
    return Truth(
        is_violating=np.array([lesson.is_violating for lesson in lessons]),
        weight=np.array([lesson.weight for lesson in lessons]),
        is_reply=np.array([SIDES[1] == side_of(lesson.material.surface) for lesson in lessons]),
    )


def taught(lessons: Sequence[Lesson], sheet: Sheet, known: Vocabulary) -> Convolution:
    """The network that these lessons teach."""
    told = sorted({each for names in sheet.told for each in names})
    count = Counter(lesson.rule for lesson in lessons if lesson.is_violating and lesson.rule)
    rules = sorted(rule for rule, number in count.items() if number >= LEAST_OF_A_RULE)
    number_of_told, number_of_rule = ({name: at for at, name in enumerate(each)} for each in (told, rules))
    sentences: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for case, first, end in sheet.sentences:
        sentences[case].append((first, end))
    texts = [
        Text(
            sentences=[sheet.numbers[first:end].tolist() for first, end in sentences[case]],
            said=[sheet.said[first:end].tolist() for first, end in sentences[case]],
            parent=sheet.parents[slice(*sheet.parent_bounds[2 * case : 2 * case + 2])].tolist(),
            told=[number_of_told[each] for each in sheet.told[case]],
            is_violating=lesson.is_violating,
            weight=lesson.weight,
            rule=number_of_rule.get(lesson.rule or "", -1) if lesson.is_violating else -1,
        )
        for case, lesson in enumerate(lessons)
        if sentences[case]
    ]
    return learned_network(texts, sheet.lexemes.known, known, told, rules)


def chosen_thresholds(apart: Sequence[Lesson], scorer: Scorer) -> dict[str, float]:
    """For each limit the lowest score at which no more than `FALSE_ALARMS` of the harmless items are blocked, and no
    more than `FALSE_ALARMS_OF_POSTS` of the harmless posts; all of texts that nothing was learned from."""
    blocked: dict[bool, list[bool]] = {True: [], False: []}
    chosen = {}
    for limit in dict.fromkeys(LIMIT_OF.values()):
        lessons = [each for each in apart if LIMIT_OF[each.material.surface] == limit]
        beside_a_rule, scores = scores_of(lessons, scorer)
        stops = np.array([each.stops for each in lessons]) | (
            np.array([each.is_weighed for each in lessons])
            & (beside_a_rule >= CLEARS_BELOW[side_of(lessons[0].material.surface)])
        )
        items = np.array([each.is_item for each in lessons])
        violating = np.array([each.is_violating for each in lessons])
        chosen[limit] = lowest(
            scores,
            lambda at, stops=stops, scores=scores, items=items, violating=violating: (
                share(stops | (scores >= at), items & ~violating) <= FALSE_ALARMS
                and share(stops | (scores >= at), ~items) <= FALSE_ALARMS_OF_POSTS
            ),
        )
        caught = stops | (scores >= chosen[limit])
        say(f"{limit}: blocks at {chosen[limit]:.3f}; {100 * share(caught, ~items):.2f} % of harmless posts")
        for is_violating in blocked:
            blocked[is_violating] += caught[items & (violating == is_violating)].tolist()
    hits, alarms = (100 * sum(blocked[each]) / len(blocked[each]) for each in (True, False))
    say(
        f"Of items not learned from {hits:.1f} % of the violating and {alarms:.1f} % of the harmless are blocked"
    )
    return chosen


def scores_of(lessons: Sequence[Lesson], scorer: Scorer) -> np.ndarray:
    """The highest score of each, beside a rule that would stop and alone; the least of all where there is no prose."""
    scores = []
    for at in range(0, len(lessons), _AT_ONCE):
        scores += scorer.score([(each.case, each.fired) for each in lessons[at : at + _AT_ONCE]])
    sides = (side_of(each.material.surface) for each in lessons)
    least = -np.inf, -np.inf
    found = [
        least if score is None else (score.value, score.alone(side))
        for score, side in zip(scores, sides, strict=True)
    ]
    return np.array(found).reshape(-1, 2).T


def share(marked: np.ndarray, among: np.ndarray) -> float:
    """How many of these are marked; 0 of none."""
    return float(marked[among].mean()) if among.any() else 0.0


def lowest(scores: np.ndarray, is_right: Callable[[float], bool]) -> float:
    """The lowest threshold, to a thousandth, that is right: just above the highest of these scores that is not."""
    found = sorted(set(np.floor(scores[np.isfinite(scores)] / _STEP)), reverse=True)
    wrong = next((at for at in found if not is_right(float(at * _STEP))), found[-1] - 1)
    return round(float(wrong + 1) * _STEP, 3)


def say(sentence: str) -> None:
    """One line for the person who waits."""
    print(sentence + ".", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
