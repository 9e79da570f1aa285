"""The organization's own rules: its words and phrases, beside the rules that ship with the product."""

import re
from functools import lru_cache

from bedside.guard.hits import Case
from bedside.guard.normalize import plain
from bedside.guard.organization import OwnRule
from bedside.guard.verdict import Finding

_MOST = 20


def own_findings(case: Case) -> list[Finding]:
    """What the organization's own rules find in this material."""
    return [
        _finding(own, reading.field, reading.original, *reading.plain.span(*found.span()))
        for own in case.organization.own_rules
        for reading in case.readings
        for number, found in enumerate(_expression(own.phrases).finditer(reading.plain.text.lower()))
        if number < _MOST
    ]


def failing_examples(own: OwnRule) -> tuple[str, ...]:
    """Sentences about the examples that this rule gets wrong; empty when it may be saved."""
    expression = _expression(own.phrases)
    missed = [
        f"Not found in: “{text}”" for text in own.breaks if not expression.search(plain(text).text.lower())
    ]
    wrong = [f"Found in: “{text}”" for text in own.keeps if expression.search(plain(text).text.lower())]
    return tuple(missed + wrong)


@lru_cache(maxsize=512)
def _expression(phrases: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(way for way in map(_way, phrases) if way)
    return re.compile(rf"(?<![a-z0-9])(?:{ways or '(?!)'})(?![a-z0-9])")


def _way(phrase: str) -> str:
    """Words in order, with anything but a word's letters between them; `*` ends a word openly."""
    words = re.findall(r"[a-z0-9']+\*?", plain(phrase).text.lower())
    return r"[^a-z0-9]{1,8}".join(re.escape(word).replace(r"\*", "[a-z0-9']*") for word in words)


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
        sign_off="brand" if own.weight == "needs sign-off" else None,
        override="approver-with-reason",
        replacement=own.replacement,
        citation="The organization's own rule",
    )
