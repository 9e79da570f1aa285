"""The room as a Django application."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "bedside.approvals"
    label = "approvals"
    default_auto_field = "django.db.models.BigAutoField"
