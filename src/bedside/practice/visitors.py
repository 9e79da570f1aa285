"""Strangers: people on the public pages who have a display name in a cookie and no account."""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bedside.practice.channels import check_name
from bedside.practice.refusals import Refusal

COOKIE = "stranger"
_YEAR = 365 * 24 * 3600


def visitor_name(request: Request) -> str:
    """The name this visitor chose, or an empty text."""
    try:
        return check_name(unquote(request.cookies.get(COOKIE, ""), errors="strict"))
    except (Refusal, UnicodeDecodeError):
        return ""


def name_for(request: Request, form: dict[str, str]) -> str:
    """The name a form is sent under: the one typed into it, else the one chosen before."""
    typed = form.get("name", "")
    if not typed.strip():
        known = visitor_name(request)
        if known:
            return known
    return check_name(typed)


def remember(response: Response, name: str) -> Response:
    """Keep the name in the visitor's browser for a year."""
    response.set_cookie(COOKIE, quote(name), max_age=_YEAR, httponly=True, samesite="lax", path="/")
    return response


def back_to(target: str) -> RedirectResponse:
    """Send the browser to one of our own pages; anything else leads home."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return RedirectResponse(target if is_ours else "/", 303)


def refuse_foreign_origin(request: Request) -> None:
    """Forms of other sites must not act here: a browser says in `Origin` where a form stands."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        raise Refusal(403, "foreign_origin", "This form stands on another site, so it was not accepted.")
