"""Learns the guard's small network (`bedside.guard.convolution`) from lessons that are laid out.

The same forward pass as there, written for JAX, with what only learning needs: words and answers left out at random,
harmless texts put beside violations, and three losses. The first is of whole texts. The second is of sentences: of a
harmless text all are harmless, of a violating one that which looks most like it. The third tells which rule is broken,
because a network that must tell that reads better. What is kept is the moving average of the last steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from bedside.guard.convolution import CALM, Convolution
from bedside.guard.layout import LEAST
from bedside.guard.lexemes import GRAMS, MOST_GRAMS, Lexeme, Vocabulary, grams_of
from bedside.guard.sheet import ZEROS

WIDTH, CHANNELS, HIDDEN = 48, 96, 96
EPOCHS, BATCH, RATE, DECAY = 6, 64, 3e-3, 0.01
# So many texts teach that little must be left out: with two and a half times as much, the network learned neither what
# it was taught nor what it was not.
LEFT_OUT = {"word": 0.032, "letters": 0.04, "vector": 0.08, "near": 0.04, "layers": 0.12, "hidden": 0.08}
OF_SENTENCES, OF_RULES = 0.2, 0.3  # how much the second and the third loss count
BESIDE = 0.15  # share of texts that get a harmless one beside them
MEMORY = 0.998  # of the moving average, for each step
SEED = 7
_NEVER = -99.0

Weights = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A lesson as the network sees it: sentences of lexemes, which of their words the parent says, the parent, what is
    told (numbers), and what is true: whether it is a violation, how much that counts, and of which rule (-1: none)."""

    sentences: list[list[int]]
    said: list[list[bool]]
    parent: list[int]
    told: list[int]
    is_violating: bool
    weight: float
    rule: int

    @property
    def length(self) -> int:
        return sum(map(len, self.sentences))

    def beside(self, other: "Text", *, is_first: bool) -> "Text":
        """This text with the sentences of a harmless one before or after it."""
        ours, theirs = (self.sentences, self.said), (other.sentences, other.said)
        (one, one_said), (two, two_said) = (theirs, ours) if is_first else (ours, theirs)
        return Text(
            one + two, one_said + two_said, self.parent, self.told, self.is_violating, self.weight, self.rule
        )


