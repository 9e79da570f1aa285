"""Which icons are there, and how is one written into a page?

Our names for them stand in `icons.json` beside this file; the build compiles exactly those into one sprite.
An icon never stands alone: the words beside it carry the meaning, so it is hidden from screen readers
unless it is given a label of its own.
"""

import functools
import json
from pathlib import Path

from django.template import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

NAMES_FILE = Path(__file__).with_name("icons.json")
SPRITE = "build/icons.svg"


@functools.cache
def icon_names() -> frozenset[str]:
    """Every name that `{% icon %}` knows."""
    return frozenset(json.loads(NAMES_FILE.read_text(encoding="utf-8")))


def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """The icon `name`; `size` is "", "s", "l" or "xl"; with `label` a screen reader reads it.

    A name that is not in the sprite would be an empty square on the page, so it is an error here.
    """
    return (
        _drawn(name, size, format_html('role="img" aria-label="{}"', label)) if label else _silent(name, size)
    )


@functools.cache
def _silent(name: str, size: str) -> SafeString:
    """Written once for each name and size: a busy page has hundreds of them."""
    return _drawn(name, size, SafeString('aria-hidden="true"'))


def _drawn(name: str, size: str, voice: SafeString) -> SafeString:
    if name not in icon_names():
        raise TemplateSyntaxError(f"There is no icon “{name}”. The names are in bedside/web/icons.json.")
    return format_html(
        '<svg class="icon" data-size="{}" {}><use href="{}#{}"></use></svg>',
        size,
        voice,
        static(SPRITE),
        name,
    )
