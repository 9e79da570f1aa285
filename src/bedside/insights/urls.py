"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, path

from bedside.insights import views

app_name = "insights"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("posts.csv", views.table, name="table"),
    path("posts/<uuid:post_id>", views.post, name="post"),
]
