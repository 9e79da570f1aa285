"""How would a rule do that is still being written? Its examples and one more text, tried without saving."""

from dataclasses import dataclass

from bedside import guard
from bedside.foundation.refusal import Refusal
from bedside.guard import Finding, Material, OrganizationFacts
from bedside.rules.examples import Tried, kept_examples, tried_examples
from bedside.rules.facts import as_guard_rule
from bedside.rules.forms import OwnRuleForm
from bedside.rules.models import OwnRule
from bedside.rules.pieces import TONES, Piece, cut
from bedside.rules.wording import check_phrases


@dataclass(frozen=True)
class Trial:
    """What came out. `problem` is a sentence when the phrases cannot be looked for at all."""

    examples: list[Tried]
    pieces: list[Piece]
    finding: Finding | None
    problem: str = ""
    has_text: bool = False

    @property
    def is_right(self) -> bool:
        """Whether every example comes out as it must."""
        return bool(self.examples) and all(each.is_right for each in self.examples)


def trial_of(form: OwnRuleForm, rule: OwnRule | None, text: str = "") -> Trial:
    """Try the rule that the form describes, on its examples and on `text`."""
    if not hasattr(form, "understood"):
        form.is_valid()
    tried = form.unsaved(rule)
    try:
        tried.phrases = check_phrases(tried.phrases)
    except Refusal as refusal:
        return Trial([], [], None, refusal.sentence)
    further = kept_examples(rule) if rule else []
    findings = _findings(tried, text)
    return Trial(
        examples=tried_examples(tried, further),
        pieces=cut(text, [(each.start, each.end) for each in findings], TONES[tried.weight]),
        finding=findings[0] if findings else None,
        has_text=bool(text.strip()),
    )


def _findings(rule: OwnRule, text: str) -> list[Finding]:
    value = as_guard_rule(rule)
    organization = OrganizationFacts(own_rules=(value,))
    surface = value.surfaces[0] if value.surfaces else "post"
    verdict = guard.judge(Material(surface, text), organization=organization)
    return [finding for finding in verdict.findings if finding.rule == value.id]
