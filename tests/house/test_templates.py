"""Do templates keep the strict policy and the translator's rule? Nothing inline, and no word that cannot be
translated.
"""

import re
from pathlib import Path

import pytest
from tests.house.source import shown, templates

INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a script without a file": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>"
    ),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "another host's file": re.compile(
        r"<(?:script|link|img)[^>]*\s(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE
    ),
}
NOT_SHOWN = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block (?:width|page_class)\s*%}.*?{%\s*endblock.*?%}"
    r"|<(?:script|svg|code|kbd|pre)\b.*?</(?:script|svg|code|kbd|pre)>"
    r"|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"")
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
NAMES = {"Bedside", "UTC", "px", "TOTP", "CSV", "PDF", "API", "URL", "JSON", "ID"}
"""The same in every language."""


SAMPLES = "showroom"
"""The page that shows every component speaks to those who build pages, with sample texts."""


def every_page() -> list[Path]:
    return [path for path in templates() if path.suffix == ".html"]


@pytest.mark.parametrize("what", INLINE)
def test_no_template_has_anything_that_the_policy_forbids(what: str) -> None:
    wrong = [shown(path) for path in every_page() if INLINE[what].search(path.read_text(encoding="utf-8"))]
    assert wrong == []


def test_every_word_on_screen_can_be_translated() -> None:
    wrong = {}
    for path in (path for path in every_page() if SAMPLES not in path.parts):
        words = untranslated(path.read_text(encoding="utf-8"))
        if words:
            wrong[shown(path)] = words[:6]
    assert wrong == {}


def untranslated(text: str) -> list[str]:
    """Words that a reader sees and that stand in the template as they are."""
    seen = NOT_SHOWN.sub(" ", text)
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(seen))
    return [
        word
        for word in WORD.findall(re.sub(r"&\w+;|https?://\S+", " ", TAG.sub(" ", seen) + " " + spoken))
        if word not in NAMES
    ]


BY_ITSELF = re.compile(r"<[a-z][^>]*\shx-trigger=\"[^\"]*\b(?:every|delay:\d+s)\b[^\"]*\"[^>]*>", re.DOTALL)


def test_what_a_page_asks_by_itself_does_not_keep_the_screen_unlocked() -> None:
    polls = {
        (shown(path), tag)
        for path in every_page()
        for tag in BY_ITSELF.findall(path.read_text(encoding="utf-8"))
    }
    assert polls, "the composer asks for its pictures by itself"
    assert [poll for poll in polls if "X-Bedside-Background" not in poll[1]] == []


def test_a_word_outside_a_translation_is_noticed() -> None:
    assert untranslated('<p class="x">Hello {{ name }}</p>') == ["Hello"]
    assert untranslated('<img alt="A nurse" src="x">') == ["nurse"]
    assert untranslated('<p>{% translate "Hello" %} {% blocktranslate %}you{% endblocktranslate %}</p>') == []
