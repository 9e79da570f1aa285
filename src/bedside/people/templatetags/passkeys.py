"""`{% passkey_note %}`: where a passkey is offered, a word about addresses that browsers keep none for."""

from typing import Any

from django import template
from django.template import Context

from bedside.people.passkeys import hindrance_of

register = template.Library()


@register.inclusion_tag("people/passkey_note.html", takes_context=True)
def passkey_note(context: Context) -> dict[str, Any]:
    """Nothing where passkeys work."""
    request = context.get("request")
    return {"hindrance": hindrance_of(request) if request is not None else None}
