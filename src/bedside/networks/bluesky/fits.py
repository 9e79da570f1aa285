"""Does a post fit on Bluesky, and what will be clickable in it?

Limits are those of the lexicons `app.bsky.feed.post` and `app.bsky.embed.images` (read 22 November 2026 in
@atproto/api 0.19): 300 graphemes and 3000 bytes, four images. An image may weigh 2 MB there, formerly 1
MB; servers that have not been updated still refuse more than 1 MB, so we stay below that. A film
(`app.bsky.embed.video`): 100 MB, subtitles of 20 kB a language; three minutes are from memory.
"""

from __future__ import annotations

import regex

from bedside.networks import marks as common_marks
from bedside.networks.account import Limits
from bedside.networks.checks import usual_problems
from bedside.networks.marks import graphemes, hashtags, links, matches, without_overlaps
from bedside.networks.outgoing import Count, Mark, Outgoing, Problem
from bedside.networks.words import sentence as _

LIMITS = Limits(
    max_characters=300,
    max_bytes=3000,
    max_images=4,
    max_alt_characters=2000,
    max_image_bytes=1_000_000,
    max_videos=1,
    max_video_bytes=100_000_000,
    max_video_seconds=180,
    max_subtitle_bytes=20_000,
    mime_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
)
MAX_TAG_GRAPHEMES = 64
MAX_FILM_ALT_GRAPHEMES = 1000

# A handle is a domain name (atproto.com/specs/handle).
MENTION = regex.compile(
    r"(?<![\w@.])@(?P<value>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)",
    regex.IGNORECASE,
)
# Readers expect "riverside.org/flu" to be a link; only endings that clinics use, so that "e.g.at" is none.
_ENDINGS = "com|org|net|edu|gov|info|health|clinic|care|hospital|dental|doctor|us|uk|ca|io|app|social|page"
BARE_LINK = regex.compile(
    rf"(?<![\w@/.:-])(?P<value>(?:[a-z0-9][a-z0-9-]*\.)+(?:{_ENDINGS})(?:/[^\s<>\"]*)?)(?![\w@-])",
    regex.IGNORECASE,
)


def count(text: str, limits: Limits) -> Count:
    """Graphemes, as the lexicon counts; the limit in bytes is a problem of its own."""
    return Count(graphemes(text), limits.max_characters, "graphemes")


def problems(outgoing: Outgoing, limits: Limits) -> list[Problem]:
    """Everything for which Bluesky would refuse this. Pictures that are merely too heavy are made smaller
    later.
    """
    found = usual_problems(outgoing, limits, count=count, wording=as_sent(outgoing))
    for place, media in enumerate(outgoing.media):
        is_told = len(media.alt_text) > limits.max_alt_characters
        if media.is_film and not is_told and graphemes(media.alt_text) > MAX_FILM_ALT_GRAPHEMES:
            most = _(
                "The alt text is longer than %(most)d characters. Shorten it.", most=MAX_FILM_ALT_GRAPHEMES
            )
            found.append(Problem("alt_too_long", most, f"media.{place}.alt_text"))
    return found


def as_sent(outgoing: Outgoing) -> tuple[str, ...]:
    """The wording of every part; Bluesky knows from the reply itself whom it answers, so nothing is added."""
    last = (outgoing.first_comment,) if outgoing.first_comment else ()
    return (outgoing.text, *outgoing.thread, *last)


def marks(text: str) -> tuple[Mark, ...]:
    """Links, mentions and hashtags, none overlapping another."""
    tags = (tag for tag in hashtags(text) if graphemes(tag.value) <= MAX_TAG_GRAPHEMES)
    bare = (_bare_link(mark) for mark in matches(BARE_LINK, "link", text))
    return without_overlaps((*links(text), *matches(MENTION, "mention", text), *bare, *tags))


def _bare_link(mark: Mark) -> Mark:
    address = common_marks.without_sentence_end(mark.value)
    return Mark(mark.start, mark.start + len(address), "link", f"https://{address}")
