"""Bluesky: its card, and the facets it offers. What the network demands is told in README.md."""

from __future__ import annotations

from bedside.networks.bluesky import converse, fits, measure, moderate, publish, sign_in
from bedside.networks.contract import Card, Connector
from bedside.networks.words import sentence as _

CARD = Card(
    key="bluesky",
    name="Bluesky",
    about=_("Short public posts on an open network; replies can be hidden, views are not counted."),
    limits=fits.LIMITS,
    metrics=measure.METRICS,
    has_threads=True,
    has_first_comment=True,
    has_alt_text=True,
    has_subtitles=True,
    link_card="us",
)

CONNECTOR = Connector(
    card=CARD,
    fits=fits,
    connect=sign_in,
    publish=publish,
    converse=converse,
    moderate=moderate,
    measure=measure,
)
