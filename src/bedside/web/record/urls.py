"""The addresses of the record."""

from django.urls import path, re_path

from bedside.web.record import views

app_name = "audit"

urlpatterns = [
    path("", views.lines, name="record"),
    path("verify", views.verify, name="verify"),
    re_path(r"^record\.(?P<form>csv|jsonl)$", views.download, name="download"),
]
