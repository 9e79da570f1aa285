"""What does the house around every page need to know: rooms, banners, the lock, the member's menu?

Each function is a template tag that reads the request; a page rendered without one (an error page) gets
the bare house.
"""

from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse

from bedside.web.banners import Banner, banners_for
from bedside.web.navigation import Shown, compose_for, navigation

DAILY, HOUSE = "", "house"


def _request(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request


def rooms(context: Context, group: str = DAILY) -> list[Shown]:
    """The entries of the navigation for the member at the desk."""
    request = _request(context)
    return [shown for shown in navigation.shown_to(request) if shown.group == group] if request else []


def phone_rooms(context: Context) -> list[Shown]:
    """The few entries for the bar at the thumb; the rest is one press away."""
    request = _request(context)
    return [shown for shown in navigation.shown_to(request) if shown.in_phone_bar] if request else []


def compose(context: Context) -> Shown | None:
    """The way to a new post, where the member may write one."""
    request = _request(context)
    return compose_for(request) if request else None


def banners(context: Context) -> list[Banner]:
    """What holds right now for the whole organization."""
    member = getattr(_request(context), "member", None)
    return banners_for(member) if member is not None else []


def url_or_none(name: str, *args: Any) -> str:
    """The address of a view, or nothing while the room that owns it has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
