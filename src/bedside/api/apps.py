"""The programs' entrance as a Django application."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "bedside.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
