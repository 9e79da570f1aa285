"""How is a web address asked for, wherever a form wants one? With one sentence for what is none."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class WebAddressField(forms.URLField):
    """An address that begins with http or https; https is assumed. Who types something else is shown `example`."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, *, example: str, **options: Any) -> None:
        invalid = format_lazy(
            _("This is not a web address. Write it whole and without spaces, like {example}."),
            example=example,
        )
        super().__init__(
            assume_scheme="https",
            error_messages={"invalid": invalid},
            # Not type="url": the browser would refuse what lacks https:// before we can add it, and say less.
            widget=forms.TextInput(
                attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
            ),
            **options,
        )
