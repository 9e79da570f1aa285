"""The room as a Django application."""

from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "bedside.crisis"
    label = "crisis"
    default_auto_field = "django.db.models.BigAutoField"
