"""Does a post fit on the practice network, and what will be clickable in it?

Counting is that of docs/rooms/practice.md, *Account and limits*: code points as sent, every address as 23.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from bedside.networks.account import Limits
from bedside.networks.checks import usual_problems
from bedside.networks.marks import hashtags, links, matches, without_overlaps
from bedside.networks.outgoing import Count, Mark, Outgoing, Problem
from bedside.networks.words import sentence as _

LIMITS = Limits(
    max_characters=500,
    max_images=4,
    max_alt_characters=1500,
    max_image_bytes=8_388_608,
    max_videos=1,
    max_video_bytes=40_000_000,
    max_subtitle_bytes=64_000,
    reserved_per_url=23,
)

ADDRESS = regex.compile(r"https?://[^\s<>\"]+")
MENTION = regex.compile(r"(?<![\w@])@(?P<value>[A-Za-z0-9_-]{1,30})")


def count(text: str, limits: Limits) -> Count:
    """Code points, every address as long as the network says."""
    used = len(text)
    for address in ADDRESS.findall(text):
        used += (limits.reserved_per_url or 0) - len(address.rstrip(".,;:!?)]'"))
    return Count(used, limits.max_characters)


def problems(outgoing: Outgoing, limits: Limits) -> list[Problem]:
    """Everything for which the network would refuse this; an answer to a review is words alone."""
    found = usual_problems(outgoing, limits, count=count, wording=as_sent(outgoing))
    if answers_review(outgoing) and (outgoing.media or outgoing.thread or outgoing.first_comment):
        alone = _("The answer to a review is one text, without pictures or further parts. Remove them.")
        found.append(Problem("review_answer", alone, "media" if outgoing.media else "thread.0"))
    return found


def as_sent(outgoing: Outgoing) -> tuple[str, ...]:
    """The wording of every part; nothing is added."""
    last = (outgoing.first_comment,) if outgoing.first_comment else ()
    return (outgoing.text, *outgoing.thread, *last)


def marks(text: str) -> tuple[Mark, ...]:
    """Links, mentions and hashtags, none overlapping another."""
    return without_overlaps((*links(text), *matches(MENTION, "mention", text), *hashtags(text)))


def answers_review(outgoing: Outgoing) -> bool:
    """Whether this is our answer below a rating; the review's own reference says so."""
    return outgoing.in_reply_to is not None and "is_review" in outgoing.in_reply_to.extra


def limits_of(instance: Mapping[str, Any]) -> Limits:
    """What the network says of itself (`GET /api/instance`)."""
    text, media = instance["limits"]["text"], instance["limits"]["media"]
    film = instance["limits"].get("film", {})  # an older one took none
    return Limits(
        max_characters=text["max_characters"],
        max_images=media["max_per_post"],
        max_alt_characters=media["alt_text_max_characters"],
        max_image_bytes=media["max_bytes"],
        max_videos=film.get("max_per_post", 0),
        max_video_bytes=film.get("max_bytes"),
        max_subtitle_bytes=film.get("captions_max_bytes"),
        reserved_per_url=text["characters_per_url"],
        mime_types=tuple(media["types"]),
    )
