"""The foundation as a Django application (it owns two small tables)."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "bedside.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
