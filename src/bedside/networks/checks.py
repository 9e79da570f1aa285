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
    problems += _of_all_media(outgoing.media, limits)
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


def _of_all_media(media: Sequence[MediaFile], limits: Limits) -> list[Problem]:
    films = sum(each.is_film for each in media)
    if len(media) - films > limits.max_images:
        most = _(
            "At most %(most)d pictures fit into one post here. Remove some.",
            most=limits.max_images,
        )
        return [Problem("too_many_pictures", most, "media")]
    if limits.max_videos and (films > limits.max_videos or 0 < films < len(media)):
        alone = _("A film stands alone in a post here. Remove the other films and pictures, or the film.")
        return [Problem("film_alone", alone, "media")]
    return []


def _of_media(media: MediaFile, where: str, limits: Limits) -> list[Problem]:
    problems = _of_film(media, where, limits) if media.is_film else _of_picture(media, where, limits)
    if len(media.alt_text) > limits.max_alt_characters:
        long = _(
            "The alt text is longer than %(most)d characters. Shorten it.", most=limits.max_alt_characters
        )
        problems.append(Problem("alt_too_long", long, f"{where}.alt_text"))
    return problems


def _of_picture(media: MediaFile, where: str, limits: Limits) -> list[Problem]:
    if media.mime == "image/gif" and limits.max_image_bytes and media.size > limits.max_image_bytes:
        moving = _(
            "This GIF is larger than the %(most)d kilobytes that this network takes. Use a smaller one.",
            most=limits.max_image_bytes // 1000,
        )
        return [Problem("too_large", moving, where)]
    return []


def _of_film(film: MediaFile, where: str, limits: Limits) -> list[Problem]:
    if not limits.max_videos:
        none = _("This channel takes no films. Remove the film for it, or connect it again if that changed.")
        return [Problem("media_kind", none, where)]
    problems = []
    if limits.max_video_bytes is not None and film.size > limits.max_video_bytes:
        heavy = _(
            "This film is larger than the %(most)d MB that this network takes. Export a smaller one.",
            most=limits.max_video_bytes // 1_000_000,
        )
        problems.append(Problem("too_large", heavy, where))
    if limits.max_video_seconds is not None and film.seconds > limits.max_video_seconds:
        long = _(
            "This film is longer than the %(most)d seconds that this network shows. Cut it.",
            most=int(limits.max_video_seconds),
        )
        problems.append(Problem("film_too_long", long, where))
    most = limits.max_subtitle_bytes
    if film.subtitles is not None and most is not None and film.subtitles.size > most:
        wordy = _(
            "The subtitles are larger than the %(most)d kilobytes that this network takes. Cut the film and them.",
            most=most // 1000,
        )
        problems.append(Problem("subtitles_too_large", wordy, where))
    return problems
