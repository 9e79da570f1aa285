"""`{% demo_door %}`: who came to look around finds the demonstration from the sign-in page, too."""

from typing import Any

from django import template

from bedside.people.entrance import demo_organization, is_open, is_set_up

register = template.Library()


@register.inclusion_tag("people/demo_door.html")
def demo_door() -> dict[str, Any]:
    """Nothing where no demonstration is open. The way to an organization of one's own stands beside it."""
    return {
        "demonstration": demo_organization() if is_open() else None,
        "is_set_up": is_set_up(),
    }
