"""The frame around every public page: head, banner, navigation, footer, and the headers that keep it harmless."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from bedside.practice.markup import Child, render, tag
from bedside.practice.visitors import visitor_name

BANNER = "Practice network: nothing here leaves this machine"


def page(
    request: Request,
    title: str,
    *content: Child,
    status: int = 200,
    form_targets: str = "",
    refresh: bool = False,
) -> HTMLResponse:
    """A whole page; `form_targets` are further origins that its forms may lead to."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="robots", content="noindex"),
        tag("title", f"{title} · Practice network"),
        tag("link", rel="icon", href="/static/mark.svg", type="image/svg+xml"),
        tag("link", rel="stylesheet", href="/static/practice.css"),
    )
    body = tag(
        "body",
        tag("a", "Skip to the content", href="#content", class_="skip"),
        tag("aside", BANNER, class_="banner", aria_label="About this place"),
        _bar(request),
        tag("main", *content, id="content", tabindex="-1"),
        tag(
            "footer",
            "A place to practice, shipped with Bedside. ",
            tag("a", "What is this?", href="/about"),
        ),
    )
    text = "<!doctype html>" + tag("html", head, body, lang="en")
    return HTMLResponse(text, status, headers=page_headers(form_targets))


def page_headers(form_targets: str = "") -> dict[str, str]:
    """What a browser may do on these pages: show our own style, pictures and films, send our own forms."""
    policy = (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none';"
        f" frame-ancestors 'none'; form-action 'self' {form_targets}"
    )
    return {
        "Content-Security-Policy": policy.strip(),
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }


def _bar(request: Request) -> Child:
    name = visitor_name(request)
    who: list[Child] = (
        [tag("span", "You are ", class_="wide"), tag("a", name, href="/me", class_="who")]
        if name
        else [tag("a", "Choose a name", href="/me", class_="who")]
    )
    return tag(
        "header",
        tag(
            "nav",
            tag(
                "a",
                tag("img", src="/static/mark.svg", alt="", width=28, height=28),
                "Practice",
                href="/",
                class_="brand",
            ),
            tag("span", *who, class_="visitor"),
            aria_label="Main",
        ),
        class_="bar",
    )


def notice(title: str, *content: Child, kind: str = "calm") -> Child:
    """A short message in a box of its own."""
    return tag("section", tag("h1", title), render(content), class_=f"card notice {kind}")
