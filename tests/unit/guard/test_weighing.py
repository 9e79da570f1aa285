"""What all words together add to the rules: stops that no phrase foresaw, a person instead of a stop."""

from datetime import date

import pytest

from bedside.guard import Material, judge, rule, rules
from bedside.guard.desk import desk_for
from bedside.guard.engine import spoken
from bedside.guard.features import keys_of, pieces_of, places_of_key
from bedside.guard.material import Surface
from bedside.guard.organization import OrganizationFacts
from bedside.guard.scorer import scorer

HARMLESS = "Our clinic is open Monday to Friday from 8 to 5, and parking is free behind the building. "
TELLING = "Thank you for trusting us with your surgery, we loved having you as a patient. "


def score_of(text: str, surface: Surface = "post") -> float:
    case = desk_for(OrganizationFacts()).case(Material(surface=surface, text=text), date(2026, 11, 20))
    found = scorer().score(case, ())
    assert found is not None
    return found.value


def test_a_confirmation_scores_higher_than_a_notice() -> None:
    assert (
        score_of(TELLING, "review_reply") > scorer().blocks_at["reply"] > score_of(HARMLESS, "review_reply")
    )


def test_a_sentence_is_not_hidden_by_the_page_around_it() -> None:
    page = HARMLESS * 40
    assert judge(Material(surface="review_reply", text=page)).decision != "block"
    assert judge(Material(surface="review_reply", text=page + TELLING + page)).decision == "block"


def test_a_number_that_needs_no_weighing_stops_in_any_company() -> None:
    verdict = judge(Material(surface="post", text=HARMLESS + "Chart MRN 00482913 is ready."))
    assert verdict.decision == "block"
    assert "phi-record-plan-account-number" in {each.rule for each in verdict.findings}


def test_a_finding_of_the_scorer_names_a_rule_of_that_surface_and_underlines_words_of_the_text() -> None:
    for surface in ("post", "comment_reply", "review_reply", "ad"):
        for text in (TELLING, "Our patient Jordan beat cancer last week and went home to his kids."):
            material = Material(surface=surface, text=text)
            for each in judge(material).findings:
                assert surface in rule(each.rule).surfaces
                assert each.says == text[each.start : each.end]


def test_only_a_stop_of_a_weighed_rule_becomes_a_matter_for_a_signature() -> None:
    for each in rules():
        for example in each.keeps:
            for found in judge(example).findings:
                if found.override != rule(found.rule).override:
                    assert rule(found.rule).is_weighed
                    assert (found.weight, found.override) == ("needs sign-off", "approver-with-reason")
                    assert found.sign_off


def test_the_rules_speak_before_they_are_weighed() -> None:
    case = desk_for(OrganizationFacts()).case(
        Material(surface="review_reply", text=TELLING), date(2026, 11, 20)
    )
    assert "reply-confirms-patient-relationship" in {each.rule for each in spoken(case)}
    for piece in pieces_of(case):
        assert len(piece.words) == len(piece.lists) == len(piece.places) > 0


def test_every_key_is_found_again_where_it_stands() -> None:
    words, lists = [3, 9, 4, 4, 7], [3, 2, 4, 4, 7]
    for key in keys_of(words, lists):
        assert all(0 <= at < len(words) for at in places_of_key(key, words, lists))
        assert list(places_of_key(key, words, lists))


@pytest.mark.parametrize("text", ["", " ", "!", "😀" * 500, "a", "\u200b"])
def test_next_to_nothing_scores_without_a_fault(text: str) -> None:
    assert judge(Material(surface="post", text=text)).decision in ("allow", "warn", "block")
