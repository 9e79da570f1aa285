"""Days and months stand in one place for finders, and in the word lists for phrases: they must be the same."""

from bedside.guard import calendar_words as days
from bedside.guard.lexicon import FOLDER


def in_list(name: str) -> set[str]:
    return set((FOLDER / f"{name}.txt").read_text(encoding="ascii").replace(",", " ").split())


def test_finders_and_phrases_know_the_same_months() -> None:
    assert in_list("month") == days.MONTHS | days.SHORT_MONTHS | days.SPANISH_MONTHS


def test_phrases_know_all_days_but_those_that_are_words_of_their_own() -> None:
    assert (days.DAYS | days.SHORT_DAYS | days.SPANISH_DAYS) - in_list("weekday") == {"sat", "sun"}
