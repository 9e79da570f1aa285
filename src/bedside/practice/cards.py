"""The pieces pages are made of: a post, a thread, a review, the forms a stranger fills in."""

import json
import sqlite3
import zlib
from collections.abc import Sequence

from bedside.practice import moments
from bedside.practice.markup import Child, Html, tag
from bedside.practice.media import FILM
from bedside.practice.settings import NAME_MAX
from bedside.practice.wording import pieces

DEPTH_MAX = 4
"""Replies are indented this deep; deeper ones stay in line, so that a phone can show them."""

Done = frozenset[tuple[int, str]]
"""What this visitor did: pairs of a post's number and "like" or "repost"."""
NOTHING_DONE: Done = frozenset()


def linked(text: str) -> Html:
    """A text with its addresses, mentions and hashtags as links and its line breaks kept."""
    return tag("p", [_piece(piece.kind, piece.text) for piece in pieces(text)], class_="text")


def _piece(kind: str, text: str) -> Child:
    if kind == "address":
        shown = text.partition("://")[2]
        return tag("a", shown if len(shown) <= 40 else shown[:39] + "…", href=text, rel="nofollow noreferrer")
    if kind == "mention":
        return tag("a", text, href=f"/c/{text[1:].lower()}")
    if kind == "tag":
        return tag("a", text, href=f"/tags/{text[1:].lower()}")
    return text


