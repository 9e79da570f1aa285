"""The room as a Django application."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "bedside.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"
