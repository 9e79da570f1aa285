"""The gate may never overlook a phrase: whatever text a phrase fits calls for it.

Texts are made from the phrases themselves, by taking one way through each at random.
"""

import random
import re
from collections.abc import Iterator
from re import _constants as code
from re import _parser as parser
from typing import Any

import pytest

from bedside.guard import Material, judge, rules
from bedside.guard.engine import gate_for
from bedside.guard.finders import nouns
from bedside.guard.normalize import Plain
from bedside.guard.phrases import pattern, translate
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Phrase, Rule
from bedside.guard.tokens import Tokens
from bedside.guard.ways import WHOLE_TEXT, Way

PATHS = 4  # through each phrase


class Marked(Reading):
    """A text whose marks stand in it already."""

    def __init__(self, marked: bytes) -> None:
        text = "".join(chr(each) if each < 0x80 else " " for each in marked).replace("\x05", " ")
        super().__init__("text", text, Plain(text, None), Tokens(text), [], True)
        self.marks = {each for each in marked if each >= 0x80}


def path(items: Any, chance: random.Random) -> bytes:
    """One text that fits these parts of a pattern."""
    return b"".join(step(kind, value, chance) for kind, value in items)


def step(kind: Any, value: Any, chance: random.Random) -> bytes:
    if kind is code.LITERAL:
        return bytes([value])
    if kind is code.IN:
        return one_of(value, chance)
    if kind is code.SUBPATTERN:
        return path(value[3], chance)
    if kind is code.BRANCH:
        return path(chance.choice(value[1]), chance)
    if kind is code.MAX_REPEAT:
        least, most, part = value
        if part[0][0] is code.IN and part[0][1][0][0] is code.NEGATE:
            return b" "  # a separation of words
        times = chance.randint(least, max(least, min(most, least + 2)))
        return b"".join(path(part, chance) for _ in range(times))
    return b""


def one_of(choices: Any, chance: random.Random) -> bytes:
    listed: set[int] = set()
    for kind, value in choices:
        if kind is code.LITERAL:
            listed.add(value)
        elif kind is code.RANGE:
            listed.update(range(value[0], value[1] + 1))
        elif kind is code.CATEGORY:
            listed.update(b"0123456789" if value is code.CATEGORY_DIGIT else b"abcxyz")
    if choices[0][0] is code.NEGATE:
        return b" "
    return bytes([chance.choice(sorted(listed))])


def texts_for(says: str, chance: random.Random) -> Iterator[bytes]:
    tree = parser.parse(re.sub(rb"\\b[?*]", b"", translate(says)))
    for _ in range(PATHS):
        yield b" " + path(tree, chance) + b" "


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_text_that_fits_a_phrase_calls_for_it(rule: Rule) -> None:
    chance = random.Random(rule.id)
    for phrase in rule.phrases:
        needs = [need.removeprefix(WHOLE_TEXT) for need in phrase.needs]
        needed = b" qq ".join(next(texts_for(need, chance)) for need in needs)
        for said in texts_for(phrase.says, chance):
            text = said + b" qq " + needed
            if all(pattern(each).search(text) for each in (phrase.says, *needs)):
                assert is_called(rule, phrase, text), f"{phrase.says} is overlooked in {text!r}"


def is_called(rule: Rule, phrase: Phrase, text: bytes) -> bool:
    surface = sorted(phrase.surfaces or rule.surfaces)[0]
    called = gate_for(surface).called(Marked(text), ())
    return any(isinstance(each, Way) and each.phrase is phrase for each in called)


def test_a_text_without_their_words_calls_for_no_phrase() -> None:
    reading = Marked(b" parking is free behind the building ")
    assert [each for each in gate_for("post").called(reading, ()) if isinstance(each, Way)] == []


@pytest.mark.parametrize(
    "noun", [*nouns.RECORDS, *nouns.DEVICES], ids=lambda noun: min((*noun.begins, *noun.alone))
)
def test_every_text_that_names_a_number_may_hold_its_noun(noun: nouns.Noun) -> None:
    chance = random.Random(name_of(noun))
    named = noun.shape.pattern.split("(?i:", 1)[1].split(")(?![a-z])", 1)[0]
    tree = parser.parse(named.encode())
    for _ in range(200):
        text = f"x {path(tree, chance).decode()}{chance.choice((' ', '#', ': ', ' no ', '', '-'))}12345 y"
        if noun.shape.search(text):
            assert noun in nouns.nouns_among(set(Tokens(text).words)), text


def name_of(noun: nouns.Noun) -> str:
    return min((*noun.begins, *noun.alone))


def test_what_is_called_is_what_is_found() -> None:
    verdict = judge(Material(surface="review_reply", text="Thank you for choosing us for your surgery!"))
    assert {"reply-confirms-patient-relationship"} <= {finding.rule for finding in verdict.findings}
