"""What did one post bring, channel by channel? Every number with its definition, its source, and when it was read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bedside.insights.charts import Chart, growth_chart
from bedside.insights.definitions import WORDS, definition_of, word_for
from bedside.insights.models import RawMetric, Result
from bedside.insights.queries import metrics_named, readings_of, results_of_post
from bedside.networks.models import Channel
from bedside.networks.queries import network_name
from bedside.people.models import Member
from bedside.planning.models import Post

ORDER = tuple(WORDS)


@dataclass(frozen=True)
class PostNumber:
    """One number of a post on one channel; `raw` is the network's own name for it."""

    means: str
    name: str
    value: float
    shown: str
    definition: str
    raw: str
    source: str


@dataclass(frozen=True)
class OnChannel:
    """A post on one channel: where it stands, and its numbers as of the last reading (None: not read yet)."""

    channel: Channel
    network_name: str
    sent_at: datetime
    read_at: datetime | None
    next_at: datetime | None
    is_gone: bool
    url: str
    numbers: tuple[PostNumber, ...]


@dataclass(frozen=True)
class Numbers:
    """Everything that is known of a post's numbers."""

    post: Post
    channels: tuple[OnChannel, ...]
    chart: Chart | None


def numbers_of(member: Member, post_id: UUID | str) -> Numbers:
    """The numbers of a post of the member's organization (else a 404). A constant number of queries."""
    post, results = results_of_post(member, post_id)
    metrics = metrics_named({int(key) for result in results for key in result.latest})
    channels = tuple(_on_channel(result, metrics) for result in results)
    return Numbers(post, channels, _growth(results))


def _on_channel(result: Result, metrics: dict[int, RawMetric]) -> OnChannel:
    numbers = [
        _number(metrics[int(key)], value) for key, value in result.latest.items() if int(key) in metrics
    ]
    return OnChannel(
        channel=result.channel,
        network_name=network_name(result.channel),
        sent_at=result.sent_at,
        read_at=result.read_at,
        next_at=result.next_at,
        is_gone=result.misses > 0 and result.next_at is None,
        url=result.delivery.receipt.url,
        numbers=tuple(sorted(numbers, key=_rank)),
    )


def _number(metric: RawMetric, value: float) -> PostNumber:
    return PostNumber(
        means=metric.means,
        name=word_for(metric.means, metric.name),
        value=value,
        shown=number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True),
        definition=definition_of(metric.network, metric.name),
        raw=metric.name,
        source=_("%(raw)s, as the network counts it (%(version)s)")
        % {"raw": metric.name, "version": metric.api_version},
    )


def _rank(number: PostNumber) -> tuple[int, str]:
    return (ORDER.index(number.means) if number.means in ORDER else len(ORDER), number.raw)


def _growth(results: list[Result]) -> Chart | None:
    """A chart where there is a curve: at least three readings that differ."""
    names = {result.pk: result.channel.name for result in results}
    readings = [(names[pk], at, value) for pk, at, value in readings_of(results, "likes")]
    return growth_chart(readings) if len(readings) >= 3 else None
