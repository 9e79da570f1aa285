"""The room as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "bedside.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
