"""What all words together add to the rules: stops that no phrase foresaw, a person instead of a stop."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.guard_items.items import material_of, read_items

from bedside.guard import Material, judge, rule, rules
from bedside.guard.convolution import over
from bedside.guard.desk import desk_for
from bedside.guard.engine import spoken
from bedside.guard.learned import learned
from bedside.guard.material import Surface
from bedside.guard.organization import OrganizationFacts
from bedside.guard.scorer import HOPELESS, LIMIT_OF, WOULD_STOP, scorer, side_of
from bedside.guard.weighing import fired_names

HARMLESS = "Our clinic is open Monday to Friday from 8 to 5, and parking is free behind the building. "
TELLING = "Thank you for trusting us with your surgery, we loved having you as a patient. "


def score_of(text: str, surface: Surface = "post") -> float:
    case = desk_for(OrganizationFacts()).case(Material(surface=surface, text=text), date(2026, 11, 20))
    [found] = scorer().score([(case, ())])
    return HOPELESS if found is None else found.value


def test_a_confirmation_scores_higher_than_a_notice() -> None:
    assert (
        score_of(TELLING, "review_reply") > scorer().blocks_at["reply"] > score_of(HARMLESS, "review_reply")
    )


def test_the_network_is_asked_only_where_a_word_or_a_rule_gives_cause() -> None:
    desk = desk_for(OrganizationFacts())
    case = desk.case(Material(surface="post", text=HARMLESS), date(2026, 11, 20))
    none, some = scorer().score([(case, ()), (case, {"phi-minor-patient" + WOULD_STOP})])
    assert none is None
    assert some is not None


@pytest.mark.parametrize(
    "text",
    ["Ask about our tummy tuck in June.", "Now booking Botox for December.", "Knee pain class on Tuesday."],
)
def test_a_notice_of_a_few_words_is_not_blocked_for_one_of_them(text: str) -> None:
    assert judge(Material(surface="post", text=text)).decision != "block"


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


def test_what_the_rules_stop_of_their_own_examples_is_stopped_after_weighing() -> None:
    desk = desk_for(OrganizationFacts())
    for each in rules():
        for example in each.breaks:
            if any(found.is_violation for found in spoken(desk.case(example, date(2026, 11, 20)))):
                assert judge(example).decision == "block", (each.id, example.text)


def test_only_a_stop_of_a_weighed_rule_becomes_a_matter_for_a_signature() -> None:
    for each in rules():
        for example in each.keeps:
            for found in judge(example).findings:
                if found.override != rule(found.rule).override:
                    assert rule(found.rule).is_weighed
                    assert (found.weight, found.override) == ("needs sign-off", "approver-with-reason")
                    assert found.sign_off


def test_what_would_be_blocked_without_a_rule_is_not_let_pass_because_one_spoke() -> None:
    desk, surfaces = desk_for(OrganizationFacts()), set()
    for item in list(read_items("survey_2.jsonl"))[1::4]:
        material = replace(material_of(item), media=(), links=())
        case = desk.case(material, date(2026, 11, 20))
        found = spoken(case)
        [score] = scorer().score([(case, fired_names(found))])
        limit = scorer().blocks_at[LIMIT_OF[material.surface]]
        if (
            score
            and score.alone(side_of(material.surface)) >= limit
            and any(each.is_violation for each in found)
        ):
            surfaces.add(material.surface)
            assert judge(material).decision == "block", item["id"]
    assert surfaces == set(LIMIT_OF)


def test_the_rules_speak_before_they_are_weighed() -> None:
    case = desk_for(OrganizationFacts()).case(
        Material(surface="review_reply", text=TELLING), date(2026, 11, 20)
    )
    assert "reply-confirms-patient-relationship" in {each.rule for each in spoken(case)}


def test_many_together_score_as_each_alone() -> None:
    texts = [TELLING, HARMLESS, HARMLESS * 9 + TELLING, "", "Hi!", "What now? " * 40]
    desk = desk_for(OrganizationFacts())
    materials = [
        Material(surface=surface, text=text, parent=parent)
        for text in texts
        for surface, parent in (("post", ""), ("comment_reply", "My surgery went well. Thank you!"))
    ]
    cases = [(desk.case(material, date(2026, 11, 20)), ()) for material in materials]
    for together, case in zip(scorer().score(cases), cases, strict=True):
        [alone] = scorer().score([case])
        assert (together is None) == (alone is None)
        if together and alone:
            assert together.value == pytest.approx(alone.value, abs=0.001)
            assert scorer().telling(together) == scorer().telling(alone)


def test_every_word_of_a_piece_is_found_again_where_it_stands() -> None:
    text = "Our clinic is open. " + "One, two and three of us, " * 30 + "and then? Thank you!"
    case = desk_for(OrganizationFacts()).case(Material(surface="post", text=text), date(2026, 11, 20))
    sheet = scorer().lay_out([(case, ())])
    assert len(sheet.pieces) > 2
    for piece in sheet.pieces:
        places = list(piece.places())
        assert places
        for place, (start, end) in places:
            assert sheet.lexemes[piece.reading.marked[start:end]] == sheet.numbers[place]
        assert len(places) == (sheet.numbers[piece.first : piece.end] > 0).sum()


def test_what_is_said_again_at_once_counts_once() -> None:
    desk, day = desk_for(OrganizationFacts()), date(2026, 11, 20)
    for text, said in (
        ("word word word word", 1),
        ("la la la, and then la", 5),
        ("come and see, come and see, come and see us", 5),
        ("Free parking is behind the building.", 7),
    ):
        case = desk.case(Material(surface="post", text=text), day)
        sheet = scorer().lay_out([(case, ())])
        assert (sheet.numbers > 0).sum() == said, text
    assert judge(Material(surface="post", text="word " * 200)).decision != "block"


def test_what_a_text_says_is_not_said_again_by_the_next_one() -> None:
    desk, day = desk_for(OrganizationFacts()), date(2026, 11, 20)
    texts = ("come and see", "come and see", "see see", "see")
    cases = [(desk.case(Material(surface="post", text=text), day), ()) for text in texts]
    sheet = scorer().lay_out(cases)
    said = [(sheet.numbers[piece.first : piece.end] > 0).sum() for piece in sheet.pieces]
    assert said == [3, 3, 1, 1]


def test_no_run_of_words_reaches_from_one_sentence_into_the_next() -> None:
    desk = desk_for(OrganizationFacts())
    told = learned()
    for text in ("Hello there, all. Good day to you! Who of you is next?", HARMLESS + TELLING):
        case = desk.case(Material(surface="post", text=text), date(2026, 11, 20))
        sheet = scorer().lay_out([(case, ())])
        runs = told.runs.at_places(sheet, 0).sum(axis=0)
        [whole] = [piece for piece in sheet.pieces if not piece.is_sentence]
        alone = [runs[piece.first : piece.end].sum() for piece in sheet.pieces if piece.is_sentence]
        assert sum(alone) == pytest.approx(runs[whole.first : whole.end].sum(), abs=0.001)


def test_a_convolution_sees_as_far_as_it_says() -> None:
    row = np.zeros((9, 2), np.float32)
    row[4] = 1
    for apart in (1, 2):
        seen = over(row, np.ones((3, 2, 1), np.float32), apart)[:, 0]
        assert np.flatnonzero(seen).tolist() == [4 - apart, 4, 4 + apart]


def test_words_that_were_never_learned_are_read_by_their_letters() -> None:
    vectors = scorer().lay_out([]).lexemes.vectors
    before = vectors.length
    score_of("Zzyxqqa vlorbient")
    new = scorer().lay_out([]).lexemes.vectors.values[before:]
    assert len(new) == 2
    assert (abs(new).sum(axis=1) > 0).all()


@pytest.mark.parametrize("text", ["", " ", "!", "😀" * 500, "a", "\u200b"])
def test_next_to_nothing_scores_without_a_fault(text: str) -> None:
    assert judge(Material(surface="post", text=text)).decision in ("allow", "warn", "block")
