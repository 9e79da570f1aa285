"""One phrase of one rule, looked for in a text: where it stands, and whether its surroundings excuse it.

Which phrases are looked for at all is in `gate.py`.
"""

from collections.abc import Iterable
from functools import cache, cached_property
from itertools import islice

from bedside.guard.phrases import Pattern, pattern, translate
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule

WHOLE_TEXT = "text: "
_MOST = 8


class AnyOf:
    """Phrases of which one is enough. The same phrases are one and the same object (`_any_of`), by which a reading
    remembers what was asked. Patterns are compiled when first needed: most phrases stand in few texts."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._phrases = phrases

    @cached_property
    def pattern(self) -> Pattern:
        """The compiled phrases."""
        return Pattern(b"|".join(map(translate, self._phrases)))

    def stands(self, reading: Reading, first: int, last: int) -> bool:
        """Whether one of the phrases stands in that part of the marked text. Many rules ask the same."""
        asked = (self, first, last)
        answer = reading.answers.get(asked)
        if answer is None:
            answer = self.pattern.search(reading.marked[first:last]) is not None
            reading.answers[asked] = answer
        return answer


_any_of = cache(AnyOf)


class Way:
    """One way to break a rule."""

    def __init__(self, rule: Rule, phrase: Phrase) -> None:
        self.rule = rule
        self.phrase = phrase
        needs = phrase.needs
        self._needs = [_any_of((need.removeprefix(WHOLE_TEXT),)) for need in needs]
        self._needs_beside = [_any_of((need,)) for need in needs if not need.startswith(WHOLE_TEXT)]
        self._excuses = (*_together(phrase.unless), *_together(rule.unless))

    @cached_property
    def _says(self) -> Pattern:
        return _pattern_of(self.phrase.says)

    def stands(self, reading: Reading) -> list[tuple[int, int]]:
        """Each place in the marked text where the phrase stands and its surroundings do not excuse it."""
        marked = reading.marked
        # What is needed in a place's sentence must stand somewhere: mostly it does not, and nothing else is compared.
        for need in self._needs:
            if not need.stands(reading, 0, len(marked)):
                return []
        found = self._says.search(marked)
        if found is None:
            return []
        places = islice(self._says.spans(marked, found), _MOST)
        return [(start, end) for start, end in places if end > start and self._is_meant(reading, start, end)]

    def _is_meant(self, reading: Reading, start: int, end: int) -> bool:
        if not self._excuses and not self._needs:
            return True
        first, last = reading.sentence(start, end)
        for need in self._needs_beside:
            if not need.stands(reading, first, last):
                return False
        for is_of_text, excuses in self._excuses:
            if excuses.stands(reading, *((0, len(reading.marked)) if is_of_text else (first, last))):
                return False
        return True


def _together(excuses: Iterable[str]) -> list[tuple[bool, AnyOf]]:
    """Excuses that are looked for at once: those in the whole text, and those in the sentence."""
    parted = (
        (False, tuple(each for each in excuses if not each.startswith(WHOLE_TEXT))),
        (True, tuple(each.removeprefix(WHOLE_TEXT) for each in excuses if each.startswith(WHOLE_TEXT))),
    )
    return [(is_of_text, _any_of(phrases)) for is_of_text, phrases in parted if phrases]


@cache
def _pattern_of(phrase: str) -> Pattern:
    """The compiled phrase; every phrase of the rule files is compiled once."""
    return pattern(phrase)
