"""What the behaviors are tried on: a page made for one element, served at /stage with the real style and script.

Its other addresses are answered by the test through the browser's own routing, so the requests are real HTTP.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.template import Context, Template
from playwright.sync_api import Page, Route
from tests.unit.web.stage import Stage

PAGE = """<!doctype html><html lang="en"><head><title>Stage</title>
<meta name="htmx-config" content='{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,
"defaultSettleDelay":0,"responseHandling":[{"code":"[23]..","swap":true},{"code":"409|422","swap":true},{"code":"[45]..","swap":false,"error":true}]}'>
<link rel="stylesheet" href="/static/build/app.css"><script type="module" src="/static/build/app.js"></script></head>
<body hx-headers='{"X-CSRFToken": "proof"}'><main>BODY</main><div id="notices"></div>
<template id="notice-unreachable"><undo-bar class="notice"><p>unreachable</p></undo-bar></template>
<template id="notice-failed"><undo-bar class="notice"><p>failed</p></undo-bar></template>
<template id="notice-locking"><undo-bar class="notice"><p>locking</p></undo-bar></template></body></html>"""


@dataclass
class Asked:
    """One request that the page sent."""

    method: str
    path: str
    body: str
    headers: dict[str, str]


@dataclass
class Prop:
    """A page with one element, and the requests that it sent."""

    page: Page
    asked: list[Asked] = field(default_factory=list)


Answer = tuple[int, str]


def put_on_stage(
    page: Page, stage: Stage, body: str, answer: Callable[[Asked], Answer] | None = None
) -> Prop:
    """Show `body`, a template of ours; every request to /answer/… goes to `answer`, which may raise ConnectionError."""
    prop = Prop(page)

    def reply(route: Route) -> None:
        request = route.request
        asked = Asked(
            request.method, request.url.removeprefix(stage.url), request.post_data or "", request.headers
        )
        prop.asked.append(asked)
        try:
            status, words = answer(asked) if answer else (200, "")
        except ConnectionError:
            route.abort()
            return
        kind = "text/html" if words.startswith("<") else "text/plain"
        route.fulfill(status=status, body=words, content_type=kind)

    page.route(
        "**/stage",
        lambda route: route.fulfill(
            body=PAGE.replace("BODY", Template(body).render(Context())), content_type="text/html"
        ),
    )
    page.route("**/answer/**", reply)
    page.goto(f"{stage.url}/stage")
    return prop
