"""The form that a connector's way to sign in describes."""

from typing import Any

from django import forms

from bedside.networks.connecting import LONGEST_ANSWER, usual_server
from bedside.networks.sign_in import Way


class SignInForm(forms.Form):
    """One field for each thing that the network asks. Passwords are never written back into the page."""

    def __init__(self, *args: Any, network: str, way: Way, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in way.fields:
            is_secret = asked.kind == "password"
            widget: forms.Widget = (
                forms.PasswordInput(attrs={"autocomplete": "off"}) if is_secret else forms.TextInput()
            )
            initial = usual_server(network, asked.initial) if asked.kind == "url" else asked.initial
            self.fields[asked.name] = forms.CharField(
                label=asked.label,
                help_text=asked.help,
                required=asked.is_required,
                initial=initial,
                max_length=LONGEST_ANSWER,
                widget=widget,
            )

    def answers(self) -> dict[str, str]:
        """What was answered, by the connector's names."""
        return {name: str(value) for name, value in self.cleaned_data.items()}
