"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path, re_path

from bedside.library import views

app_name = "library"

_ID = r"(?P<asset_id>[0-9a-f-]{36})"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.assets, name="assets"),
    path("upload", views.upload, name="upload"),
    re_path(rf"^asset/{_ID}$", views.asset, name="asset"),
    re_path(rf"^asset/{_ID}/cover$", views.cover, name="cover"),
    re_path(rf"^asset/{_ID}/cut$", views.cut, name="cut"),
    re_path(rf"^asset/{_ID}/captions$", views.captions, name="captions"),
    re_path(rf"^asset/{_ID}/archive$", views.archive, name="archive"),
    re_path(rf"^asset/{_ID}/(?P<size>thumb|full)$", views.file, name="file"),
]
