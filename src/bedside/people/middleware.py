"""Who is at the desk: attaches the signed-in member of the current organization to the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from bedside.people.models import Member

SESSION_KEY = "organization_id"


class CurrentMember:
    """Sets `request.member`: the membership in the organization chosen in the session, else the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.member = _member_of(request)  # type: ignore[attr-defined]  # declared on people.gate.DeskRequest
        return self.get_response(request)


def _member_of(request: HttpRequest) -> Member | None:
    if not request.user.is_authenticated:
        return None
    memberships = (
        Member.objects.active().filter(user=request.user).select_related("organization", "role", "user")
    )
    chosen = request.session.get(SESSION_KEY)
    return (
        memberships.filter(organization_id=chosen).first()
        if chosen
        else memberships.order_by("joined_at").first()
    )
