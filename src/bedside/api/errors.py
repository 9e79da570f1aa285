"""What a program is told when something is not done: always a `Problem`, never a page, never a trace."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as Malformed

from bedside.foundation.refusal import NotAllowed, Refusal, Stale
from bedside.library.intake import TooLarge

AT_THE_FIELD = 422


def answer_problems(api: NinjaAPI) -> None:
    """Give every kind of refusal its status and its sentence."""

    def answer(
        request: HttpRequest, status: int, code: str, sentence: str, field: str | None = None
    ) -> HttpResponse:
        body = {"code": code, "sentence": sentence, "field": field}
        return api.create_response(request, body, status=status)

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, NotAllowed):
            return answer(request, 403, refusal.code, refusal.sentence)
        if isinstance(refusal, TooLarge):
            return answer(request, 413, refusal.code, refusal.sentence)
        status = AT_THE_FIELD if refusal.field and not isinstance(refusal, Stale) else 409
        return answer(request, status, refusal.code, refusal.sentence, refusal.field)

    @api.exception_handler(Malformed)
    def malformed(request: HttpRequest, error: Malformed) -> HttpResponse:
        first: Mapping[str, Any] = (
            error.errors[0] if error.errors else {"msg": "The request is malformed.", "loc": []}
        )
        place = [str(part) for part in first.get("loc", []) if part not in ("body", "query", "path")]
        field = ".".join(place[1:] or place) or None
        sentence = f"{field}: {first['msg']}." if field else f"{first['msg']}."
        return answer(request, 422, "malformed", sentence, field)

    @api.exception_handler(AuthenticationError)
    def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        sentence = "Send a valid key as “Authorization: Bearer …”. Keys are made under Your account."
        return answer(request, 401, "key_missing", sentence)

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, "not_found", "There is no such thing in your organization.")

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return answer(request, 422, "malformed", " ".join(error.messages))

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
        return answer(request, 429, "too_many", "Too many calls with this key. Wait a minute, then go on.")

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return answer(
            request, 413, "too_large", "The request is larger than this server takes. Send less at once."
        )

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(request, error.status_code, "refused", str(error))
