"""How do the small repeated things look: pills, people, networks, times, numbers?

Every function is a template tag or gives a component's template its context; the tags themselves are gathered in
`templatetags/bedside.py`, and every one is shown with all its states at /components/.
"""

import functools
import secrets
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bedside.web.icons import icon
from bedside.web.pills import Tone, pill_for

HUES = 6


def pill(word: object, tone: Tone = "quiet", icon_name: str = "") -> SafeString:
    """A state in an icon and a word; the tone only helps."""
    picture = icon(icon_name) if icon_name else SafeString("")
    return format_html('<span class="pill" data-tone="{}">{}{}</span>', tone, picture, word)


def state_pill(state: object, noun: str = "") -> SafeString:
    """The pill of a state that `web.pills` knows, narrowed by its noun where a word means two things."""
    look = pill_for(state, noun)
    return pill(look.word, look.tone, look.icon)


def count(number: int, what: str = "", tone: str = "") -> SafeString:
    """A number that waits somewhere, with the words a screen reader adds ("waiting"); nothing for zero."""
    if not number:
        return SafeString("")
    words = format_html('<span class="visually-hidden"> {}</span>', what) if what else SafeString("")
    look = format_html(' data-tone="{}"', tone) if tone else SafeString("")
    shown = "99+" if number > 99 else str(number)
    return format_html('<span class="count"{}>{}{}</span>', look, shown, words)


def initials(name: str) -> str:
    """At most two letters of a name, credentials after a comma left out: "Ana M. Ruiz, MD" is AR."""
    words = [word for word in name.split(",")[0].split() if word[0].isalpha()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "?"


def avatar(name: str, size: str = "") -> SafeString:
    """Initials in a color that stays the same for the same name. The name itself must stand beside it."""
    hue = zlib.crc32(name.encode()) % HUES
    return format_html(
        '<span class="avatar" data-hue="{}" data-size="{}" aria-hidden="true">{}</span>',
        hue,
        size,
        initials(name),
    )


def person(name: str, detail: str = "", size: str = "") -> SafeString:
    """A member or contact: initials, name, and a line under it."""
    below = format_html("<small>{}</small>", detail) if detail else SafeString("")
    return format_html('<span class="person">{}<span>{}{}</span></span>', avatar(name, size), name, below)


def network(key: str, name: str = "") -> SafeString:
    """A network's mark and, where it is not said anyway, the channel's or network's name."""
    words = format_html('<span class="cut">{}</span>', name) if name else SafeString("")
    return format_html('<span class="network">{}{}</span>', _mark(key), words)


@functools.lru_cache(maxsize=64)
def _mark(key: str) -> SafeString:
    letters = key[:2].capitalize()  # nobody's logo: trade marks are not ours to ship
    return format_html(
        '<span class="network-mark" data-network="{}" aria-hidden="true">{}</span>', key, letters
    )


def day_chip(
    state: object, title: str, url: str, time: str = "", move: object = "", networks: Iterable[str] = ()
) -> SafeString:
    """A post on a day of a calendar; `move` is the id under which it can be dragged, or nothing.

    Written here and not as a template: a month has hundreds of them.
    """
    look = pill_for(state)
    word = str(look.word)
    drag = format_html(' draggable="true" data-move="{}" aria-keyshortcuts="M"', move) if move else ""
    marks = format_html_join("", '<span class="network">{}</span>', ((_mark(key),) for key in networks))
    return format_html(
        '<a class="day-chip" href="{}" data-item data-tone="{}"{} title="{}: {}">{}{}'
        '<span class="chip-words">{}</span>{}<span class="visually-hidden">, {}</span></a>',
        url,
        look.tone,
        drag,
        word,
        title,
        icon(look.icon),
        format_html("<time>{}</time>", time) if time else "",
        title,
        format_html('<span class="chip-networks" aria-hidden="true">{}</span>', marks) if marks else "",
        word,
    )


def when(at: datetime | None, form: str = "", relative: bool = False) -> SafeString:
    """A time in the page's zone and the member's locale, as short as it can be understood today.

    Without `form` (one of Django's formats) today is a time, this year a day and a time, else a date; the whole
    truth with its zone stands in the title. `relative` turns it into "5 minutes ago" and keeps it right.
    """
    if not at:  # a template hands over "" for what is not there
        return format_html('<span class="faint">{}</span>', _("no time"))
    local = timezone.localtime(at)
    return format_html(
        '<local-time data-zone="{}"{}><time datetime="{}" title="{} {}">{}</time></local-time>',
        timezone.get_current_timezone_name(),
        SafeString(" data-relative") if relative else SafeString(""),
        local.isoformat(timespec="seconds"),
        formats.date_format(local, "DATETIME_FORMAT"),
        local.tzname() or "",
        formats.date_format(local, form) if form else _short(local),
    )


def _short(local: datetime) -> str:
    today = timezone.localtime()
    if local.year != today.year:
        return formats.date_format(local, "SHORT_DATE_FORMAT")
    clock = formats.date_format(local, "TIME_FORMAT")
    # Translators: Django's format of a day without its year, as short as possible, e.g. "M j" or "j. M"
    return clock if local.date() == today.date() else f"{formats.date_format(local, _('M j'))}, {clock}"


def progress(value: float | None, maximum: float = 100, label: str = "", tone: str = "") -> SafeString:
    """How far long work is; without a value it only says that it is alive. `label` is read and shown."""
    amount = format_html(' value="{}" max="{}"', value, maximum) if value is not None else SafeString("")
    side = format_html("<span>{}</span>", f"{value:g} / {maximum:g}") if value is not None else SafeString("")
    return format_html(
        '<div class="progress"><div><span>{}</span>{}</div>'
        '<progress aria-label="{}" data-tone="{}"{}></progress></div>',
        label,
        side,
        label,
        tone,
        amount,
    )


def new_id(prefix: str) -> str:
    """An id for what must be named by another element (a popover by its button); fragments never collide."""
    return f"{prefix}-{secrets.token_hex(4)}"


def vega_chart(spec: Mapping[str, Any], title: str, summary: str = "") -> dict[str, Any]:
    """A chart from a Vega-Lite specification with its data inside; `summary` says in words what it shows."""
    return {"data": json_script(dict(spec)), "title": title, "summary": summary, "id": new_id("chart")}
