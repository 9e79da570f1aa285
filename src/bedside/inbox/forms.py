"""What the inbox's pages take in. What may be done with it is decided in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bedside.foundation.text import kept
from bedside.library.saved_replies import TEXT_LENGTH, TITLE_LENGTH


class PlainField(forms.CharField):
    """Words in which a character that no database keeps is left out, instead of all of them being refused."""

    def to_python(self, value: Any) -> str:
        return kept(super().to_python(value) or "")


class AnswerForm(forms.Form):
    """The words of an answer and the revision that was on the screen; anything is a draft, even nothing."""

    text = PlainField(required=False, strip=False)
    revision = forms.IntegerField(required=False)

    def words(self) -> dict[str, Any]:
        """What the verb takes. Browsers send line ends as two characters; networks count one."""
        return {
            "text": self.cleaned_data.get("text", "").replace("\r\n", "\n"),
            "revision": self.cleaned_data.get("revision"),
        }


class SavedReplyForm(forms.Form):
    """A text to be used again."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=_("Text"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 5}), strip=True
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("es", _("Spanish"))])
    place = forms.IntegerField(
        label=_("Place in the list"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("1 stands first. The first nine have the keys 1 to 9. Left empty, it stands last."),
    )
