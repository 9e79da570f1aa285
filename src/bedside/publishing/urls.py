"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from bedside.publishing import views

app_name = "publishing"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.ledger, name="ledger"),
    path("<uuid:delivery_id>/", views.delivery, name="delivery"),
    path("<uuid:delivery_id>/hold", views.hold, name="hold"),
    path("<uuid:delivery_id>/release", views.release, name="release"),
    path("<uuid:delivery_id>/now", views.now, name="now"),
    path("<uuid:delivery_id>/move", views.move, name="move"),
    path("<uuid:delivery_id>/cancel", views.cancel, name="cancel"),
    path("<uuid:delivery_id>/resolve", views.resolve, name="resolve"),
    path("<uuid:delivery_id>/delete", views.delete, name="delete"),
]
