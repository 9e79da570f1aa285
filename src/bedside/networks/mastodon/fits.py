"""Does a post fit on a Mastodon server, and what will be clickable in it?

The numbers come from the server (`/api/v2/instance`); these are Mastodon's own defaults. Counting follows
docs.joinmastodon.org/user/posting (read 22 November 2026): graphemes, every web address as 23, and of a
remote mention only the local part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from bedside.networks.account import Limits
from bedside.networks.checks import usual_problems
from bedside.networks.marks import graphemes, hashtags, links, matches, without_overlaps
from bedside.networks.outgoing import Count, Mark, Outgoing, Problem

LIMITS = Limits(
    max_characters=500,
    max_images=4,
    max_alt_characters=1500,
    max_image_bytes=16_777_216,
    max_image_pixels=33_177_600,
    max_videos=1,
    max_video_bytes=103_809_024,
    reserved_per_url=23,
)

MENTION = regex.compile(
    r"(?<![\w@/.])@(?P<value>(?P<local>\w+(?:[\w.-]*\w)?)(?:@[\p{L}\p{N}][\p{L}\p{N}.-]*[\p{L}\p{N}](?::\d+)?)?)",
    regex.IGNORECASE,
)


def count(text: str, limits: Limits) -> Count:
    """Characters as the server counts them, which is not as many as there are."""
    used = graphemes(text)
    for mark in marks(text):
        if mark.kind == "link" and limits.reserved_per_url is not None:
            used += limits.reserved_per_url - graphemes(mark.value)
        elif mark.kind == "mention" and "@" in mark.value:
            used -= graphemes(mark.value[mark.value.index("@") :])
    return Count(used, limits.max_characters)


def problems(outgoing: Outgoing, limits: Limits) -> list[Problem]:
    """Everything for which the server would refuse this, the mention that an answer needs included."""
    return usual_problems(outgoing, limits, count=count, wording=as_sent(outgoing))


def as_sent(outgoing: Outgoing) -> tuple[str, ...]:
    """The wording of every part. An answer begins with whom it answers, or that person would not be told."""
    text = outgoing.text
    author = outgoing.in_reply_to.extra.get("author", "") if outgoing.in_reply_to else ""
    if author and not regex.search(rf"(?<![\w@/.])@{regex.escape(author)}(?![\w@])", text, regex.IGNORECASE):
        text = f"@{author} {text}"
    last = (outgoing.first_comment,) if outgoing.first_comment else ()
    return (text, *outgoing.thread, *last)


def marks(text: str) -> tuple[Mark, ...]:
    """Links, mentions and hashtags, none overlapping another."""
    return without_overlaps((*links(text), *matches(MENTION, "mention", text), *hashtags(text)))


def limits_of(instance: Mapping[str, Any]) -> Limits:
    """What a server says of itself, in the form of version 2 or 1; what it leaves unsaid is Mastodon's
    default.
    """
    configuration = instance.get("configuration") or {}
    statuses = configuration.get("statuses") or {}
    media = configuration.get("media_attachments") or {}
    characters = statuses.get("max_characters") or instance.get("max_toot_chars") or LIMITS.max_characters
    taken = media.get("supported_mime_types") or ()
    kinds = [kind for kind in taken if kind.startswith("image/")]
    return Limits(
        max_characters=int(characters),
        max_images=int(statuses.get("max_media_attachments") or LIMITS.max_images),
        max_alt_characters=int(media.get("description_limit") or LIMITS.max_alt_characters),
        max_image_bytes=media.get("image_size_limit") or LIMITS.max_image_bytes,
        max_image_pixels=media.get("image_matrix_limit") or LIMITS.max_image_pixels,
        max_videos=1 if "video/mp4" in taken or not taken else 0,
        max_video_bytes=media.get("video_size_limit") or LIMITS.max_video_bytes,
        reserved_per_url=statuses.get("characters_reserved_per_url") or LIMITS.reserved_per_url,
        mime_types=tuple(kinds) or LIMITS.mime_types,
    )
