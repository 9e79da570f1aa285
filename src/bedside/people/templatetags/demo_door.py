"""`{% demo_door %}`: who came to look around finds the demonstration from the sign-in page, too."""

from typing import Any

from django import template

from bedside.people.entrance import demo_organization
from bedside.people.models import Organization

register = template.Library()


@register.inclusion_tag("people/demo_door.html")
def demo_door() -> dict[str, Any]:
    """Nothing where no demonstration was built. The way to an organization of one's own stands beside it."""
    return {
        "demonstration": demo_organization(),
        "is_set_up": Organization.objects.filter(is_demo=False).exists(),
    }
