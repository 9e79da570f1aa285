"""The addresses of the shell."""

from django.urls import URLPattern, URLResolver, path

from bedside.web.health import health

app_name = "web"

urlpatterns: list[URLPattern | URLResolver] = [path("health", health, name="health")]
