"""The organization's own rules: its words and phrases, beside the rules that ship with the product."""

import re
from functools import lru_cache

from bedside.guard.desk import Desk
from bedside.guard.hits import Case
from bedside.guard.normalize import plain
from bedside.guard.organization import OrganizationFacts, OwnRule
from bedside.guard.verdict import Finding

_MOST = 20


def own_findings(case: Case) -> list[Finding]:
    """What the organization's own rules find in this material."""
    holding = [own for own in case.organization.own_rules if own.holds_on(case.material.surface)]
    found = []
    for reading in case.readings:
        text = reading.plain.text.lower()
        for own in holding:
            spans = _spans(own.phrases, text)
            found += [
                _finding(own, reading.field, reading.original, *reading.plain.span(*span))
                for span in spans[:_MOST]
            ]
    return found


def failing_examples(own: OwnRule) -> tuple[str, ...]:
    """Sentences about the examples that this rule gets wrong; empty when it may be saved.

    Examples are read as every text is: split hashtags, mended spelling and all.
    """
    missed = [f"Not found in: “{text}”" for text in own.breaks if not finds(own, text)]
    wrong = [f"Found in: “{text}”" for text in own.keeps if finds(own, text)]
    return tuple(missed + wrong)


def finds(own: OwnRule, text: str) -> bool:
    """Whether the rule finds something in this text, wherever it stands."""
    return bool(_spans(own.phrases, _reader().read("text", text).plain.text.lower()))


def words_in(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are looked for; empty when it has no letter or digit."""
    return tuple(re.findall(r"[a-z0-9']+\*?", plain(phrase).text.lower()))


@lru_cache(maxsize=1)
def _reader() -> Desk:
    return Desk(OrganizationFacts())


def _spans(phrases: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    # A word that stands nowhere is known at once; only then is anything compared.
    if not any(stem in text for stem in _stems(phrases)):
        return []
    return [found.span() for found in _expression(phrases).finditer(text)]


@lru_cache(maxsize=512)
def _stems(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each phrase, without its open end."""
    forms = (form for phrase in phrases for form in _forms(phrase))
    return tuple(dict.fromkeys(max((word.rstrip("*") for word in form), key=len) for form in forms))


@lru_cache(maxsize=512)
def _expression(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(_way(form) for phrase in phrases for form in _forms(phrase))
    return re.compile(rf"(?<![a-z0-9])(?:{ways or '(?!)'})(?![a-z0-9])")


def _forms(phrase: str) -> list[tuple[str, ...]]:
    """The phrase as it is written, and as the guard reads it: a name of a product may look like a mistyped word."""
    forms = [words_in(phrase)]
    if "*" not in phrase:
        forms.append(words_in(_reader().read("text", phrase).plain.text))
    return [form for form in dict.fromkeys(forms) if form]


def _way(words: tuple[str, ...]) -> str:
    """Words in order, with anything but a word's letters between them; `*` ends a word openly."""
    ways = (re.escape(word).replace(r"\*", "[a-z0-9']*") for word in words)
    return r"[^a-z0-9]{1,8}".join(ways)


def _finding(own: OwnRule, field: str, original: str, start: int, end: int) -> Finding:
    return Finding(
        rule=own.id,
        field=field,
        start=start,
        end=end,
        says=original[start:end],
        why=own.why or own.title,
        instead=own.instead,
        weight=own.weight,
        sign_off=own.sign_off if own.weight == "needs sign-off" else None,
        override=own.override,
        replacement=own.replacement,
        citation="The organization's own rule",
    )
