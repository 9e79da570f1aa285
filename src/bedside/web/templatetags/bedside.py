"""The house's own template tags, gathered. What each one does is said where it is defined.

They are built into every template (no `{% load %}` needed) and shown with all their states at /components/.
"""

from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from bedside.rules.naming import shipped
from bedside.web import atoms, form_atoms, icons, shell_atoms
from bedside.web.pills import Pill, pill_for

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(atoms.pill, name="pill")
register.simple_tag(atoms.state_pill, name="state_pill")
register.simple_tag(atoms.count, name="count")
register.simple_tag(atoms.avatar, name="avatar")
register.simple_tag(atoms.person, name="person")
register.simple_tag(atoms.network, name="network")
register.simple_tag(atoms.day_chip, name="day_chip")
register.simple_tag(atoms.when, name="when")
register.simple_tag(atoms.progress, name="progress")
register.simple_tag(atoms.new_id, name="new_id")
register.inclusion_tag("web/components/chart.html", name="vega_chart")(atoms.vega_chart)
register.simple_tag(form_atoms.upload_limit, name="upload_limit")
register.simple_tag(shell_atoms.rooms, name="rooms", takes_context=True)
register.simple_tag(shell_atoms.phone_rooms, name="phone_rooms", takes_context=True)
register.simple_tag(shell_atoms.compose, name="compose", takes_context=True)
register.simple_tag(shell_atoms.banners, name="banners", takes_context=True)
register.simple_tag(shell_atoms.url_or_none, name="url_or_none")


@register.filter
def look(state: object, noun: str = "") -> Pill:
    """The word, icon and tone of a state: `{% with look=delivery.state|look %}`."""
    return pill_for(state, noun)


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, help: str = "", **attributes: Any) -> dict[str, Any]:
    """One field of a form. `help` replaces its help text; further attributes go to the control."""
    return form_atoms.field_context(bound, help, **attributes)


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """All errors of these forms in one place at the top, each a way to its field. Nothing without errors."""
    return {"errors": form_atoms.error_lines(*forms)}


@register.inclusion_tag("web/components/empty.html")
def empty(
    icon: str, title: str, sentence: str = "", url: str = "", action: str = "", tone: str = ""
) -> dict[str, Any]:
    """Why nothing is here, and the first thing to do about it."""
    return {"icon": icon, "title": title, "sentence": sentence, "url": url, "action": action, "tone": tone}


@register.inclusion_tag("web/components/callout.html")
def callout(tone: str, sentence: str, title: str = "", icon: str = "info") -> dict[str, Any]:
    """A remark in the page that must not be overlooked."""
    return {"tone": tone, "sentence": sentence, "title": title, "icon": icon}


@register.inclusion_tag("web/components/finding.html", takes_context=True)
def finding(context: Context, found: Any, control: str = "", noun: str = "") -> dict[str, Any]:
    """One note of the guard; `found` is a `guard.Finding` or anything with its attributes.

    `control` is the id of the field that holds its words, for a replacement with one click. `noun` is "answer"
    where an answer is judged and not a post. Members are led to
    the page of the rule; signers from outside are not.
    """
    weight = (
        "violation" if getattr(found, "is_violation", False) and found.weight != "stops" else found.weight
    )
    is_known = found.rule in shipped() or found.rule.startswith("own-")
    return {
        "finding": found,
        "look": pill_for(weight, noun),
        "control": control,
        "title": shipped()[found.rule].title if found.rule in shipped() else "",
        "rule_url": reverse("rules:rule", args=[found.rule]) if is_known and context.get("member") else "",
    }


@register.inclusion_tag("web/components/definition.html")
def definition(term: str, meaning: str, source: str = "", as_of: datetime | None = None) -> dict[str, Any]:
    """A term whose meaning opens on a press."""
    return {
        "term": term,
        "meaning": meaning,
        "source": source,
        "as_of": as_of,
        "id": atoms.new_id("definition"),
    }


@register.inclusion_tag("web/components/stat.html")
def stat(
    name: str,
    value: object | None,
    meaning: str,
    unit: str = "",
    base: str = "",
    source: str = "",
    as_of: datetime | None = None,
    change: str = "",
    direction: str = "",
) -> dict[str, Any]:
    """One number. `value=None` says "not enough data"; `base` names the denominator; `change` is words
    ("12 more than last month") with `direction` "up" or "down", which is no judgement."""
    return locals() | {"id": atoms.new_id("stat")}


@register.inclusion_tag("web/components/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], noun: str = "") -> dict[str, Any]:
    """Where in a long list we are; keeps the other filters of the address."""
    request: HttpRequest = context["request"]
    return {"page": page, "noun": noun, "request": request}


@register.inclusion_tag("web/components/file_drop.html", takes_context=True)
def file_drop(
    context: Context,
    url: str,
    target: str = "",
    name: str = "file",
    label: str = "",
    help: str = "",
    accept: str = "",
) -> dict[str, Any]:
    """A place to drop or choose files; each answer's fragment is appended to the element with id `target`."""
    given = {key: value for key, value in locals().items() if key != "context"}
    return given | {"id": atoms.new_id("files"), "csrf_token": context.get("csrf_token", "")}


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of the page itself as a link; one that begins with two slashes would lead elsewhere."""
    path: str = context["request"].path
    return str(escape_leading_slashes(path))
