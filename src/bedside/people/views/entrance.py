"""Coming in: the first run, the demonstration, an invitation's link, the locked screen."""

from typing import cast

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bedside.foundation.refusal import Refusal
from bedside.people import entrance, screen_lock
from bedside.people.actions import accept_invitation, found_organization, invitation_by, make_user
from bedside.people.forms import JoinForm, StartForm, refuse_at_field
from bedside.people.gate import open_to_all
from bedside.people.middleware import SESSION_KEY
from bedside.people.models import Invitation, Member, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all("the first page anybody sees, before there are members")
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The first run: set up an organization, or look at the demonstration. Later it leads to sign-in."""
    if entrance.is_set_up():
        return redirect("/" if request.user.is_authenticated else "account_login")
    return render(request, "people/start.html", {"can_demonstrate": entrance.demonstration.build is not None})


@open_to_all("the first administrator has no account yet; closed as soon as one exists")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Found the organization and sign its first administrator in; a second factor is asked for next."""
    if entrance.is_set_up():
        return redirect("/")
    form = StartForm(request.POST or None, initial={"time_zone": "America/New_York"})
    if request.method == "POST" and form.is_valid():
        try:
            _found(request, form)
            return redirect("mfa_index")
        except Refusal as refusal:
            refuse_at_field(form, refusal)
    return render(request, "people/set_up.html", {"form": form}, status=422 if form.errors else 200)


def _found(request: HttpRequest, form: StartForm) -> None:
    said = form.cleaned_data
    with transaction.atomic():
        user = make_user(email=said["email"], name=said["name"], password=said["password"])
        member = found_organization(name=said["organization"], time_zone=said["time_zone"], user=user)
    _welcome(request, member)


def _welcome(request: HttpRequest, member: Member) -> None:
    """Sign the person in; they chose their password just now, so no page asks for it again at once."""
    login(request, member.user, backend=BACKEND)
    reauthenticate_by_password(request)
    request.session[SESSION_KEY] = str(member.organization_id)


@open_to_all("a visitor of the demonstration has no account")
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """The demonstration's door: one button for each role. Builds the clinic first when it is not there."""
    can_be_built = entrance.demonstration.build is not None
    if not entrance.is_open() or not (can_be_built or entrance.demo_organization()):
        raise Http404
    if request.method == "POST" and not entrance.demo_organization():
        entrance.ask_for_demonstration()
        return redirect(f"{reverse('people:demo')}?building=1")
    context = {
        "organization": entrance.demo_organization(),
        "members": entrance.demo_members(),
        "is_building": "building" in request.GET,
    }
    return render(request, "people/demo.html", context)


@open_to_all("signs a visitor in as a made-up member of the demonstration, and of nothing else")
@require_POST
def enter_demo(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demonstration's member with this role."""
    found = [m for m in entrance.demo_members() if (m.role.key or m.role.name) == role]
    if not found or not entrance.is_open():
        raise Http404
    login(request, found[0].user, backend=BACKEND)
    request.session[SESSION_KEY] = str(found[0].organization_id)
    return redirect("/")


@open_to_all("the link itself is the proof; it opens once and expires")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with an account by one press, without one by choosing a name and a password."""
    invitation = invitation_by(token)
    if invitation is None:
        return render(request, "people/invitation_over.html", status=410)
    has_account = User.objects.filter(email=invitation.email).exists()
    if has_account and not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")
    form = None if has_account else JoinForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _join(request, invitation, form)
            return redirect("/")
        except Refusal as refusal:
            if form is None:
                raise
            refuse_at_field(form, refusal)
    return render(request, "people/join.html", {"form": form, "invitation": invitation})


def _join(request: HttpRequest, invitation: Invitation, form: JoinForm | None) -> None:
    with transaction.atomic():
        user = cast(User, request.user) if form is None else _new_user(invitation, form)
        member = accept_invitation(invitation, user=user)
    _welcome(request, member)


def _new_user(invitation: Invitation, form: JoinForm) -> User:
    said = form.cleaned_data
    return make_user(email=invitation.email, name=said["name"], password=said["password"])


@open_to_all("locks the screen of whoever is signed in")
@require_GET
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this screen and ask who is there; afterwards the person is where they were."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    screen_lock.lock(request)
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")
