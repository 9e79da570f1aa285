"""The pages around the entrance for programs. The entrance itself is `v1`."""

from django.urls import path

from bedside.api import views

app_name = "api"

urlpatterns = [
    path("webhooks", views.webhooks, name="webhooks"),
    path("webhooks/<str:webhook_id>/end", views.end, name="end_webhook"),
    path("webhooks/<str:webhook_id>/try", views.try_out, name="try_webhook"),
    path("metrics", views.metrics, name="metrics"),
]
