"""What stands on the page of components: made-up examples for every component in all its states.

Nothing here is real; the names, numbers and sentences are invented. The page is for those who build screens and for
the browser tests that check colors, keys and labels once for all rooms.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bedside.foundation import clock
from bedside.web.pills import PILLS

PARTS = {
    "foundations": _("Colors and type"),
    "actions": _("Buttons and menus"),
    "forms": _("Forms"),
    "states": _("States and people"),
    "lists": _("Lists and tables"),
    "guard": _("The guard's margin"),
    "posts": _("Posts and calendar"),
    "conversations": _("Conversations"),
    "numbers": _("Numbers"),
    "feedback": _("Feedback"),
}


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=_("Name of the campaign"), help_text=_("Only your team sees it."))
    network = forms.ChoiceField(
        label=_("Channel"), choices=[("b", "Bluesky"), ("m", "Mastodon")], required=False
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}), required=False)
    picture = forms.FileField(label=_("Picture"), help_text=_("JPEG or PNG, up to 20 MB."), required=False)
    agrees = forms.BooleanField(label=_("I have read the sources"), help_text=_("Needed before you sign."))
    repeats = forms.BooleanField(
        label=_("Repeat every week"), required=False, widget=forms.CheckboxInput(attrs={"role": "switch"})
    )
    kind = forms.ChoiceField(
        label=_("Who should sign?"),
        widget=forms.RadioSelect,
        choices=[("c", _("A clinician")), ("b", _("Brand"))],
    )
    tags = forms.MultipleChoiceField(
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("f", _("Flu")), ("h", _("Heart")), ("s", _("Sleep"))],
        required=False,
    )


@dataclass(frozen=True)
class SampleFinding:
    """The attributes that the note of the guard reads."""

    rule: str
    says: str
    why: str
    instead: str
    weight: str
    citation: str
    replacement: str = ""


FINDINGS = [
    SampleFinding(
        "identifier/patient-name",
        "Maria Lopez",
        "This names a person next to their care. Without a signed authorization nobody may learn who was here.",
        "“One of our patients told us …”, or attach the authorization to this post.",
        "stops",
        "45 CFR 164.502(a), https://www.ecfr.gov/current/title-45/section-164.502",
    ),
    SampleFinding(
        "claim/no-source",
        "cuts your risk in half",
        "This is a medical claim. A clinician must sign it, and readers should be able to check it.",
        "Name the source, for example a CDC page.",
        "needs sign-off",
        "16 CFR 255; FTC Health Products Compliance Guidance",
    ),
    SampleFinding(
        "style/hashtag-case",
        "#flushotsmatter",
        "Screen readers spell this letter by letter.",
        "#FluShotsMatter",
        "advises",
        "",
        "#FluShotsMatter",
    ),
]

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "height": 180,
    "data": {
        "values": [
            {"week": f"W{week}", "network": name, "replies": (week * step) % 17 + step}
            for week in range(40, 48)
            for name, step in (("Bluesky", 3), ("Mastodon", 5))
        ]
    },
    "mark": {"type": "line", "point": True},
    "encoding": {
        "x": {"field": "week", "type": "ordinal", "title": None},
        "y": {"field": "replies", "type": "quantitative", "title": "Replies"},
        "color": {"field": "network", "type": "nominal", "title": None},
        "shape": {"field": "network", "type": "nominal", "title": None},
    },
}


def examples(request: HttpRequest, part: str) -> dict[str, Any]:
    """The context of the page: one part of it, or everything for an empty part. An unknown part is a 404."""
    if part and part not in PARTS:
        raise Http404
    tabs = [{"label": _("All"), "url": reverse("web:components"), "is_current": not part}]
    tabs += [
        {"label": name, "url": reverse("web:components_part", args=[key]), "is_current": key == part}
        for key, name in PARTS.items()
    ]
    shown = [part] if part else list(PARTS)
    return {
        "tabs": tabs,
        "parts": [(PARTS[key], f"web/showroom/{key}.html") for key in shown],
        **_forms(),
        **_samples(),
    }


def _forms() -> dict[str, Any]:
    return {
        "form": SampleForm(prefix="fresh", initial={"tags": ["f"], "agrees": True, "kind": "c"}),
        "wrong_form": SampleForm({"wrong-day": "yesterday"}, prefix="wrong"),
    }


def _samples() -> dict[str, Any]:
    now = clock.now()
    return {
        "now": now,
        "soon": now + timedelta(hours=2),
        "ago": now - timedelta(minutes=7),
        "tones": ["quiet", "action", "good", "info", "person", "danger"],
        "states": PILLS,
        "findings": FINDINGS,
        "page": Paginator(range(431), 50).page(2),
        "spec": SPEC,
        "steps": _steps(now),
        "preview": _preview(),
        "weekdays": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "days": range(1, 15),
        "sample_tabs": [
            {"label": "For me", "url": "#for-me", "is_current": True, "count": 3},
            {"label": "All", "url": "#all", "is_current": False},
            {"label": "Done", "url": "#done", "is_current": False},
        ],
        "crumbs": [{"label": "Calendar", "url": "#calendar"}, {"label": "Flu shots are in", "url": ""}],
        "counter": {"used": 281, "limit": 300, "left": 19, "is_near": True},
        "counter_over": {"used": 318, "limit": 300, "left": -18, "over": 18},
        "banner_hold": {
            "sentence": "Sending is on hold for the whole organization since 9:12. Nothing leaves meanwhile.",
            "tone": "person",
            "icon": "pause",
            "url": "#hold",
            "action": "See the hold",
        },
        "banner_demo": {
            "sentence": "This is the demo clinic. Nothing here is real.",
            "tone": "info",
            "icon": "training",
        },
        "banner_outage": {
            "sentence": "Mastodon does not answer. We try again every few minutes; nothing is lost.",
            "tone": "danger",
            "icon": "warning",
        },
    }


def _steps(now: Any) -> list[dict[str, Any]]:
    told = [
        ("clock", "info", "Dana Whitfield scheduled this for today, 9:00."),
        ("guard", "good", "The last gate looked again: same text, same rules, all signatures there."),
        ("sending", "action", "We handed the post to Bluesky."),
        (
            "unsure",
            "person",
            "Bluesky's answer got lost on the way. We look it up before anything else happens.",
        ),
    ]
    steps: list[dict[str, Any]] = [
        {"icon": icon, "tone": tone, "sentence": sentence, "at": now - timedelta(minutes=9 - 2 * place)}
        for place, (icon, tone, sentence) in enumerate(told)
    ]
    steps[2]["detail"] = "Attempt 1. The answer took 1.2 seconds."
    return [*steps, {"icon": "live", "sentence": "Seen live on Bluesky", "is_ahead": True}]


def _preview() -> dict[str, Any]:
    return {
        "network": "bluesky",
        "network_name": "Bluesky",
        "name": "Riverside Family Health",
        "handle": "@riverside.example",
        "text": "Flu shots are in. Walk in on Tuesdays from 8 to 12, no appointment needed.\n\n"
        "Who should get one? Almost everybody from 6 months on. Ask us if you are not sure.",
        "counter": {"used": 162, "limit": 300, "left": 138},
        "card": {"site": "riverside.example", "title": "Flu shots: when, where, and who should wait"},
        "note": "The link's picture comes from the page itself.",
    }
