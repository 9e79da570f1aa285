"""Mastodon and servers that speak its language: the card, and the facets. What they demand is told in
README.md.
"""

from __future__ import annotations

from bedside.networks.contract import Card, Connector
from bedside.networks.mastodon import converse, fits, measure, publish, sign_in
from bedside.networks.words import sentence as _

CARD = Card(
    key="mastodon",
    name="Mastodon",
    about=_("Posts on an open network of many servers; each server sets its own limits and rules."),
    limits=fits.LIMITS,
    metrics=measure.METRICS,
    has_threads=True,
    has_first_comment=True,
    has_alt_text=True,
    link_card="network",
)

CONNECTOR = Connector(
    card=CARD,
    fits=fits,
    connect=sign_in,
    publish=publish,
    converse=converse,
    measure=measure,
)
