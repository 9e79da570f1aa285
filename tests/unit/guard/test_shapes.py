"""A pattern that is asked quickly first answers as it would without."""

import importlib
import pkgutil
import random
import re

import pytest
from tests.guard_items.items import read_items

from bedside.guard import finders
from bedside.guard.shapes import Shape, loosened

SHAPES = {
    f"{name}.{word}": shape
    for name in (f"{finders.__name__}.{each.name}" for each in pkgutil.iter_modules(finders.__path__))
    for word, shape in vars(importlib.import_module(name)).items()
    if isinstance(shape, Shape)
}
TEXTS = [f" {item['text']}" for item in read_items("dev.jsonl") if item["text"].isascii()]


@pytest.mark.parametrize(
    ("exact", "loose"),
    [
        (r"(?<!\d)\d{3}(?![\d%])", r"\d{3}"),
        (r"\b(?:her|his(?= own)) cell", r"\b(?:her|his) cell"),
        (r"[(?=]\(\?=(?!a(?:b|c)d)e", r"[(?=]\(\?=e"),
        (r"(?P<id>[])(]+)", r"(?P<id>[])(]+)"),
    ],
)
def test_what_looks_around_is_left_out(exact: str, loose: str) -> None:
    assert loosened(exact) == loose


def test_a_shape_finds_in_every_part_of_a_text_what_its_pattern_finds() -> None:
    assert len(SHAPES) > 50
    chance = random.Random(7)
    for name, shape in SHAPES.items():
        pattern = re.compile(shape.source, shape.flags)
        for text in chance.sample(TEXTS, 60) + [each for each in TEXTS if pattern.search(each)][:10]:
            start = chance.randrange(len(text))
            for part in ((0, len(text)), (start, len(text)), (start, start + 40)):
                expected = [match.span() for match in pattern.finditer(text, *part)]
                assert [match.span() for match in shape.finditer(text, *part)] == expected, (name, text, part)
                first = shape.search(text, *part)
                assert (first and first.span()) == (expected[0] if expected else None), (name, text, part)


def test_letters_that_are_not_plain_are_looked_at_closely() -> None:
    assert Shape(r"\bcafé\b").search("Un café, por favor")
