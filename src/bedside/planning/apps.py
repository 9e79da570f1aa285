"""The room as a Django application."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "bedside.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