def learned_network(
    texts: Sequence[Text],
    lexemes: Sequence[Lexeme],
    vocabulary: Vocabulary,
    told: Sequence[str],
    rules: Sequence[str],
) -> Convolution:
    """The network that these texts teach. `lexemes` by number, as the texts name them; 0 is none."""
    columns = _columns(lexemes, vocabulary)
    shapes = len(vocabulary.words) + 1, len(vocabulary.kinds) + 1, len(told), len(rules)
    weights = _fresh(*shapes)
    steps = EPOCHS * (len(texts) // BATCH + 1)
    rate = optax.cosine_onecycle_schedule(steps, RATE, pct_start=0.1)
    is_matrix = {name: name not in _TABLES and value.ndim > 1 for name, value in weights.items()}
    method = optax.chain(
        optax.clip_by_global_norm(1.0), optax.adamw(rate, b2=0.99, weight_decay=DECAY, mask=is_matrix)
    )
    state, kept = method.init(weights), weights
    step = jax.jit(partial(_step, method))
    key = jax.random.PRNGKey(SEED)
    for number, batch in enumerate(_batches(texts, columns, len(told))):
        key, now = jax.random.split(key)
        weights, state, kept = step(weights, state, kept, min(MEMORY, number / (number + 9)), batch, now)
    values = {name: np.asarray(value, np.float32) for name, value in kept.items()}
    out_bias = float(values.pop("out_bias"))
    return Convolution(
        vocabulary=vocabulary,
        told={name: at for at, name in enumerate(told)},
        rules=tuple(rules),
        out_bias=out_bias,
        **values,
    )


_TABLES = ("words", "kinds", "grams")


def _columns(lexemes: Sequence[Lexeme], vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """Of each lexeme the number of its word, of its kind and of its letters."""
    grams = np.zeros((len(lexemes), MOST_GRAMS), np.int32)
    for at, each in enumerate(lexemes):
        found = grams_of(each.word) if each.word else []
        grams[at, : len(found)] = found
    return {
        "words": np.array([vocabulary.words.get(each.word, 0) for each in lexemes], np.int32),
        "kinds": np.array([vocabulary.kinds.get(each.kind, 0) for each in lexemes], np.int32),
        "grams": grams,
    }


def _fresh(words: int, kinds: int, told: int, rules: int) -> Weights:
    """Weights before anything is learned, always the same ones."""
    dice = np.random.default_rng(SEED)

    def drawn(*shape: int, scale: float | None = None) -> jax.Array:
        spread = scale if scale is not None else 1 / np.sqrt(np.prod(shape[:-1]))
        return jnp.asarray(dice.normal(0, spread, shape), jnp.float32)

    return {
        "words": drawn(words, WIDTH, scale=0.1),
        "kinds": drawn(kinds, WIDTH, scale=0.3),
        "grams": drawn(GRAMS + 1, WIDTH, scale=0.3),
        "said": jnp.zeros(WIDTH),
        "near": drawn(3, WIDTH, CHANNELS),
        "near_bias": jnp.zeros(CHANNELS),
        "wide": drawn(3, CHANNELS, CHANNELS),
        "wide_bias": jnp.zeros(CHANNELS),
        "answered": drawn(3, WIDTH, CHANNELS),
        "answered_bias": jnp.zeros(CHANNELS),
        "shift": drawn(CHANNELS, CHANNELS),
        "shift_bias": jnp.zeros(CHANNELS),
        "hidden": drawn(5 * CHANNELS, HIDDEN),
        "hidden_bias": jnp.zeros(HIDDEN),
        "told_hidden": drawn(told, HIDDEN, scale=0.1),
        "told_out": jnp.zeros((told, 1)),
        "out": drawn(HIDDEN, scale=0.1),
        "out_bias": jnp.zeros(()),
        "of_rules": drawn(HIDDEN, rules),
        "of_rules_bias": jnp.zeros(rules),
    }


def _batches(
    texts: Sequence[Text], columns: dict[str, np.ndarray], told: int
) -> Iterator[dict[str, np.ndarray]]:
    """All texts `EPOCHS` times in a new order, those of like length together."""
    dice = np.random.default_rng(SEED)
    harmless = [text for text in texts if not text.is_violating and not text.parent and text.length < 60]
    order = list(range(len(texts)))
    for _ in range(EPOCHS):
        dice.shuffle(order)
        groups = [
            sorted(order[at : at + 20 * BATCH], key=lambda each: texts[each].length)
            for at in range(0, len(order), 20 * BATCH)
        ]
        batches = [group[at : at + BATCH] for group in groups for at in range(0, len(group), BATCH)]
        dice.shuffle(batches)
        for batch in batches:
            chosen = [
                texts[at].beside(harmless[dice.integers(len(harmless))], is_first=dice.random() < 0.5)
                if dice.random() < BESIDE
                else texts[at]
                for at in batch
            ]
            yield _laid_out(chosen, columns, told)


def _laid_out(texts: Sequence[Text], columns: dict[str, np.ndarray], told: int) -> dict[str, np.ndarray]:
    """A batch as arrays: all sentences in one row with zeros between, filled up to one of few lengths. Places after the
    last text belong to a sentence of no text, which counts nothing."""
    row, said, sentence_of, text_of = _Row(), [], [], []
    for number, text in enumerate(texts):
        for words, again in zip(text.sentences, text.said, strict=True):
            at = row.add(words)
            said += [place for place, each in enumerate(again, start=at) if each]
            sentence_of += [len(text_of)] * (len(words) + ZEROS)
            text_of.append(number)
    sentences = _up(len(text_of) + 1, 128)
    places = _up(len(row.numbers), 1024)
    parents = _Row()
    owner = []
    for number, text in enumerate(texts):
        if text.parent:
            parents.add(text.parent)
            owner += [number] * (len(text.parent) + ZEROS)
    parent_places = _up(len(parents.numbers), 1024)
    unique, at_unique = np.unique(
        np.concatenate([_filled(row.numbers, places), _filled(parents.numbers, parent_places)]),
        return_inverse=True,
    )
    unique = _filled(unique.tolist(), _up(len(unique), 1024))
    is_told = np.zeros((BATCH, told), np.float32)
    for number, text in enumerate(texts):
        is_told[number, text.told] = 1
    said_places = np.zeros(places, np.float32)
    said_places[said] = 1
    counted = np.zeros(BATCH, np.float32)
    counted[: len(texts)] = [text.weight for text in texts]
    return {
        **{name: column[unique] for name, column in columns.items()},
        "at": at_unique[:places].astype(np.int32),
        "is_word": (_filled(row.numbers, places) > 0).astype(np.float32),
        "said": said_places,
        "sentence_of": _filled([len(text_of)] * ZEROS + sentence_of, places, len(text_of)),
        "text_of": _filled(text_of, sentences, BATCH),
        "parent_at": at_unique[places:].astype(np.int32),
        "parent_word": (_filled(parents.numbers, parent_places) > 0).astype(np.float32),
        "parent_of": _filled([BATCH] * ZEROS + owner, parent_places, BATCH),
        "told": is_told,
        "is_violating": _filled([int(text.is_violating) for text in texts], BATCH),
        "weight": counted,
        "rule": _filled([text.rule for text in texts], BATCH, -1),
    }


class _Row:
    """Words in a row, with zeros around each sentence."""

    def __init__(self) -> None:
        self.numbers = [0] * ZEROS

    def add(self, numbers: Sequence[int]) -> int:
        first = len(self.numbers)
        self.numbers += [*numbers, *[0] * ZEROS]
        return first


def _up(length: int, least: int) -> int:
    """The next longer of few lengths, because every new shape of a batch is compiled anew."""
    while least < length:
        least *= 2
    return least


def _filled(numbers: Sequence[int], length: int, by: int = 0) -> np.ndarray:
    filled = np.full(length, by, np.int32)
    filled[: len(numbers)] = numbers
    return filled


def _step(
    method: optax.GradientTransformation,
    weights: Weights,
    state: Any,
    kept: Weights,
    memory: float,
    batch: dict[str, jax.Array],
    key: jax.Array,
) -> tuple[Weights, Any, Weights]:
    slope = jax.grad(_loss)(weights, batch, key)
    changes, state = method.update(slope, state, weights)
    weights = optax.apply_updates(weights, changes)
    kept = jax.tree.map(lambda old, new: memory * old + (1 - memory) * new, kept, weights)
    return weights, state, kept


def _loss(weights: Weights, batch: dict[str, jax.Array], key: jax.Array) -> jax.Array:
    whole, sentence, rules = _answers(weights, batch, key)
    is_violating, weight, owner = batch["is_violating"] > 0, batch["weight"], batch["text_of"]
    loss = (weight * jnp.where(is_violating, jax.nn.softplus(-whole), jax.nn.softplus(whole))).sum()
    counts = sentence > _NEVER / 2
    of_harmless = counts & ~jnp.append(is_violating, True)[owner]
    share = jnp.append(weight, 0)[owner] / jnp.maximum(_summed(jnp.ones_like(sentence), owner)[owner], 1)
    highest = jax.ops.segment_max(sentence, owner, BATCH + 1)[:BATCH]
    loss += OF_SENTENCES * jnp.where(of_harmless, share * jax.nn.softplus(sentence), 0).sum()
    loss += (
        OF_SENTENCES
        * jnp.where(is_violating & (highest > _NEVER / 2), weight * jax.nn.softplus(-highest), 0).sum()
    )
    named = batch["rule"] >= 0
    likely = jax.nn.log_softmax(rules)[jnp.arange(BATCH), jnp.maximum(batch["rule"], 0)]
    return loss / BATCH - OF_RULES * jnp.where(named, likely, 0).sum() / jnp.maximum(named.sum(), 1)


def _summed(values: jax.Array, owner: jax.Array) -> jax.Array:
    return jax.ops.segment_sum(values, owner, BATCH + 1)


def _answers(
    weights: Weights, batch: dict[str, jax.Array], key: jax.Array
) -> tuple[jax.Array, jax.Array, jax.Array]:
    """What the network says of each text, of each of its sentences that counts (`_NEVER` of the others), and of which
    rule a text breaks."""
    keys = iter(jax.random.split(key, 16))
    vectors = _vectors(weights, batch, keys)
    parents = _parents(weights, batch, vectors, keys)
    words = vectors[batch["at"]] + batch["said"][:, None] * weights["said"]
    is_word = batch["is_word"][:, None]
    words = _thinned(words, LEFT_OUT["vector"], next(keys)) * is_word
    text_of_place = batch["text_of"][jnp.minimum(batch["sentence_of"], len(batch["text_of"]) - 1)]
    shift = parents @ weights["shift"] + weights["shift_bias"]
    near = (
        _over(words, weights["near"], 1)
        + weights["near_bias"]
        + jnp.pad(shift, ((0, 1), (0, 0)))[text_of_place]
    )
    near = jax.nn.relu(near) * is_word
    wide = _over(_thinned(near, LEFT_OUT["near"], next(keys)), weights["wide"], 2) + weights["wide_bias"]
    both = jnp.concatenate([near, jax.nn.relu(wide) * is_word], axis=1)
    owner, count = batch["text_of"], len(batch["text_of"])
    strongest = jnp.maximum(jax.ops.segment_max(both, batch["sentence_of"], count), 0)
    summed = jax.ops.segment_sum(both, batch["sentence_of"], count)
    length = jax.ops.segment_sum(batch["is_word"], batch["sentence_of"], count)
    whole = (
        jnp.maximum(jax.ops.segment_max(strongest, owner, BATCH + 1)[:BATCH], 0),
        _summed(summed, owner)[:BATCH],
        _summed(length, owner)[:BATCH],
    )
    said, rules = _head(weights, *whole, parents, batch["told"], keys)
    alone, _ = _head(
        weights,
        strongest,
        summed,
        length,
        jnp.pad(parents, ((0, 1), (0, 0)))[owner],
        jnp.pad(batch["told"], ((0, 1), (0, 0)))[owner],
        keys,
    )
    has_neighbors = _summed((length > 0).astype(jnp.float32), owner)[owner] > 1
    return said, jnp.where((length >= LEAST) & has_neighbors & (owner < BATCH), alone, _NEVER), rules


def _vectors(weights: Weights, batch: dict[str, jax.Array], keys: Iterator[jax.Array]) -> jax.Array:
    """The vector of each lexeme of a batch; now and then that of an unknown word."""
    is_kept = jax.random.bernoulli(next(keys), 1 - LEFT_OUT["word"], batch["words"].shape)
    letters = weights["grams"][batch["grams"]] * (batch["grams"] > 0)[:, :, None]
    count = jnp.maximum((batch["grams"] > 0).sum(axis=1), 1)[:, None]
    letters = _thinned(letters.sum(axis=1) / jnp.sqrt(count), LEFT_OUT["letters"], next(keys))
    return weights["words"][batch["words"] * is_kept] + weights["kinds"][batch["kinds"]] + letters


def _parents(
    weights: Weights, batch: dict[str, jax.Array], vectors: jax.Array, keys: Iterator[jax.Array]
) -> jax.Array:
    is_word = batch["parent_word"][:, None]
    words = _thinned(vectors[batch["parent_at"]], LEFT_OUT["vector"], next(keys)) * is_word
    seen = jax.nn.relu(_over(words, weights["answered"], 1) + weights["answered_bias"]) * is_word
    return jnp.maximum(jax.ops.segment_max(seen, batch["parent_of"], BATCH + 1)[:BATCH], 0)


def _head(
    weights: Weights,
    strongest: jax.Array,
    summed: jax.Array,
    length: jax.Array,
    parents: jax.Array,
    told: jax.Array,
    keys: Iterator[jax.Array],
) -> tuple[jax.Array, jax.Array]:
    calm = CALM * jnp.sqrt(jnp.maximum(length, 1))[:, None]
    layers = jnp.concatenate([strongest, summed / calm, parents], axis=1)
    layers = _thinned(layers, LEFT_OUT["layers"], next(keys))
    hidden = jax.nn.relu(layers @ weights["hidden"] + weights["hidden_bias"] + told @ weights["told_hidden"])
    hidden = _thinned(hidden, LEFT_OUT["hidden"], next(keys))
    said = hidden @ weights["out"] + weights["out_bias"] + (told @ weights["told_out"])[:, 0]
    return said, hidden @ weights["of_rules"] + weights["of_rules_bias"]


def _over(row: jax.Array, weights: jax.Array, apart: int) -> jax.Array:
    before = jnp.pad(row, ((apart, 0), (0, 0)))[:-apart]
    after = jnp.pad(row, ((0, apart), (0, 0)))[apart:]
    return before @ weights[0] + row @ weights[1] + after @ weights[2]


def _thinned(values: jax.Array, share: float, key: jax.Array) -> jax.Array:
    """Some of these left out, the others as much greater."""
    return values * jax.random.bernoulli(key, 1 - share, values.shape) / (1 - share)
