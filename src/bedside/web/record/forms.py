"""What can be asked of the record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.audit.queries import Question


class QuestionForm(forms.Form):
    """The filter above the lines; every field may stay empty."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    verb = forms.ChoiceField(label=_("What happened"), required=False)
    actor = forms.CharField(label=_("Who"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    object_kind = forms.CharField(required=False, widget=forms.HiddenInput)
    object_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Anything")), *((verb, verb) for verb in verbs)]
        self.fields["verb"].choices = choices  # type: ignore[attr-defined]  # ChoiceField

    def question(self) -> Question:
        """The question as the room of the record understands it; a field that is wrong asks nothing."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else getattr(self, "cleaned_data", {})
        return Question(**{name: value for name, value in said.items() if value})
