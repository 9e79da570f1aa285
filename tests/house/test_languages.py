"""Does every screen speak one language?

Libraries bring catalogues of their own. Where ours is missing they would translate the few words that we share with
them, and leave the others in English.
"""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from tests.house.source import PACKAGE

IN_TEMPLATES = re.compile(r"""\{% translate (["'])(.*?)\1(?![^%]*\bcontext\b)[^%]*%\}""")
IN_CODE = re.compile(r'\b(?:_|gettext_lazy|gettext|sentence)\(\s*"((?:[^"\\]|\\.)*)"\s*\)')
OTHERS = [language for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE]


def words() -> Iterator[str]:
    for template in PACKAGE.rglob("*.html"):
        yield from (found[2] for found in IN_TEMPLATES.finditer(template.read_text(encoding="utf-8")))
    for code in PACKAGE.rglob("*.py"):
        yield from (found[1] for found in IN_CODE.finditer(code.read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", OTHERS)
def test_words_are_translated_all_or_none(language: str) -> None:
    ours = set(words())
    assert len(ours) > 1000
    with override(language):
        translated = sorted(word for word in ours if gettext(word) != word)
    assert translated == []
