"""Is a rule of the organization's own well written? Asked before its examples are tried."""

from typing import Any

from django.utils.translation import gettext as _

from bedside.foundation.refusal import Refusal
from bedside.guard.own_rules import words_in
from bedside.rules.models import Level, OwnRule, SignOff, SurfaceChoice, Weight

MOST_PHRASES = 100
LONGEST_PHRASE = 120  # characters
MOST_EXAMPLES = 50  # of each kind
LONGEST_EXAMPLE = 2_000  # characters
SHORTEST_STEM = 3  # letters before an open end: "a*" would find every word with an a

_LONGEST = {"title": 120, "why": 400, "instead": 400, "replacement": 200}
_CHOICES: dict[str, Any] = {"weight": Weight, "sign_off": SignOff, "override": Level}


def check_wording(rule: OwnRule) -> None:
    """Refuse, at its field, what cannot be a rule."""
    rule.title = " ".join(rule.title.split())
    if not rule.title:
        raise Refusal("title_missing", _("Give the rule a name."), field="title")
    for name, most in _LONGEST.items():
        if len(getattr(rule, name)) > most:
            raise Refusal(
                "too_long", _("Write at most %(most)d characters here.") % {"most": most}, field=name
            )
    for name, choices in _CHOICES.items():
        if getattr(rule, name) not in choices.values:
            raise Refusal("unknown_choice", _("Choose one of the list."), field=name)
    if unknown := set(rule.surfaces) - set(SurfaceChoice.values):
        raise Refusal(
            "unknown_choice",
            _("There is no such place: %(names)s.") % {"names": ", ".join(unknown)},
            field="surfaces",
        )
    rule.phrases = check_phrases(rule.phrases)
    for name in ("breaks", "keeps"):
        setattr(rule, name, _lines(getattr(rule, name)))
        _check_examples(name, getattr(rule, name))


def _lines(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def check_phrases(typed: list[str]) -> list[str]:
    """The phrases, each once; refused where one cannot be looked for."""
    phrases = _lines(typed)
    if not phrases:
        raise Refusal("phrases_missing", _("Write at least one word or phrase to look for."), field="phrases")
    if len(phrases) > MOST_PHRASES:
        raise Refusal(
            "too_many", _("Write at most %(most)d phrases.") % {"most": MOST_PHRASES}, field="phrases"
        )
    for phrase in phrases:
        if sentence := _wrong_with(phrase):
            raise Refusal("phrase_wrong", sentence % {"phrase": phrase[:60]}, field="phrases")
    return phrases


def _wrong_with(phrase: str) -> str:
    words = words_in(phrase)
    if len(phrase) > LONGEST_PHRASE:
        return _("“%(phrase)s” is too long for a phrase. Write the few words that matter.")
    if not words or not any(letter.isalnum() for word in words for letter in word):
        return _("“%(phrase)s” has no letter or digit that the guard reads. Write a word.")
    if phrase.replace(" *", "").count("*") != sum(word.endswith("*") for word in words):
        return _(
            "In “%(phrase)s” the * stands inside a word. It stands at the end of a word, for any ending: “makeover*”."
        )
    if any(word.endswith("*") and len(word.rstrip("*")) < SHORTEST_STEM for word in words):
        return _(
            "In “%(phrase)s” too few letters stand before the *: it would find half of all words. Write three or more."
        )
    return ""


def _check_examples(name: str, examples: list[str]) -> None:
    if not examples:
        sentence = (
            _("Write at least one text that this rule has to find.")
            if name == "breaks"
            else _("Write at least one harmless text that looks similar and must not be found.")
        )
        raise Refusal("example_missing", sentence, field=name)
    if len(examples) > MOST_EXAMPLES or any(len(example) > LONGEST_EXAMPLE for example in examples):
        raise Refusal(
            "too_many",
            _("Write at most %(most)d examples of at most %(longest)d characters each.")
            % {"most": MOST_EXAMPLES, "longest": LONGEST_EXAMPLE},
            field=name,
        )
