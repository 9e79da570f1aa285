"""Error pages and refusals: a sentence for the person, the right status, and never a fault of their own."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from tests.unit.web.sitter import request_by

from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.web import errors
from bedside.web.middleware import ContentSecurity, Refusals


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda r: errors.bad_request(r, ValueError()), 400),
        (lambda r: errors.forbidden(r, PermissionError()), 403),
        (lambda r: errors.form_expired(r, "no cookie"), 403),
        (lambda r: errors.not_found(r, Http404()), 404),
        (errors.no_page, 405),
        (errors.too_large, 413),
        (errors.too_many, 429),
        (errors.broken, 500),
        (errors.unavailable, 503),
    ],
)
def test_every_error_has_a_page_with_a_way_on(view, status):
    answer = view(RequestFactory().get("/calendar/"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert html.count("<h1>") == 1
    assert 'class="button button-primary"' in html


@pytest.mark.parametrize("view", [errors.form_expired, errors.too_large, errors.too_many, errors.broken])
def test_the_way_on_never_leads_to_somebody_elses_site(view):
    request = RequestFactory().get("/")
    request.path = request.path_info = "//elsewhere.example/sign-in"
    assert 'href="//elsewhere' not in view(request).content.decode()


def test_the_page_of_our_own_fault_asks_nobody_who_is_signed_in():
    class Broken:
        @property
        def organization(self):
            raise RuntimeError("the database is gone")

    request = RequestFactory().get("/")
    request.member = Broken()
    assert errors.broken(request).status_code == 500
    assert errors.unavailable(request).status_code == 503


@pytest.mark.parametrize(
    ("refusal", "status"), [(Refusal("late", "It is too late."), 409), (NotAllowed("hold"), 403)]
)
def test_a_refusal_is_a_page_with_its_sentence(refusal, status):
    request = request_by()
    request.member.organization = None
    answer = Refusals(lambda r: HttpResponse()).process_exception(request, refusal)
    assert answer.status_code == status
    assert refusal.sentence.split("“")[0] in answer.content.decode()


def test_a_refused_fragment_leaves_the_page_as_it_is():
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    answer = Refusals(lambda r: HttpResponse()).process_exception(request, Refusal("late", "It is too late."))
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#notices", "beforeend")
    assert "It is too late." in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(
    ("before", "is_offered"), [("http://testserver/calendar/", True), ("https://elsewhere.example/", False)]
)
def test_the_way_back_leads_only_to_pages_of_ours(before, is_offered, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    request = RequestFactory().get("/posts/", headers={"Referer": before})
    answer = Refusals(lambda r: HttpResponse()).process_exception(request, Refusal("late", "Too late."))
    assert (f'href="{before}"' in answer.content.decode()) is is_offered


def test_a_database_that_does_not_answer_is_told_as_a_pause():
    answer = Refusals(lambda r: HttpResponse()).process_exception(request_by(), OperationalError("locked"))
    assert answer.status_code == 503
    assert "paused" in answer.content.decode()
    assert "locked" not in answer.content.decode()


def test_too_much_at_once_is_told_as_too_large():
    assert errors.bad_request(RequestFactory().get("/"), RequestDataTooBig()).status_code == 413


def test_other_faults_are_not_swallowed():
    assert Refusals(lambda r: HttpResponse()).process_exception(request_by(), ValueError()) is None


def test_every_answer_carries_a_policy_without_unsafe_words():
    answer = ContentSecurity(lambda r: HttpResponse())(RequestFactory().get("/"))
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
