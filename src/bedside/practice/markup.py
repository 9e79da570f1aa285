"""Writing HTML in Python so that nothing unescaped can slip in: text is escaped unless it is already `Html`.

`tag("a", "more", href="/p/1", class_="quiet")` is the whole language; pages and cards are built from it.
"""

from collections.abc import Iterable
from html import escape
from typing import Union

Attribute = str | int | bool | None
Child = Union[str, "Html", None, Iterable["Child"]]

_EMPTY = frozenset({"br", "img", "input", "link", "meta", "track"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def render(child: Child) -> Html:
    """One or many children as HTML: text escaped, `Html` as it is, None as nothing."""
    if child is None:
        return Html("")
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return Html(escape(child))
    return Html("".join(render(one) for one in child))


def tag(element: str, /, *children: Child, **attributes: Attribute) -> Html:
    """An element; `class_` means class, `aria_label` means aria-label, False and None leave an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    if element in _EMPTY:
        return Html(f"<{element}{written}>")
    return Html(f"<{element}{written}>{render(children)}</{element}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
