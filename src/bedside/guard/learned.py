"""Reading and writing what the scorer learned: the files in `weights/`.

`scorer.json` holds what people may read: the thresholds, the vocabulary, and what columns mean. `runs.npz`, `words.npz`
(a vector for each word) and `convolution.npz` (all else of the network) hold the arrays, whole numbers of one or two
bytes with the scale of each.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from bedside.guard.convolution import Convolution
from bedside.guard.lexemes import KINDS, Vocabulary
from bedside.guard.runs import Runs

_FOLDER = Path(__file__).parent / "weights"
TOLD, RUNS, WORDS, CONVOLUTION = FILES = tuple(
    _FOLDER / name for name in ("scorer.json", "runs.npz", "words.npz", "convolution.npz")
)
_RUN_SCALE = 1000  # the weights of runs are kept as thousandths
_PAIR, _PARENT = " & ", "parent "
_OF_WORDS = ("words", "kinds", "grams")  # many, and seven bits each are enough
_GREATEST_OF_WORDS = 63
_LAYERS = ("near", "wide", "answered", "shift", "hidden", "of_rules")
_ARRAYS = (
    *_OF_WORDS,
    *_LAYERS,
    *(f"{name}_bias" for name in _LAYERS),
    *("said", "told_hidden", "told_out", "out"),
)


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned. `blocks_at`: by limit (`scorer.LIMIT_OF`), the score from which a piece is a violation;
    `network_part`: how much the network's answer counts beside that of the runs."""

    blocks_at: dict[str, float]
    network_part: float
    vocabulary: Vocabulary
    runs: Runs
    convolution: Convolution


@lru_cache(maxsize=1)
def learned() -> Learned:
    """What ships with the product, read once."""
    told = json.loads(TOLD.read_text(encoding="ascii"))
    vocabulary = Vocabulary(numbered(told["words"].split("\n")), numbered(told["kinds"]))
    return Learned(
        blocks_at=told["blocks_at"],
        network_part=told["network_part"],
        vocabulary=vocabulary,
        runs=_runs(told["runs"], vocabulary),
        convolution=_convolution(told["convolution"], vocabulary),
    )


def numbered(names: Sequence[str]) -> dict[str, int]:
    """Names by their place, from 1."""
    return {name: at for at, name in enumerate(names, start=1)}


def _runs(told: dict[str, Any], vocabulary: Vocabulary) -> Runs:
    with np.load(RUNS) as arrays:
        keys, weights, told_weights = arrays["keys"], arrays["weights"], arrays["told_weights"]
    names = told["told"]
    return runs_of_learned(
        keys=np.array(list(accumulate(keys.tolist())), np.int64),
        weights=weights / _RUN_SCALE,
        told=names,
        told_weights=told_weights / _RUN_SCALE,
        bias=told["bias"],
        kinds=vocabulary.kinds,
    )


def runs_of_learned(
    *,
    keys: np.ndarray,
    weights: np.ndarray,
    told: Sequence[str],
    told_weights: np.ndarray,
    bias: float,
    kinds: dict[str, int],
) -> Runs:
    """The linear part from its columns. What is told of kinds (`parent <name>`, `<name> & <place>`) becomes tables."""
    pairs = np.zeros((2, KINDS, KINDS), np.float32)
    parents = np.zeros((2, KINDS), np.float32)
    for at, name in enumerate(told):
        if name.startswith(_PARENT):
            parents[:, kinds[name.removeprefix(_PARENT)]] = told_weights[:, at]
        elif _PAIR in name:
            one, other = name.split(_PAIR)
            pairs[:, kinds[one], kinds[other]] = told_weights[:, at]
    return Runs(
        keys=keys,
        weights=weights.astype(np.float32),
        told={name: at for at, name in enumerate(told)},
        told_weights=told_weights.astype(np.float32),
        pairs=pairs,
        parents=parents,
        bias=bias,
    )


def _convolution(told: dict[str, Any], vocabulary: Vocabulary) -> Convolution:
    with np.load(WORDS) as words, np.load(CONVOLUTION) as others:
        whole = {name: others[name] for name in _ARRAYS if name in others}
        whole["words"] = np.ascontiguousarray(words["words"].T)
    values = {name: whole[name].astype(np.float32) * told["scales"][name] for name in _ARRAYS}
    return Convolution(
        vocabulary=vocabulary,
        told={name: at for at, name in enumerate(told["told"])},
        rules=tuple(told["rules"]),
        out_bias=told["out_bias"],
        **values,
    )


def write(known: Learned) -> None:
    """Write what was learned."""
    network, runs = known.convolution, known.runs
    scales = {name: _scale(name, getattr(network, name)) for name in _ARRAYS}
    told = {
        "about": "Written by scripts/learn.py; see bedside/guard/learned.py.",
        "blocks_at": known.blocks_at,
        "network_part": known.network_part,
        "runs": {"bias": round(runs.bias, 4), "told": list(runs.told)},
        "convolution": {
            "out_bias": round(network.out_bias, 4),
            "told": list(network.told),
            "rules": list(network.rules),
            "scales": scales,
        },
        "kinds": list(known.vocabulary.kinds),
        "words": "\n".join(known.vocabulary.words),
    }
    TOLD.write_text(json.dumps(told, indent=0) + "\n", encoding="ascii")
    np.savez_compressed(
        RUNS,
        keys=np.diff(runs.keys, prepend=0),  # each as its distance from the one before
        weights=_whole(runs.weights * _RUN_SCALE, np.int16),
        told_weights=_whole(runs.told_weights * _RUN_SCALE, np.int16),
    )
    whole = {name: _whole(getattr(network, name) / scales[name], _kind(name)) for name in _ARRAYS}
    # Number by number of all vectors, which is smaller than vector by vector.
    np.savez_compressed(WORDS, words=np.ascontiguousarray(whole.pop("words").T))
    np.savez_compressed(CONVOLUTION, allow_pickle=False, **whole)


def _kind(name: str) -> type[np.int8] | type[np.int16]:
    return np.int8 if name in _OF_WORDS else np.int16


def _scale(name: str, values: np.ndarray) -> float:
    """What the greatest whole number of an array's kind stands for, divided by it."""
    greatest = _GREATEST_OF_WORDS if name in _OF_WORDS else np.iinfo(np.int16).max
    return float(np.abs(values).max() or 1) / greatest


def _whole(values: np.ndarray, kind: type[np.int8] | type[np.int16]) -> np.ndarray:
    limits = np.iinfo(kind)
    whole: np.ndarray = np.clip(np.rint(values), limits.min, limits.max).astype(kind)
    return whole
