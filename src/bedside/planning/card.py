"""What signers see of a post: everything that will be public, per channel, and what the guard says of it.

Plain JSON, kept with the request, so that a signer's page shows what was signed even when the post has
changed since. Shape:

    {"kind": "post", "url", "planned_at" | None, "time_zone", "language", "sources": [..], "campaign",
     "pictures": [{"asset", "kind", "alt_text", "captions"}],     (captions: what a film's subtitles say)
     "channels": [{"channel", "name", "handle", "network", "parts": [..as sent, the first comment last..],
                   "first_comment", "links": [{"url", "title", "description"}]   (those with a card),
                   "needs": [..], "findings": [{"rule", "field", "says", "start", "end", "why", "instead",
                                               "weight", "sign_off", "citation"}]}]}

Channels that say the same each have their own entry; a page may fold them by equal `parts`.
"""

from typing import Any

from bedside.guard import Finding
from bedside.networks.catalogue import connector_of
from bedside.planning.judgement import Judged
from bedside.planning.models import Post


def card_of(post: Post, judged: list[Judged]) -> dict[str, Any]:
    """The card of a post as it is submitted."""
    return {
        "kind": "post",
        "url": f"/planning/posts/{post.pk}",
        "planned_at": post.planned_at.isoformat() if post.planned_at else None,
        "time_zone": post.organization.time_zone,
        "language": post.language,
        "sources": list(post.sources),
        "campaign": post.campaign.name if post.campaign else "",
        "pictures": [
            {
                "asset": str(m.asset_id),
                "kind": m.asset.kind,
                "alt_text": m.alt_text,
                "captions": m.asset.facts.get("captions", ""),
            }
            for m in post.media.all()
        ],
        "channels": [_channel(j) for j in judged],
    }


def _channel(judged: Judged) -> dict[str, Any]:
    channel = judged.channel
    return {
        "channel": str(channel.pk),
        "name": channel.name,
        "handle": channel.handle,
        "network": channel.network,
        "parts": list(connector_of(channel.network).fits.as_sent(judged.outgoing)),
        "first_comment": judged.outgoing.first_comment,
        "links": [
            {"url": link.url, "title": link.title, "description": link.description}
            for link in judged.material.links
            if link.title or link.description
        ],
        "needs": sorted(judged.verdict.sign_offs),
        "findings": [finding_on_card(f) for f in judged.verdict.findings],
    }


def finding_on_card(finding: Finding) -> dict[str, Any]:
    """A finding as every card keeps it, a post's or an answer's."""
    names = ("rule", "field", "says", "start", "end", "why", "instead", "weight", "sign_off", "citation")
    return {name: getattr(finding, name) for name in names}
