"""The room as a Django application."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "bedside.networks"
    label = "networks"
    default_auto_field = "django.db.models.BigAutoField"
