"""Set Django up for a command, and only then import the module that does the command's work."""

import importlib
import os
from types import ModuleType

import django


def after_setup(module: str) -> ModuleType:
    """The module, imported once Django knows its applications: models cannot be imported before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
    django.setup()
    return importlib.import_module(module)
