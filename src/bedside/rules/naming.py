"""How is a rule called? Those that ship with the product and the organization's own, by the id that findings name."""

from functools import cache

from bedside import guard
from bedside.guard import Rule
from bedside.people.models import Organization
from bedside.rules.models import OwnRule


@cache
def shipped() -> dict[str, Rule]:
    """The rules that ship with the product, by id."""
    return {rule.id: rule for rule in guard.rules()}


def title_of(organization: Organization, rule_id: str) -> str:
    """The title of a rule; its id where nobody knows it any more."""
    return titles_of(organization).get(rule_id, rule_id)


def titles_of(organization: Organization) -> dict[str, str]:
    """The titles of all rules the organization ever had."""
    own = OwnRule.objects.filter(organization=organization).values_list("key", "title")
    return {**{rule.id: rule.title for rule in shipped().values()}, **dict(own)}
