"""What signers see of an answer: what it answers, its exact public words, and what the guard says of them.

Plain JSON, kept with the request. Shape: `{"kind": "reply", "url", "answering", "answering_kind", "rating",
"channels": [{"channel", "name", "handle", "network", "parts", "first_comment", "needs", "findings"}]}`.
"""

from typing import Any

from bedside.inbox.judgement import Judged
from bedside.inbox.models import Reply
from bedside.networks.catalogue import connector_of
from bedside.planning.card import finding_on_card


def card_of(reply: Reply, judged: Judged) -> dict[str, Any]:
    """The card of an answer as it is sent for signatures."""
    conversation = reply.conversation
    channel = conversation.channel
    return {
        "kind": "reply",
        "url": f"/inbox/{conversation.pk}",
        "answering": reply.answers.text,
        "answering_kind": conversation.kind,
        "rating": conversation.rating,
        "language": reply.organization.language,
        "channels": [
            {
                "channel": str(channel.pk),
                "name": channel.name,
                "handle": channel.handle,
                "network": channel.network,
                "parts": list(connector_of(channel.network).fits.as_sent(judged.outgoing)),
                "first_comment": "",
                "needs": sorted(judged.needs()),
                "findings": [finding_on_card(each) for each in judged.verdict.findings],
            }
        ],
    }
