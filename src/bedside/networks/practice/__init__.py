"""The practice network: its card, and the facets. What it demands is told in docs/rooms/practice.md."""

from __future__ import annotations

from bedside.networks.contract import Card, Connector
from bedside.networks.practice import converse, fits, measure, moderate, publish, reviews, sign_in
from bedside.networks.words import sentence as _

CARD = Card(
    key="practice",
    name="Practice network",
    about=_("A social network of our own to try things on; nothing on it leaves this machine."),
    limits=fits.LIMITS,
    metrics=measure.METRICS,
    has_threads=True,
    has_first_comment=True,
    has_alt_text=True,
    has_subtitles=True,
)

CONNECTOR = Connector(
    card=CARD,
    fits=fits,
    connect=sign_in,
    publish=publish,
    converse=converse,
    moderate=moderate,
    review=reviews,
    measure=measure,
)
