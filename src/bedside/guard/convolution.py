"""The part of the scorer that knows like from like: a small convolutional network over the words of a text.

Runs of words (`runs.py`) know exactly what they have seen. This network gives every word a short vector, made of the
word, its list and its letters, so that words that were learned in the same company help each other, and it reads five
to seven words at a time. Two convolutions, the strongest and the summed answer over a piece, one hidden layer; the
words of the text that is answered shift what the first convolution sees. It is learned by `scripts/learn.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bedside.guard.lexemes import Lexeme, Vocabulary, grams_of
from bedside.guard.sheet import Sheet, Strip, every_second

CALM = 3.0  # by which the root of the number of words is multiplied, before a sum is divided by it


@dataclass(frozen=True)
class Convolution:
    """What was learned. Vectors have `width` numbers, the inner layers `channels`."""

    vocabulary: Vocabulary
    words: np.ndarray  # a vector for each word of the vocabulary
    kinds: np.ndarray
    grams: np.ndarray
    said: np.ndarray  # added to a word that the parent says too
    near: np.ndarray  # the first convolution: 3 places, width, channels
    near_bias: np.ndarray
    wide: np.ndarray  # the second: 3 places, two apart
    wide_bias: np.ndarray
    answered: np.ndarray  # the convolution over the parent
    answered_bias: np.ndarray
    shift: np.ndarray  # from the parent to the first convolution
    shift_bias: np.ndarray
    hidden: np.ndarray  # from what was found in a piece to the hidden layer
    hidden_bias: np.ndarray
    told: dict[str, int]  # the row of `told_hidden` and of `told_out` by name
    told_hidden: np.ndarray
    told_out: np.ndarray
    out: np.ndarray
    out_bias: float
    rules: tuple[str, ...]
    of_rules: np.ndarray  # from the hidden layer to each of the rules
    of_rules_bias: np.ndarray

    def vectors_of(self, lexemes: Sequence[Lexeme]) -> np.ndarray:
        """The vector of each word."""
        vectors = np.zeros((len(lexemes), self.words.shape[1]), np.float32)
        for at, each in enumerate(lexemes):
            vectors[at] = self.words[self.vocabulary.words.get(each.word, 0)]
            vectors[at] += self.kinds[self.vocabulary.kinds.get(each.kind, 0)]
            grams = grams_of(each.word)
            if grams:
                vectors[at] += self.grams[grams].sum(axis=0) / np.sqrt(len(grams))
        return vectors

    def read(self, sheet: Sheet, cases: np.ndarray) -> np.ndarray:
        """The hidden layer of every piece of these cases; zeros of the others."""
        parents = self._of_parents(sheet, cases)
        shift = parents @ self.shift + self.shift_bias + self.near_bias
        told = self._told(sheet) @ self.told_hidden + self.hidden_bias
        read = np.zeros((len(sheet.pieces), len(self.out)), np.float32)
        for strip in sheet.strips(cases):
            of_pieces = sheet.cases[strip.pieces]
            layers = np.concatenate([*self._layers(sheet, strip, shift), parents[of_pieces]], axis=1)
            read[strip.pieces] = np.maximum(layers @ self.hidden + told[of_pieces], 0)
        return read

    def _layers(self, sheet: Sheet, strip: Strip, shift: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What both convolutions found in each piece of a strip: the strongest, and the sums."""
        numbers = sheet.numbers[strip.places]
        between = np.flatnonzero(numbers == 0)
        words = sheet.lexemes.vectors.values[numbers]
        words[sheet.said[strip.places]] += self.said
        near = over(words, self.near, 1)
        near += shift[sheet.owners[strip.places]]
        np.maximum(near, 0, out=near)
        near[between] = 0
        wide = over(near, self.wide, 2)
        wide += self.wide_bias
        np.maximum(wide, 0, out=wide)
        wide[between] = 0
        strongest, summed = strip.strongest_and_summed(np.concatenate([near, wide], axis=1))
        count = strip.over_pieces(np.add, numbers > 0)
        summed /= CALM * np.sqrt(np.maximum(count, 1, dtype=np.float32))[:, None]
        return strongest, summed

    def scores(self, sheet: Sheet, read: np.ndarray) -> np.ndarray:
        """How likely each piece is a violation: the logarithm of its odds."""
        told = (self._told(sheet) @ self.told_out)[sheet.cases, 0]
        scores: np.ndarray = read @ self.out + self.out_bias + told
        return scores

    def rule_for(self, read: np.ndarray, among: set[str]) -> str | None:
        """Which of these rules a piece most likely breaks; None where nothing was learned of any of them."""
        likely = read @ self.of_rules + self.of_rules_bias
        ranked = (self.rules[at] for at in np.argsort(-likely, kind="stable"))
        return next((rule for rule in ranked if rule in among), None)

    def _of_parents(self, sheet: Sheet, cases: np.ndarray) -> np.ndarray:
        """What the convolution found in the parents of these cases; zeros of the others."""
        found = np.zeros((len(sheet.told), len(self.answered_bias)), np.float32)
        places, bounds = sheet.parents_of(cases)
        numbers = sheet.parents[places]
        seen = over(sheet.lexemes.vectors.values[numbers], self.answered, 1) + self.answered_bias
        seen = np.maximum(seen, 0, out=seen) * (numbers > 0)[:, None]
        found[cases] = every_second(np.maximum, seen, bounds)
        return found

    def _told(self, sheet: Sheet) -> np.ndarray:
        """What is told of each case, as a row of zeros and ones."""
        told = np.zeros((len(sheet.told), len(self.told_out)), np.float32)
        cases, columns = [], []
        for case, names in enumerate(sheet.told):
            known = [self.told[each] for each in names if each in self.told]
            columns += known
            cases += [case] * len(known)
        told[cases, columns] = 1
        return told


def over(row: np.ndarray, weights: np.ndarray, apart: int) -> np.ndarray:
    """A convolution of three places that are so far apart, along a row that begins and ends with zeros."""
    seen: np.ndarray = row @ weights[1]
    seen[apart:] += row[:-apart] @ weights[0]
    seen[:-apart] += row[apart:] @ weights[2]
    return seen
