"""The room as a Django application."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "bedside.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
