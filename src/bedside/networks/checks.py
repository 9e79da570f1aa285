"""What would any network refuse in a post?

The checks that differ only in their numbers; what a network counts and allows comes from its own `fits`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bedside.networks.account import Limits
from bedside.networks.outgoing import Count, MediaFile, Outgoing, Problem
from bedside.networks.words import sentence as _

Counter = Callable[[str, Limits], Count]


def usual_problems(
    outgoing: Outgoing, limits: Limits, *, count: Counter, wording: Sequence[str]
) -> list[Problem]:
    """Nothing to say, too long, too many or unsuitable pictures. `wording` is `as_sent`, part by part."""
    if not outgoing.text.strip() and not outgoing.media:
        return [Problem("empty", _("There is nothing to publish yet. Write a text or add a picture."))]
    problems = []
    for where, text in zip(fields(outgoing), wording, strict=True):
        problems += _of_text(text, where, limits, count)
    if len(outgoing.media) > limits.max_images:
        problems.append(
            Problem(
                "too_many_pictures",
                _("At most %(most)d pictures fit into one post here. Remove some.", most=limits.max_images),
                "media",
            )
        )
    for place, media in enumerate(outgoing.media):
        problems += _of_media(media, f"media.{place}", limits)
    return problems


def fields(outgoing: Outgoing) -> list[str]:
    """The names of the parts in the order in which they are sent: `text`, `thread.0` …, `first_comment`."""
    names = ["text", *(f"thread.{place}" for place in range(len(outgoing.thread)))]
    return names + (["first_comment"] if outgoing.first_comment else [])


def _of_text(text: str, where: str, limits: Limits, count: Counter) -> list[Problem]:
    if not text.strip() and where != "text":
        return [
            Problem("empty_part", _("This part of the thread is empty. Write something or remove it."), where)
        ]
    counted = count(text, limits)
    if counted.left < 0:
        over = _(
            "%(used)d characters; this network takes %(allowed)d. Shorten by %(over)d.",
            used=counted.used,
            allowed=counted.allowed,
            over=-counted.left,
        )
        return [Problem("too_long", over, where)]
    if limits.max_bytes is not None and len(text.encode()) > limits.max_bytes:
        heavy = _("Emoji and accents weigh more here than letters, and this text is too heavy. Shorten it.")
        return [Problem("too_heavy", heavy, where)]
    return []


def _of_media(media: MediaFile, where: str, limits: Limits) -> list[Problem]:
    problems = []
    if not media.mime.startswith("image/"):
        only = _("Bedside sends pictures to this network, no videos yet. Remove this file for this channel.")
        problems.append(Problem("media_kind", only, where))
    elif media.mime == "image/gif" and limits.max_image_bytes and media.size > limits.max_image_bytes:
        moving = _(
            "This GIF is larger than the %(most)d kilobytes that this network takes. Use a smaller one.",
            most=limits.max_image_bytes // 1000,
        )
        problems.append(Problem("too_large", moving, where))
    if len(media.alt_text) > limits.max_alt_characters:
        long = _(
            "The alt text is longer than %(most)d characters. Shorten it.", most=limits.max_alt_characters
        )
        problems.append(Problem("alt_too_long", long, f"{where}.alt_text"))
    return problems
