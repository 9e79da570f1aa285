"""What the shell's templates need on every page."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The member at the desk and their organization, or None before sign-in."""
    member = getattr(request, "member", None)
    return {"member": member, "organization": member.organization if member else None}
