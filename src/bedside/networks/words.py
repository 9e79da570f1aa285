"""How does a sentence leave a connector and still reach a person in their own language?

Connectors know no Django. They write `_("… %(over)d …", over=3)`; the result is an English `str` that
remembers its template and values, so a page can show `translated(sentence)` while logs and the command line
simply print it. `makemessages` finds the templates because the function is imported as `_`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping


class Sentence(str):
    """An English sentence for a person that can still be translated."""

    template: str
    values: Mapping[str, str | int | float]

    def __new__(cls, template: str, values: Mapping[str, str | int | float]) -> Sentence:
        made = super().__new__(cls, template % values if values else template)
        made.template = template
        made.values = dict(values)
        return made

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, Mapping[str, str | int | float]]]:
        return (Sentence, (self.template, self.values))


def sentence(template: str, /, **values: str | int | float) -> Sentence:
    """Write a sentence: what happened, why, what to do next. Values are named (`%(over)d`), never
    positional.
    """
    return Sentence(template, values)


def translated(text: str, gettext: Callable[[str], str]) -> str:
    """Say a connector's sentence in the reader's language; a plain string comes back as it is, and so does a
    sentence whose translation names a value that it does not have.
    """
    if not isinstance(text, Sentence):
        return text
    template = gettext(text.template)
    try:
        return template % text.values if text.values else template
    except (KeyError, TypeError, ValueError):
        return str(text)
