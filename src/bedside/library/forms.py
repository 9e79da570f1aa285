"""What people fill in about an asset."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AssetForm(forms.Form):
    """The name and the description of an asset."""

    name = forms.CharField(label=_("Name"), max_length=200)
    alt_text = forms.CharField(
        label=_("Alt text"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
