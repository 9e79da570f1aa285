"""Does every error of a network become the right outcome? Pure: the samples say what is expected of each.

The rule that all share: what may have published something is `Unsure`, what certainly did nothing is not.
"""

from typing import Any

import pytest
from tests.networks.samples import NOON, sample

from bedside.networks.bluesky.translate import trouble as bluesky
from bedside.networks.contract import TryLater
from bedside.networks.mastodon.translate import trouble as mastodon
from bedside.networks.practice.translate import trouble as practice
from bedside.networks.wire import Failure, Judge
from bedside.networks.words import sentence, translated

JUDGES: dict[str, Judge] = {"bluesky": bluesky, "mastodon": mastodon, "practice": practice}
ERRORS = [(network, error) for network in JUDGES for error in sample(network, "errors")]
every_error = pytest.mark.parametrize(
    ("network", "error"), ERRORS, ids=[f"{network}: {error['says']}" for network, error in ERRORS]
)


def failure(error: dict[str, Any], *, is_commit: bool) -> Failure:
    return Failure(error["status"], error.get("headers", {}), error["body"], is_commit, NOON)


@every_error
def test_an_error_while_reading_means_what_its_sample_says(network: str, error: dict[str, Any]) -> None:
    outcome = JUDGES[network](failure(error, is_commit=False))
    assert type(outcome).__name__ == error["read"]


@every_error
def test_an_error_while_publishing_means_what_its_sample_says(network: str, error: dict[str, Any]) -> None:
    outcome = JUDGES[network](failure(error, is_commit=True))
    assert type(outcome).__name__ == error["commit"]
    if "code" in error:
        assert outcome.code == error["code"]
    if "at" in error:
        assert isinstance(outcome, TryLater)
        assert outcome.at.isoformat() == error["at"]


@every_error
def test_an_outcome_is_a_sentence_for_a_person_and_quotes_nothing(
    network: str, error: dict[str, Any]
) -> None:
    outcome = JUDGES[network](failure(error, is_commit=True))
    assert str(outcome).endswith(".")
    message = error["body"].get("message") or error["body"].get("error") or "?"
    assert str(message) not in str(outcome)
    assert translated(outcome.sentence, "¡{}!".format) == f"¡{outcome.sentence}!"


def test_a_translation_that_forgot_a_value_falls_back_to_english() -> None:
    text = sentence("Shorten by %(over)d.", over=7)
    assert translated(text, lambda _template: "Acorte en %(mucho)d.") == "Shorten by 7."
    assert translated(text, lambda _template: "Acorte en %(over)d.") == "Acorte en 7."
