"""The addresses of this room."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

app_name = "publishing"


def delivery(request: HttpRequest, delivery_id: object) -> HttpResponse:
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [path("<uuid:delivery_id>/", delivery, name="delivery")]
