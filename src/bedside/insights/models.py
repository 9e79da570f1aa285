"""What was measured: raw readings under the networks' own names, and the small sums that pages are made from.

Networks rename their metrics; so a reading keeps the raw name and the version of the interface, and what we call
it is looked up. Pages never add up readings: `Result` holds the latest of each post, `Day` of each channel's day.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class RawMetric(models.Model):
    """A number as one network names it in one version of its interface; `means` is our word for it, or empty."""

    network = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    api_version = models.CharField(max_length=60)
    means = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "name", "api_version"], name="raw_metric_once")
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.name}"


class Measurement(models.Model):
    """One reading that differed from the one before: the value of one metric of a post, or of an account.

    Rows are only added. When a post is no longer read, those after its first day are thinned to the last of
    each week; see `thinning`.
    """

    channel = models.ForeignKey(
        "networks.Channel", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    delivery = models.ForeignKey(  # None: of the account itself
        "publishing.Delivery", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    metric = models.ForeignKey(RawMetric, on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["delivery", "metric", "at"],
                condition=models.Q(delivery__isnull=False),
                name="measurement_of_post",
            ),
            models.Index(
                fields=["channel", "metric", "at"],
                condition=models.Q(delivery=None),
                name="measurement_of_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}: {self.value:g}"


class Result(models.Model):
    """What one post has brought on one channel, as of its last reading, and when it is read next.

    Empty numbers are unknown: the network does not tell, or was not asked yet. `reactions` is the sum of
    likes, shares, replies, quotes and saves that are known.
    """

    delivery = models.OneToOneField(
        "publishing.Delivery", on_delete=models.CASCADE, primary_key=True, related_name="result"
    )
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="results", db_index=False
    )
    channel = models.ForeignKey(
        "networks.Channel", on_delete=models.CASCADE, related_name="results", db_index=False
    )
    post = models.ForeignKey("planning.Post", on_delete=models.CASCADE, null=True, related_name="results")
    sent_at = models.DateTimeField()
    sent_on = models.DateField()  # the same as a day of the organization when it left
    next_at = models.DateTimeField(null=True, blank=True)  # None: it is read no more
    read_at = models.DateTimeField(null=True, blank=True)
    misses = models.PositiveSmallIntegerField(default=0)  # readings in a row in which it was not there
    latest = models.JSONField(default=dict, blank=True)  # {id of the raw metric: value}
    views = models.PositiveBigIntegerField(null=True, blank=True)
    likes = models.PositiveBigIntegerField(null=True, blank=True)
    shares = models.PositiveBigIntegerField(null=True, blank=True)
    replies = models.PositiveBigIntegerField(null=True, blank=True)
    quotes = models.PositiveBigIntegerField(null=True, blank=True)
    saves = models.PositiveBigIntegerField(null=True, blank=True)
    reactions = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "next_at"], condition=~models.Q(next_at=None), name="result_due"),
            # With everything that the overview adds up and sorts by, so that a year is read without touching the rows.
            models.Index(
                fields=["organization", "sent_on", "channel", "post", "reactions", "delivery"],
                name="result_sums",
            ),
            models.Index(
                fields=["channel", "sent_on", "post", "reactions", "delivery"], name="result_by_channel"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.reactions}"


class Day(models.Model):
    """One channel's day in the organization's time zone: what was gained, who followed, and what was said to us.

    `received` counts messages of others that day, `settled` those of them of which it is decided whether they were
    answered within a day, `answered` those that were.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    channel = models.ForeignKey("networks.Channel", on_delete=models.CASCADE, related_name="days")
    on = models.DateField(_("day"))
    gained = models.IntegerField(default=0)  # reactions more than at the readings before; may be negative
    followers = models.PositiveBigIntegerField(null=True, blank=True)
    followers_at = models.DateTimeField(null=True, blank=True)
    received = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, blank=True)  # when the messages were counted

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "on"], name="day_once")]
        indexes = [models.Index(fields=["organization", "on"], name="day_by_organization")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.on:%Y-%m-%d}"


class Turn(models.Model):
    """When a channel's account is read next, and until when we leave its network alone after trouble."""

    channel = models.OneToOneField(
        "networks.Channel", on_delete=models.CASCADE, primary_key=True, related_name="turn"
    )
    account_at = models.DateTimeField()
    rests_until_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Turn of {self.channel_id}"
