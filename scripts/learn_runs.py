"""Learns the linear part of the guard's scorer (`bedside.guard.runs`) from texts that are laid out.

Logistic regression with a ridge penalty, one weight for posts and one for replies, of which each is a shared part and
a part of its own. What is rare or weighs little is dropped, then the rest is fitted again: first of whole texts, then
of sentences too. Of a harmless text all sentences are harmless, of a violating one that which scores highest.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags, hstack, vstack

from bedside.guard.learned import runs_of_learned
from bedside.guard.lexemes import KINDS
from bedside.guard.runs import (
    ECHO,
    FEW,
    TOLD,
    Runs,
    echoes,
    kinds_of_parents,
    kinds_of_pieces,
    runs_of,
    slots_of,
)
from bedside.guard.sheet import Sheet

MOST_KEYS = 100_000
RIDGE = 20.0
SENTENCE_WEIGHT = 0.5  # beside the whole text
_STEPS = 60


@dataclass(frozen=True)
class Truth:
    """Of each text: whether it is a violation, how much that counts, whether it is a reply."""

    is_violating: np.ndarray
    weight: np.ndarray
    is_reply: np.ndarray


@dataclass(frozen=True)
class _Facts:
    """Rows to fit: their features, and of each whether it is a violation, how much it counts, whether it is a reply."""

    rows: csr_matrix
    truth: Truth

    def and_these(self, rows: csr_matrix, truth: Truth) -> "_Facts":
        joined = (
            np.concatenate([one, other])
            for one, other in (
                (self.truth.is_violating, truth.is_violating),
                (self.truth.weight, truth.weight),
                (self.truth.is_reply, truth.is_reply),
            )
        )
        return _Facts(vstack([self.rows, rows], format="csr"), Truth(*joined))


def learned_runs(sheet: Sheet, truth: Truth, kinds: dict[str, int]) -> Runs:
    """The linear part that these texts teach."""
    keys, pieces = _pieces(sheet)
    told, names = _told(sheet, kinds)
    firsts = _first_of_each(sheet)
    whole = _Facts(hstack([pieces, told], format="csr")[firsts], _of(truth, sheet.cases[firsts]))
    kept = _worth_keeping(keys, _fitted(whole)[0], whole)
    rows = hstack([pieces[:, kept], told], format="csr")
    whole = _Facts(rows[firsts], whole.truth)
    weights, bias = _fitted(whole)
    chosen = _sentences(sheet, truth, rows, weights, firsts)
    of_sentences = _of(truth, sheet.cases[chosen], SENTENCE_WEIGHT)
    weights, bias = _fitted(whole.and_these(rows[chosen], of_sentences))
    return runs_of_learned(
        keys=keys[kept],
        weights=weights[:, : len(kept)],
        told=names,
        told_weights=weights[:, len(kept) :],
        bias=bias,
        kinds=kinds,
    )


def _of(truth: Truth, cases: np.ndarray, share: float = 1.0) -> Truth:
    return Truth(truth.is_violating[cases], truth.weight[cases] * share, truth.is_reply[cases])


def _first_of_each(sheet: Sheet) -> np.ndarray:
    """The first piece of every text that has one: the whole of it."""
    _, first = np.unique(sheet.cases, return_index=True)
    return first


def _pieces(sheet: Sheet) -> tuple[np.ndarray, csr_matrix]:
    """The keys that stand in two places at least, and how often each stands in each piece, divided by the root of
    the number of its words."""
    numbers = sheet.numbers
    found = runs_of(sheet.lexemes.words.values[numbers], sheet.lexemes.kinds_as_words.values[numbers])
    places = np.broadcast_to(np.arange(len(numbers)), found.shape)
    is_known = _is_known(found)
    found, places = found[is_known], places[is_known]
    keys, column, counts = np.unique(found, return_inverse=True, return_counts=True)
    common = counts > 1
    number = np.cumsum(common) - 1
    kept = common[column]
    stands = csr_matrix(
        (np.ones(kept.sum()), (places[kept], number[column[kept]])), shape=(len(numbers), common.sum())
    )
    lengths = np.array([piece.end - piece.first for piece in sheet.pieces])
    ranges = np.concatenate([np.arange(piece.first, piece.end) for piece in sheet.pieces])
    holds = csr_matrix(
        (np.ones(len(ranges)), ranges, np.concatenate([[0], np.cumsum(lengths)])),
        shape=(len(sheet.pieces), len(numbers)),
    )
    words = sheet.over_pieces(np.add, numbers > 0)
    return keys[common], (diags(1 / np.sqrt(words + FEW)) @ (holds @ stands)).tocsr()


def _is_known(keys: np.ndarray) -> np.ndarray:
    """The keys of which every word is known."""
    kind, first, middle, last = keys >> 48, keys >> 32 & 0xFFFF, keys >> 16 & 0xFFFF, keys & 0xFFFF
    known: np.ndarray = (last > 0) & ((kind == 0) | (middle > 0)) & ((kind != 2) | (first > 0))
    return known


def _told(sheet: Sheet, kinds: dict[str, int]) -> tuple[csr_matrix, list[str]]:
    """What is told of each piece beside its words, and the names of the columns."""
    meeting = kinds_of_pieces(sheet)
    parents = kinds_of_parents(sheet)[sheet.cases]
    name_of = {number: name for name, number in kinds.items()}
    columns = {ECHO: echoes(sheet).astype(float)}
    for one in range(1, KINDS):
        if parents[:, one].any():
            columns[f"parent {name_of[one]}"] = parents[:, one]
        for other in range(one + 1, KINDS):
            both = meeting[:, one] * meeting[:, other]
            if both.sum() > 1:
                columns[f"{name_of[one]} & {name_of[other]}"] = both
    said = sorted({each for names in sheet.told for each in names})
    number = {each: at for at, each in enumerate(said)}
    rows = [[number[each] for each in sheet.told[case]] for case in sheet.cases]
    of_cases = csr_matrix(
        (
            np.ones(sum(map(len, rows))),
            [each for row in rows for each in row],
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(said)),
    )
    stood = csr_matrix(np.stack(list(columns.values()), axis=1))
    return TOLD * hstack([of_cases, stood], format="csr"), [*said, *columns]


def _worth_keeping(keys: np.ndarray, weights: np.ndarray, facts: _Facts) -> np.ndarray:
    """The keys that change most, in order; of two that would stand in the same slot the better one."""
    stands = np.asarray((facts.rows[:, : len(keys)] > 0).sum(axis=0)).ravel()
    worth = np.abs(weights[:, : len(keys)]).max(axis=0) * np.sqrt(stands)
    best = np.argsort(-worth, kind="stable")
    _, first = np.unique(slots_of(keys[best]), return_index=True)
    return np.sort(best[np.sort(first)][:MOST_KEYS])


def _sentences(
    sheet: Sheet, truth: Truth, rows: csr_matrix, weights: np.ndarray, firsts: np.ndarray
) -> np.ndarray:
    """The further pieces to learn from."""
    cases = sheet.cases
    others = np.setdiff1d(np.arange(len(sheet.pieces)), firsts)
    scores = np.where(truth.is_reply[cases[others]], rows[others] @ weights[1], rows[others] @ weights[0])
    order = np.lexsort((-scores, cases[others]))
    _, best = np.unique(cases[others][order], return_index=True)
    highest = others[order[best]]
    harmless = others[~truth.is_violating[cases[others]]]
    return np.union1d(harmless, highest[truth.is_violating[cases[highest]]])


def _fitted(facts: _Facts) -> tuple[np.ndarray, float]:
    """The weights (a row for posts, one for replies) and the bias of the least penalized loss."""
    reply = facts.truth.is_reply.astype(float)
    rows = hstack([facts.rows, diags(1 - reply) @ facts.rows, diags(reply) @ facts.rows], format="csr")
    turned = rows.T.tocsr()
    importance = RIDGE * facts.truth.weight
    sign = np.where(facts.truth.is_violating, 1.0, -1.0)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (rows @ point[:-1] + point[-1])
        slope = -importance * sign / (1 + np.exp(margin))
        value = float(importance @ np.logaddexp(0, -margin)) + 0.5 * float(point[:-1] @ point[:-1])
        return value, np.append(turned @ slope + point[:-1], slope.sum())

    start = np.zeros(rows.shape[1] + 1)
    with np.errstate(over="ignore"):
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    shared, post, reply_part = np.split(found[:-1], 3)
    return np.stack([shared + post, shared + reply_part]), float(found[-1])
