"""The room as a Django application."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "bedside.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
