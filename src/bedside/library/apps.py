"""The room as a Django application."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "bedside.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
