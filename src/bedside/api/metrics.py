"""What a monitoring system reads: how many deliveries stand where, how late the oldest is, who is alive.

Counted from the database when asked, so that every process of every machine gives the same answer.
"""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.http import HttpRequest
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from bedside.api.models import Call
from bedside.foundation import clock
from bedside.foundation.models import Heartbeat
from bedside.networks.models import Channel
from bedside.people.powers import Power
from bedside.people.tokens import token_by
from bedside.publishing.models import Delivery

UNFINISHED = ("waiting", "held", "sending", "unsure", "failed")


def may_read(request: HttpRequest) -> bool:
    """Directly from this machine (not through a proxy), or with a key that may see numbers."""
    is_direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    if is_direct and request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1"):
        return True
    word, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = token_by(secret) if word == "Bearer" else None
    return found is not None and Power.MEASURE in found.powers


class _Collector:
    """Asks the database once for each reading."""

    def collect(self) -> Iterator[Metric]:
        yield _counted(
            "bedside_deliveries",
            "Deliveries that have not ended, by state.",
            dict(
                Delivery.objects.filter(state__in=UNFINISHED)
                .values_list("state")
                .annotate(n=Count("pk"))
                .order_by("state")
            ),
            "state",
        )
        yield GaugeMetricFamily(
            "bedside_oldest_due_seconds",
            "How late the oldest due delivery is, in seconds.",
            value=_lateness(),
        )
        channels = Channel.objects.values_list("health").annotate(n=Count("pk")).order_by("health")
        yield _counted("bedside_channels", "Channels, by health.", dict(channels), "health")
        waiting = Call.objects.filter(taken_at=None, given_up_at=None).count()
        yield GaugeMetricFamily(
            "bedside_webhook_calls_waiting", "Messages to other programs that wait.", value=waiting
        )
        beats = GaugeMetricFamily(
            "bedside_heartbeat_age_seconds",
            "How long ago a process last gave a sign of life.",
            labels=["process"],
        )
        for beat in Heartbeat.objects.all():
            beats.add_metric([beat.process], (clock.now() - beat.seen_at).total_seconds())
        yield beats


def exposition() -> tuple[bytes, str]:
    """The text and its content type."""
    registry = CollectorRegistry()
    registry.register(_Collector())
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _lateness() -> float:
    due = Delivery.objects.filter(state="waiting", due_at__lte=clock.now()).aggregate(first=Min("due_at"))[
        "first"
    ]
    return (clock.now() - due).total_seconds() if due else 0.0


def _counted(name: str, words: str, counts: dict[str, int], label: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=[label])
    for value, count in counts.items():
        family.add_metric([value], count)
    return family
