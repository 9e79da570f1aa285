"""The addresses of the shell."""

from django.urls import URLPattern, URLResolver, path

from bedside.web import views
from bedside.web.health import health

app_name = "web"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.today, name="today"),
    path("health", health, name="health"),
    path("search/", views.search, name="search"),
    path("search/palette/", views.palette_results, name="palette"),
    path("components/", views.components, name="components"),
    path("components/<slug:part>/", views.components, name="components_part"),
]
