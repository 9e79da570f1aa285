"""What the shell's templates need on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The member at the desk and their organization (None before sign-in), and whether a mail server is set."""
    member = getattr(request, "member", None)
    return {
        "member": member,
        "organization": member.organization if member else None,
        "sends_mail": settings.BEDSIDE_SENDS_MAIL,
    }
