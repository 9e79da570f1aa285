"""Who is at the desk, and whether they may be: membership, second factor, locked screen.

Runs after sign-in on every request. What a member may do is the gate's matter; this room only makes
sure that there is a member, that the organization's demand for a second factor is met, and that a
screen nobody touched for too long asks again who is there.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bedside.people import entrance, screen_lock
from bedside.people.models import Member, Organization

SESSION_KEY = "organization_id"

# Reached without a second factor: signing in itself and setting one up.
ACCOUNTS = "/accounts/"
# Reached with a locked screen as well: showing who one is, leaving, and what asks for no member.
OPEN_PATHS = (
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/webauthn/reauthenticate/",
    "/static/",
    "/people/lock",
    "/people/join/",
    "/people/start",
    "/people/demo",
    "/health",
    "/api/v1/",
    "/api/metrics",
)


class CurrentMember:
    """Sets `request.member`: the membership in the organization chosen in the session, else the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        member = _member_of(request)
        request.member = member  # type: ignore[attr-defined]  # declared on people.gate.DeskRequest
        with _at_home(member):
            turned_away = _turn_away(request, member)
            return turned_away or self.get_response(request)


@contextmanager
def _at_home(member: Member | None) -> Iterator[None]:
    """Times on the clocks of the organization, words in the member's language where they chose one."""
    with ExitStack() as home:
        if member is not None:
            home.enter_context(timezone.override(ZoneInfo(member.organization.time_zone)))
            if member.user.language:
                home.enter_context(translation.override(member.user.language))
        yield


def _member_of(request: HttpRequest) -> Member | None:
    if not request.user.is_authenticated:
        return None
    memberships = (
        Member.objects.active().filter(user=request.user).select_related("organization", "role", "user")
    )
    chosen = request.session.get(SESSION_KEY)
    mine = memberships.filter(organization_id=chosen).first() if chosen else None
    found = mine or memberships.order_by("joined_at").first()
    is_closed = found is not None and found.organization.is_demo and not entrance.is_open()
    return None if is_closed else found


def _turn_away(request: HttpRequest, member: Member | None) -> HttpResponseBase | None:
    if not request.user.is_authenticated:
        return _to_the_start(request)
    if request.path.startswith(OPEN_PATHS) or member is None:
        return None
    if screen_lock.is_locked(request, member):
        return _go(request, f"{reverse('people:lock')}?{urlencode({'next': _page(request)})}")
    if request.path.startswith(ACCOUNTS):
        return None
    if member.organization.requires_second_factor and not is_mfa_enabled(member.user):
        messages.info(request, _("Your organization asks for a second factor. Set one up to go on."))
        return _go(request, reverse("mfa_index"))
    return None


def _to_the_start(request: HttpRequest) -> HttpResponseBase | None:
    """Before the first organization exists, the front door leads to the first run."""
    is_front_door = request.path in ("/", reverse("account_login"))
    if is_front_door and not Organization.objects.exists():
        return HttpResponseRedirect(reverse("people:welcome"))
    return None


def _page(request: HttpRequest) -> str:
    """The page the person looks at: of a fragment's request, the page it belongs to."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path or request.get_full_path()


def _go(request: HttpRequest, url: str) -> HttpResponseBase:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