def avatar(name: str) -> Html:
    """Initials on one of eight grounds, always the same for a name."""
    words = [word for word in name.split() if word[0].isalnum()] or ["?"]
    initials = (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
    return tag("span", initials, class_=f"avatar tone{zlib.crc32(name.encode()) % 8}", aria_hidden="true")


def when(text: str) -> Html:
    """A time, readable for people and machines."""
    return tag("time", moments.for_people(text), datetime=text)


def post_card(
    row: sqlite3.Row, *, done: Done = NOTHING_DONE, depth: int = 0, is_alone: bool = False, next_: str = ""
) -> Html:
    """A post as it stands in a feed or thread; deleted and hidden ones say so instead of showing their words."""
    classes = f"card post depth{min(depth, DEPTH_MAX)}" + (" alone" if is_alone else "")
    if row["deleted_at"] or row["hidden_at"]:
        gone = (
            "This post was deleted."
            if row["deleted_at"]
            else "This comment was hidden by the page it was written to."
        )
        return tag("article", tag("p", gone, class_="gone"), class_=classes + " empty", id=f"p-{row['id']}")
    return tag(
        "article",
        tag("header", avatar(_shown_name(row)), tag("div", _author(row), _byline(row)), class_="by"),
        linked(row["text"]) if row["text"].strip() else None,
        _pictures(row),
        _actions(row, done, next_ or f"/p/{row['id']}"),
        class_=classes,
        id=f"p-{row['id']}",
    )


def _shown_name(row: sqlite3.Row) -> str:
    return str(row["channel_name"] or row["stranger"])


def _author(row: sqlite3.Row) -> Child:
    if not row["handle"]:
        return tag("strong", row["stranger"], class_="name")
    handle = tag("span", f"@{row['handle']}", class_="handle")
    return [tag("a", row["channel_name"], href=f"/c/{row['handle']}", class_="name"), " ", handle]


def _byline(row: sqlite3.Row) -> Html:
    views = f" · {row['views']:,} view{'' if row['views'] == 1 else 's'}"
    return tag("a", when(row["created_at"]), tag("span", views), href=f"/p/{row['id']}", class_="when")


def _pictures(row: sqlite3.Row) -> Child:
    media = json.loads(row["media"])
    if not media:
        return None
    shown = [_film(one) if one["mime"] == FILM else _picture(one) for one in media]
    return tag("div", shown, class_=f"pictures of{len(media)}")


def _picture(one: dict[str, str]) -> Child:
    address = f"/media/{one['id']}"
    return tag("a", tag("img", src=address, alt=one["alt_text"], loading="lazy"), href=address)


def _film(one: dict[str, str]) -> Child:
    """A film with its controls; its subtitles are shown from the start, its description stands below it."""
    address, language = f"/media/{one['id']}", one.get("language")
    track = tag(
        "track",
        kind="captions",
        src=f"{address}/captions",
        srclang=language,
        label=f"Subtitles ({language})",
        default=True,
    )
    film = tag(
        "video",
        track if language else None,
        src=address,
        controls=True,
        preload="metadata",
        playsinline=True,
        aria_label=one["alt_text"] or "A film without a description",
    )
    return tag("figure", film, tag("figcaption", one["alt_text"]) if one["alt_text"] else None, class_="film")


def _actions(row: sqlite3.Row, done: Done, next_: str) -> Html:
    post = f"/p/{row['id']}"
    replies = f"{row['replies']} " + ("reply" if row["replies"] == 1 else "replies")
    return tag(
        "footer",
        _button(f"{post}/like", "♥", "Like", "Liked", row["likes"], (row["seq"], "like") in done, next_),
        _button(
            f"{post}/repost", "⟳", "Repost", "Reposted", row["reposts"], (row["seq"], "repost") in done, next_
        ),
        tag(
            "a",
            tag("span", "↩", class_="sign", aria_hidden="true"),
            replies,
            href=f"{post}#reply",
            class_="action",
        ),
        class_="actions",
    )


def _button(action: str, sign: str, word: str, past: str, count: int, is_done: bool, next_: str) -> Html:
    label = [
        tag("span", sign, class_="sign", aria_hidden="true"),
        past if is_done else word,
        " ",
        tag("span", str(count), class_="count"),
    ]
    return tag(
        "form",
        tag("input", type="hidden", name="next", value=next_),
        tag("button", *label, class_="action done" if is_done else "action"),
        method="post",
        action=action,
    )


def thread(rows: Sequence[sqlite3.Row], top: sqlite3.Row, done: Done) -> list[Html]:
    """Everything below a post, each answer under what it answers, oldest first."""
    below: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        below.setdefault(row["parent_seq"], []).append(row)
    cards: list[Html] = []
    waiting = [(row, 1) for row in reversed(below.get(top["seq"], []))]
    while waiting:
        row, depth = waiting.pop()
        next_ = f"/p/{top['id']}#p-{row['id']}"
        cards.append(post_card(row, done=done, depth=depth, next_=next_))
        waiting += [(one, depth + 1) for one in reversed(below.get(row["seq"], []))]
    return cards


def name_field(name: str) -> Child:
    """The field for a name, for visitors who have not chosen one."""
    if name:
        return tag(
            "p", "You write as ", tag("strong", name), ". ", tag("a", "Change", href="/me"), class_="hint"
        )
    return [
        tag("label", "Your name here", for_="name"),
        tag("input", id="name", name="name", required=True, maxlength=NAME_MAX, autocomplete="nickname"),
    ]


def text_form(action: str, label: str, button: str, *, name: str, id_: str = "") -> Html:
    """A form for a comment or a post of a stranger."""
    return tag(
        "form",
        tag("label", label, for_="text"),
        tag("textarea", id="text", name="text", rows=3, required=True),
        name_field(name),
        tag("button", button, class_="primary"),
        method="post",
        action=action,
        class_="card write",
        id=id_ or None,
    )


def review_card(row: sqlite3.Row, reply: sqlite3.Row | None) -> Html:
    """A review with its stars in words, and the channel's reply."""
    return tag(
        "article",
        tag(
            "header",
            avatar(row["stranger"]),
            tag("div", tag("strong", row["stranger"], class_="name"), when(row["created_at"])),
            class_="by",
        ),
        stars(row["stars"]),
        linked(row["text"]) if row["text"].strip() else None,
        tag(
            "div",
            _author(reply),
            " replied ",
            when(reply["created_at"]),
            linked(reply["text"]),
            class_="answer",
        )
        if reply
        else None,
        class_="card review",
        id=f"review-{row['id']}",
    )


def stars(count: int) -> Html:
    """Stars as signs for the eye and as words for the ear."""
    signs = [tag("span", "★" * count), tag("span", "★" * (5 - count), class_="off")]
    return tag(
        "p",
        tag("span", *signs, class_="stars", aria_hidden="true"),
        tag("span", f"{count} of 5 stars", class_="said"),
        class_="rating",
    )
