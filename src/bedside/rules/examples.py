"""Do the examples of a rule come out as they must? And the other way round: what marks became examples say today.

An example that breaks its rule has to be found, one that keeps it must not be. The organization's own rules are
tried before they are saved; accepted marks are tried against whatever rules are in force.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bedside import guard
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.guard import Finding, LinkFacts, Material, MediaFacts
from bedside.guard.own_rules import finds
from bedside.people.models import Member, Organization
from bedside.rules.facts import as_guard_rule, organization_facts
from bedside.rules.models import Mark, OwnRule
from bedside.rules.queries import marks_for

DIRECT = ("text", "parent", "alt_texts", "links")  # what an input line of `bedside guard check` can carry


@dataclass(frozen=True)
class Tried:
    """One example and how it came out. `why` is a sentence when it came out wrong."""

    text: str
    has_to_be_found: bool
    is_right: bool
    why: str = ""


class ExamplesFail(Refusal):
    """The rule is not saved, because examples come out wrong; `tried` has all of them."""

    def __init__(self, tried: list[Tried]) -> None:
        wrong = [each for each in tried if not each.is_right]
        super().__init__(
            "examples_fail",
            " ".join(each.why for each in wrong[:3]),
            field="breaks" if wrong[0].has_to_be_found else "keeps",
        )
        self.tried = tried


def tried_examples(rule: OwnRule, further_keeps: Iterable[str] = ()) -> list[Tried]:
    """Every example of a rule (which need not be saved), tried."""
    value = as_guard_rule(rule)
    return [
        *(_tried(value, text, has_to_be_found=True) for text in rule.breaks),
        *(_tried(value, text, has_to_be_found=False) for text in (*rule.keeps, *further_keeps)),
    ]


def refuse_failing(rule: OwnRule, further_keeps: Iterable[str] = ()) -> None:
    """Refuse (`ExamplesFail`) while an example comes out wrong."""
    tried = tried_examples(rule, further_keeps)
    if not all(each.is_right for each in tried):
        raise ExamplesFail(tried)


def _tried(rule: guard.OwnRule, text: str, *, has_to_be_found: bool) -> Tried:
    is_found = finds(rule, text)
    if is_found == has_to_be_found:
        return Tried(text, has_to_be_found, is_right=True)
    if has_to_be_found:
        why = _("“%(text)s” is not found: none of the phrases stands in it. Add the words that it uses.")
    else:
        why = _("“%(text)s” is found, although it must not be. Make the phrases longer or more exact.")
    return Tried(text, has_to_be_found, is_right=False, why=why % {"text": text[:120]})


def kept_examples(rule: OwnRule) -> list[str]:
    """The texts about which this rule was wrong before, from accepted marks."""
    if not rule.key:
        return []
    marks = Mark.objects.filter(
        organization_id=rule.organization_id, rule=rule.key, state=Mark.State.ACCEPTED
    )
    return [each for mark in marks for each in _texts(mark.example)]


def _texts(example: Mapping[str, Any]) -> Iterator[str]:
    yield from (text for text in (example.get("text", ""), *example.get("alt_texts", ())) if text)


def example_of(material: Material, finding: Finding) -> dict[str, Any]:
    """The material as an input line of `bedside guard check`, with all that the finding stands on.

    A finding in a field that such a line cannot carry (a thread part, a caption) brings that field as its text.
    """
    name = finding.field.partition("[")[0]
    text = material.text if name in DIRECT else dict(material.fields()).get(finding.field, "")
    line: dict[str, Any] = {"text": text, "surface": material.surface}
    if material.parent:
        line["parent"] = material.parent
    if name == "alt_texts":
        line["alt_texts"] = [media.alt_text for media in material.media]
    if material.links:
        line["links"] = [link.url for link in material.links]
    return line


def material_of(example: Mapping[str, Any]) -> Material:
    """The material of such a line."""
    alt_texts = example.get("alt_texts", ())
    return Material(
        surface=example.get("surface", "post"),
        text=example.get("text", ""),
        parent=example.get("parent", ""),
        media=tuple(MediaFacts(content_hash="", kind="image", alt_text=alt) for alt in alt_texts),
        links=tuple(LinkFacts(url=url) for url in example.get("links", ())),
    )


def still_firing(organization: Organization, marks: Iterable[Mark]) -> dict[Any, bool]:
    """For each accepted mark, by id, whether its rule still finds something there under today's rules."""
    facts, day = organization_facts(organization), clock.today(organization.time_zone)
    found = {}
    for mark in marks:
        verdict = guard.judge(material_of(mark.example), organization=facts, on=day)
        found[mark.pk] = any(finding.rule == mark.rule for finding in verdict.findings)
    return found


def example_lines(member: Member) -> Iterator[str]:
    """Every example that was kept of the member's organization, as lines that `bedside guard check` reads."""
    for kept in marks_for(member, state=Mark.State.ACCEPTED).iterator(chunk_size=500):
        line = {"id": f"{kept.rule}/{kept.pk}", **kept.example}
        yield json.dumps(line, ensure_ascii=False) + "\n"
