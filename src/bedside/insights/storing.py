"""How does a reading become rows? A measurement where a number changed, and the small sums made anew.

One short transaction for a channel's batch, so that nobody at a desk waits. That an account or a post was read
without change is told by the time of the reading alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from bedside.foundation import clock
from bedside.insights.models import Day, Measurement, RawMetric, Result
from bedside.insights.thinning import thin
from bedside.insights.timing import next_reading
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Number
from bedside.networks.models import Channel

COUNTED = ("views", "likes", "shares", "replies", "quotes", "saves")
REACTIONS = ("likes", "shares", "replies", "quotes", "saves")
GONE_AFTER = 2  # readings in which a post was not there


def store_posts(channel: Channel, found: Iterable[tuple[Result, Sequence[Number] | None]]) -> int:
    """Store one reading of these posts of a channel; None where the network no longer has the post.

    Returns how many numbers had changed.
    """
    now = clock.now()
    changed: list[Measurement] = []
    read: list[Result] = []
    gained = 0
    metrics = Metrics(channel.network)
    with transaction.atomic():
        for result, numbers in found:
            if numbers is None:
                _miss(result, now)
                continue
            changed += _take(channel, result, numbers, metrics)
            gained += _count(channel, result, numbers)
            read.append(_read(result, now))
        _keep(read)
        Measurement.objects.bulk_create(changed)
        for result in read:
            if result.next_at is None:
                thin(result)
        if gained:
            _day(channel, now)
            Day.objects.filter(channel=channel, on=_on(channel, now)).update(gained=F("gained") + gained)
    return len(changed)


def store_account(channel: Channel, numbers: Sequence[Number]) -> int:
    """Store one reading of the account itself; returns how many numbers had changed."""
    now = clock.now()
    known = Metrics(channel.network)
    metrics = {number.name: known.of(number) for number in numbers}
    with transaction.atomic():
        before = _latest_of_account(channel, [metric.pk for metric in metrics.values()])
        changed = [
            _measurement(channel, None, metrics[n.name], n)
            for n in numbers
            if before.get(metrics[n.name].pk) != float(n.value)
        ]
        Measurement.objects.bulk_create(changed)
        followers = [number for number in numbers if metrics[number.name].means == "followers"]
        if followers:
            day = _day(channel, now)
            Day.objects.filter(pk=day.pk).update(followers=int(followers[0].value), followers_at=now)
    return len(changed)


@lru_cache(maxsize=1000)
def means_of(network: str, name: str) -> str:
    """Our word for a network's raw name; empty where its card has none."""
    metrics = connector_of(network).card.metrics
    return next((metric.means for metric in metrics if metric.name == name), "")


class Metrics:
    """The rows of a network's raw names, read once for a batch; a name that is new gets its row."""

    def __init__(self, network: str) -> None:
        self.network = network
        self._known = {
            (metric.name, metric.api_version): metric for metric in RawMetric.objects.filter(network=network)
        }

    def of(self, number: Number) -> RawMetric:
        key = number.name[:60], number.api_version[:60]
        metric = self._known.get(key)
        means = means_of(self.network, number.name)
        if metric is None or metric.means != means:  # new, or this version of Bedside calls it otherwise
            metric, _made = RawMetric.objects.update_or_create(
                network=self.network, name=key[0], api_version=key[1], defaults={"means": means}
            )
            self._known[key] = metric
        return metric


def _take(channel: Channel, result: Result, numbers: Sequence[Number], metrics: Metrics) -> list[Measurement]:
    changed = []
    for number in numbers:
        metric = metrics.of(number)
        if result.latest.get(str(metric.pk)) != float(number.value):
            changed.append(_measurement(channel, result, metric, number))
            result.latest[str(metric.pk)] = float(number.value)
    return changed


def _count(channel: Channel, result: Result, numbers: Sequence[Number]) -> int:
    """Set what pages show; returns by how much the reactions grew."""
    counted = {means_of(channel.network, number.name): max(int(number.value), 0) for number in numbers}
    for means in COUNTED:
        if means in counted:
            setattr(result, means, counted[means])
    known = [value for means in REACTIONS if (value := getattr(result, means)) is not None]
    before = result.reactions or 0
    result.reactions = sum(known) if known else None
    return (result.reactions or 0) - before


def _read(result: Result, now: datetime) -> Result:
    result.read_at, result.misses = now, 0
    result.next_at = next_reading(result.sent_at, now)
    return result


def _keep(read: Sequence[Result]) -> None:
    """Write all results of a batch with one statement."""
    Result.objects.bulk_create(
        read,
        update_conflicts=True,
        unique_fields=["delivery"],
        update_fields=["read_at", "misses", "next_at", "latest", "reactions", *COUNTED],
    )


def _miss(result: Result, now: datetime) -> None:
    result.misses += 1
    result.next_at = next_reading(result.sent_at, now) if result.misses < GONE_AFTER else None
    result.save(update_fields=["misses", "next_at"])


def _measurement(channel: Channel, result: Result | None, metric: RawMetric, number: Number) -> Measurement:
    return Measurement(
        channel=channel,
        delivery_id=result.pk if result else None,
        metric=metric,
        value=float(number.value),
        at=number.at,
    )


def _latest_of_account(channel: Channel, metrics: Sequence[int]) -> Mapping[int, float]:
    read = Measurement.objects.filter(channel=channel, delivery=None, metric_id=OuterRef("pk"))
    latest = read.order_by("-at").values("value")[:1]
    known = RawMetric.objects.filter(pk__in=metrics).annotate(value=Subquery(latest))
    return {pk: value for pk, value in known.values_list("pk", "value") if value is not None}


def _day(channel: Channel, now: datetime) -> Day:
    day, _made = Day.objects.get_or_create(
        channel=channel, on=_on(channel, now), defaults={"organization_id": channel.organization_id}
    )
    return day


def _on(channel: Channel, now: datetime) -> date:
    return now.astimezone(ZoneInfo(channel.organization.time_zone)).date()
