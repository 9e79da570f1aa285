"""While a picture is looked at the page asks again by itself: that is no sign that somebody sits there."""

import html
import json
import re
import time
from uuid import uuid4

from django.urls import reverse
from tests.fixtures.clinic import PASSWORD
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import picture


def poll_of(page: str) -> dict[str, str]:
    """The headers with which the page asks again, as a browser reads them."""
    (tag,) = re.findall(r"<[^>]*hx-trigger=\"load delay[^>]*>", page)
    headers = json.loads(html.unescape(re.search(r"hx-headers='([^']*)'", tag)[1]))
    return {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}


def test_a_page_left_open_with_a_picture_being_looked_at_is_locked_all_the_same(clinic, author):
    asset = picture(clinic, is_judged=False)
    desk = signed_in(author)
    desk.post("/accounts/login/", {"login": author.user.email, "password": PASSWORD})
    form = {"text": "Flu shots", "picture": str(asset.pk)}
    url = reverse("planning:look", args=[uuid4()])
    background = poll_of(desk.post(url, form, headers={"HX-Request": "true"}).content.decode())
    session, now = desk.session, time.time()
    session["seen_at"] = now - 14 * 60
    shown = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [{**each, "at": now - 20 * 60} for each in shown]
    session.save()
    assert desk.post(url, form, HTTP_HX_REQUEST="true", **background).status_code == 200
    assert desk.session["seen_at"] == now - 14 * 60
    session = desk.session
    session["seen_at"] = now - 16 * 60
    session.save()
    answer = desk.post(url, form, HTTP_HX_REQUEST="true", **background)
    assert answer.headers["HX-Redirect"].startswith("/people/lock")
