"""How far may an organization change the weight of a rule? Graver always; milder only as far as its override allows.

The override level says who could let a single finding pass. A milder weight must still ask for that person:
what a privacy officer has to see together with a second one becomes a matter of a privacy signature, never advice.
"""

from django.utils.translation import gettext as _

from bedside.guard import Override, Rule, Weight

RANK: dict[str, int] = {"advises": 0, "needs sign-off": 1, "stops": 2}

_MILDEST: dict[Override, Weight] = {
    "privacy-officer-plus-second-person": "needs sign-off",
    "approver-with-reason": "needs sign-off",
    "author-dismiss": "advises",
}


def is_milder(weight: str, than: str) -> bool:
    """Whether a finding of this weight does less than one of the other."""
    return RANK[weight] < RANK[than]


def weights_for(rule: Rule) -> list[Weight]:
    """The weights that an organization may give this rule, its own included, the gravest first."""
    if rule.override == "never":
        return [rule.weight]
    mildest = min(RANK[_MILDEST[rule.override]], RANK[rule.weight])
    weights: list[Weight] = ["stops", "needs sign-off", "advises"]
    return [weight for weight in weights if RANK[weight] >= mildest]


def why_not(rule: Rule, weight: str) -> str:
    """Why the rule cannot have this weight, with what could be done; empty when it can."""
    if weight in weights_for(rule):
        return ""
    if rule.override == "never":
        return _(
            "Nobody may override this rule, so its weight stays as it is. Where it is wrong about a text, mark the "
            "finding as wrong."
        )
    return _(
        "This rule may be overridden only by %(who)s, so it can ask for their signature, but not become mere advice."
    ) % {"who": _who(rule.override)}


def _who(override: Override) -> str:
    if override == "privacy-officer-plus-second-person":
        return _("a privacy officer together with a second person")
    return _("an approver with a reason")
