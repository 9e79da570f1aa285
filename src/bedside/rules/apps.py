"""The room as a Django application."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "bedside.rules"
    label = "rules"
    default_auto_field = "django.db.models.BigAutoField"
