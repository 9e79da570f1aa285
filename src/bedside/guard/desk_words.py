"""The spelling that goes with the rules: words that their phrases say are worth mending when mistyped."""

from functools import lru_cache

from bedside.guard.lexicon import lexicon
from bedside.guard.phrases import plain_words, snippets
from bedside.guard.rulebook import rulebook
from bedside.guard.unfold import Spelling


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """One spelling for the whole process."""
    said = [phrase.says for rule in rulebook().rules for phrase in rule.phrases]
    return Spelling(lexicon(), plain_words([*said, *snippets().values()]))
