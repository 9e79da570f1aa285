"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from bedside.crisis import views

app_name = "crisis"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.holds, name="holds"),
    path("<uuid:hold_id>/lift", views.lift, name="lift"),
]
