"""How is one field of a form written: label, help, control and error, tied together for screen readers?

The HTML is in `templates/web/components/field.html` and `choices.html`; here is only which classes and
attributes a control needs.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bedside.library.intake import too_large

_LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_BOXES = (forms.Select, forms.SelectMultiple, forms.NullBooleanSelect)


def upload_limit() -> SafeString:
    """Attributes for `<file-drop>`: the largest file in bytes, and the sentence for a larger one."""
    limit = settings.BEDSIDE_MAX_UPLOAD_BYTES
    return format_html(' data-most="{}" data-too-large="{}"', limit, too_large())


class HouseRenderer(TemplatesSetting):
    """Lets `{{ form }}` wear the look of the house: error summary, then every field."""

    form_template_name = "web/form.html"


def shape_of(bound: BoundField) -> str:
    """Which of the four shapes the field has: `check`, `choices`, `hidden` or `control`."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, _LISTS):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "control"


def control(bound: BoundField, described_by: str, **attributes: Any) -> SafeString:
    """The control alone, with its class, its tie to help and error, and any further attributes."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {key.replace("_", "-"): value for key, value in attributes.items()}
    if shape_of(bound) == "control":
        kind = "select" if isinstance(widget, _BOXES) else "textarea" if _is_area(widget) else "input"
        attrs["class"] = f"{kind} {widget.attrs.get('class', '')}".strip()
    if described_by:
        attrs["aria-describedby"] = described_by
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def _is_area(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.Textarea)


def field_context(bound: BoundField, help_text: str = "", **attributes: Any) -> dict[str, Any]:
    """What the field's template needs. `help_text` replaces the form's own; attributes go to the control."""
    name = bound.auto_id or bound.html_name
    shown_help = help_text or bound.help_text
    ids = [f"{name}_help"] if shown_help else []
    ids += [f"{name}_error"] if bound.errors else []
    shape = shape_of(bound)
    return {
        "bound": bound,
        "shape": shape,
        "name": name,
        "help": shown_help,
        "described_by": " ".join(ids),
        "control": control(bound, " ".join(ids), **attributes) if shape != "choices" else "",
        "is_optional": not bound.field.required and shape == "control",
    }


def error_lines(*forms_given: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of these forms with the id of the control to go to; form-wide ones go nowhere."""
    lines: list[dict[str, str]] = []
    for form in forms_given:
        lines += [{"id": "", "sentence": str(error)} for error in form.non_field_errors()]
        for bound in form:
            first = (
                f"{bound.auto_id}_0" if shape_of(bound) == "choices" else bound.id_for_label or bound.auto_id
            )
            lines += [{"id": first, "sentence": f"{bound.label}: {error}"} for error in bound.errors]
    return lines
