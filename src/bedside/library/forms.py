"""What people fill in about an asset, and which parts of a picture they choose to cover."""

from collections.abc import Iterator
from math import ceil, floor
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bedside.library.areas import areas_in
from bedside.library.covering import Area, Way
from bedside.library.models import Asset

MOST_BOXES = 200


class AssetForm(forms.Form):
    """The name and the description of an asset."""

    name = forms.CharField(label=_("Name"), max_length=200)
    alt_text = forms.CharField(
        label=_("Alt text"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CopyForm(forms.Form):
    """The alt text of a copy, which somebody has to read again."""

    alt_text = forms.CharField(
        label=_("Alt text of the copy"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Taken over from what it is made from. It must not tell what you take out."),
    )
    is_confirmed = forms.BooleanField(label=_("The alt text fits the copy and names nobody"), required=False)

    def clean(self) -> dict[str, Any]:
        """A description that was taken over has to be read again."""
        given = super().clean() or {}
        if given.get("alt_text", "").strip() and not given.get("is_confirmed"):
            self.add_error("is_confirmed", _("Read the alt text once more and tick this."))
        return given


class CutForm(CopyForm):
    """Which seconds of a film go."""

    start = forms.FloatField(
        label=_("From second"), min_value=0, max_value=86_400, widget=forms.NumberInput(attrs={"step": "0.1"})
    )
    end = forms.FloatField(
        label=_("To second"),
        min_value=0,
        max_value=86_400,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
        help_text=_("The copy goes on with the next key frame, which can be some seconds later."),
    )


def what_to_cut(asset: Asset) -> dict[str, Any]:
    """What the form begins with: the alt text, and the first passage that flashes, in whole tenths of a second."""
    flashes = asset.facts.get("flashes")
    if not flashes:
        return {"alt_text": asset.alt_text}
    start, end = flashes[0]
    return {"alt_text": asset.alt_text, "start": floor(start * 10) / 10, "end": ceil(end * 10) / 10}


class CoverForm(CopyForm):
    """How to cover, and the alt text of the covered copy."""

    way = forms.ChoiceField(
        label=_("How to cover"),
        choices=[("box", _("A dark box (safest)")), ("blur", _("A blur, where nothing can be read"))],
        initial="box",
        widget=forms.RadioSelect,
        help_text=_(
            "Letters and codes always get a box: blurred letters can be found out. Neither can be undone."
        ),
    )

    def areas(self, asset: Asset) -> list[Area]:
        """The ticked areas and the drawn ones, and with the button for it everything that was found."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        way: Way = "blur" if self.cleaned_data.get("way") == "blur" else "box"
        known = areas_in(asset, way)
        is_all = "everything" in data
        ticked = {int(number) for number in data.getlist("area") if number.isdecimal() and len(number) < 6}
        drawn = list(_drawn(data.getlist("box")[:MOST_BOXES], way))
        chosen = [
            area for n, (area, _words, is_found) in enumerate(known) if n in ticked or (is_all and is_found)
        ]
        return chosen + drawn


def _drawn(boxes: list[str], way: Way) -> Iterator[Area]:
    """Boxes as `x,y,width,height` in whole pixels; what is none is left out."""
    for box in boxes:
        parts = box.split(",")
        if len(parts) == 4 and all(part.isdecimal() and len(part) < 7 for part in parts):
            x, y, width, height = (int(part) for part in parts)
            yield Area(x, y, width, height, way=way)
