"""What writers of rules, deciders and reviewers are asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.people.forms import Lines
from bedside.rules.grading import weights_for
from bedside.rules.models import Level, OwnRule, SignOff, SurfaceChoice, Weight
from bedside.rules.queries import Line
from bedside.rules.wording import LONGEST_EXAMPLE


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OwnRuleForm(forms.Form):
    """A rule in plain words, with the examples that have to come out right."""

    title = forms.CharField(
        label=_("Name of the rule"),
        max_length=120,
        help_text=_("As a sentence: “No pet names for operations”."),
    )
    phrases = Lines(
        label=_("Words and phrases to look for"),
        help_text=_(
            "One on each line, in plain words. Capitals, accents and line breaks do not matter. A * at the end of a "
            "word stands for any ending: “makeover*” also finds “makeovers”."
        ),
    )
    weight = forms.ChoiceField(label=_("What it does"), choices=Weight.choices)
    sign_off = forms.ChoiceField(
        label=_("Whose signature"),
        choices=SignOff.choices,
        initial="brand",
        help_text=_("Counts where the rule needs a signature."),
    )
    override = forms.ChoiceField(
        label=_("Who may let it pass in a single text"), choices=Level.choices, initial=Level.APPROVER
    )
    surfaces = forms.MultipleChoiceField(
        label=_("Where it holds"),
        choices=SurfaceChoice.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means everywhere."),
    )
    why = forms.CharField(
        label=_("Why"),
        max_length=400,
        widget=_area(2),
        help_text=_("Writers read this beside their words. Say it as you would to a colleague."),
    )
    instead = forms.CharField(label=_("What to say instead"), max_length=400, required=False, widget=_area(2))
    replacement = forms.CharField(
        label=_("Replacement with one click"),
        max_length=200,
        required=False,
        help_text=_("Put in place of the words found, exactly as it stands here."),
    )
    breaks = Lines(
        label=_("Texts that it has to find"), help_text=_("One on each line, as somebody would write them.")
    )
    keeps = Lines(
        label=_("Harmless texts that it must not find"),
        help_text=_(
            "One on each line. The more alike they look, the better they guard against false alarms."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Keep what was understood: a refusal at a field takes it out of `cleaned_data`, and the trial needs it."""
        self.understood = dict(self.cleaned_data)
        return self.cleaned_data

    @classmethod
    def of(cls, rule: OwnRule | None, data: Any) -> "OwnRuleForm":
        """The form as the rule stands, or as it was sent."""
        start = {name: getattr(rule, name) for name in cls.base_fields} if rule else {}
        return cls(data, initial=start)

    def unsaved(self, rule: OwnRule | None) -> OwnRule:
        """The rule as the form says, not saved: for trying it. Ask after `is_valid`, whatever it said."""
        tried = OwnRule(
            key=rule.key if rule else "own-tried", organization=rule.organization if rule else None
        )
        for name, value in self.understood.items():
            if name in self.base_fields:
                setattr(tried, name, value)
        return tried


class TryForm(forms.Form):
    """A text on which a rule is tried."""

    text = forms.CharField(
        label=_("Try it: write a text"), required=False, max_length=LONGEST_EXAMPLE, widget=_area(3)
    )


class RegradeForm(forms.Form):
    """Another weight for one rule of the product, with the reason."""

    weight = forms.ChoiceField(label=_("Weight here"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it weighs differently here"),
        max_length=400,
        widget=_area(2),
        help_text=_("Goes into the record, so no name of a patient."),
    )

    def __init__(self, *args: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Weight.choices)
        allowed = [w for w in weights_for(line.rule) if w not in (line.rule.weight, line.weight)]
        self.fields["weight"].choices = [(weight, labels[weight]) for weight in allowed]  # type: ignore[attr-defined]  # ChoiceField

    @property
    def has_a_choice(self) -> bool:
        """Whether any other weight is possible."""
        return bool(self.fields["weight"].choices)  # type: ignore[attr-defined]  # ChoiceField


class DecideForm(forms.Form):
    """Agreeing to let a finding pass, or refusing."""

    reason = forms.CharField(
        label=_("Why this is right, or what should change"),
        required=False,
        widget=_area(3),
        help_text=_("Goes into the record, so no name of a patient."),
    )


class ReviewForm(forms.Form):
    """The text as it shall be kept, and a word to whoever marked it."""

    text = forms.CharField(
        label=_("The example as it shall be kept"),
        required=False,
        widget=_area(4),
        help_text=_("Shorten it to what matters, and take out everything about a person."),
    )
    parent = forms.CharField(label=_("What it answers"), required=False, widget=_area(2))
    answer = forms.CharField(label=_("A word to the member who marked it"), required=False, max_length=300)


class AccuracyForm(forms.Form):
    """Which days."""

    days = forms.ChoiceField(
        label=_("Period"),
        choices=[
            ("7", _("Last 7 days")),
            ("30", _("Last 30 days")),
            ("90", _("Last 90 days")),
            ("365", _("Last 365 days")),
        ],
    )

    def chosen(self) -> int:
        """How many days; the usual thirty where nothing sensible was asked."""
        return int(self.cleaned_data["days"]) if self.is_valid() else 30
