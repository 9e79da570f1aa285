"""Deliveries, their attempts, and the receipts of what the networks accepted.

The delivery row is the truth about one thing leaving through one channel. Engines, workers and
answers may be lost or doubled; what this row says decides what is done next.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class Delivery(models.Model):
    """One material on its way to one channel. The subject is a variant of a post, or a reply of the inbox."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        HELD = "held", _("Held")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        UNSURE = "unsure", _("Being looked up")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)  # also the idempotency key
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.ForeignKey("networks.Channel", on_delete=models.PROTECT, related_name="deliveries")
    subject_kind = models.CharField(max_length=20)  # "variant" or "reply"; see publishing.subjects
    subject_id = models.UUIDField()
    excerpt = models.CharField(max_length=140, blank=True)  # for lists
    fingerprint = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    not_before_at = models.DateTimeField(null=True, blank=True)  # back-off; due_at itself never moves
    reason_code = models.CharField(max_length=40, blank=True)  # why held, failed or unsure
    reason = models.CharField(max_length=500, blank=True)  # the same as a sentence, with what to do
    progress = models.JSONField(default=dict, blank=True)  # the connector's own, saved before each call
    leaving = models.JSONField(
        default=dict, blank=True
    )  # the exact words handed to the network; see `leaving`
    tries = models.PositiveSmallIntegerField(default=0)
    look_ups = models.PositiveSmallIntegerField(
        default=0
    )  # how often we looked for it since it became unsure
    attempt_token = models.UUIDField(null=True, blank=True)  # of the attempt that may write; others came late
    claimed_by = models.CharField(max_length=60, blank=True)
    lease_until_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    scheduled_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            # The same words go to the same channel for the same subject only once, whatever happens.
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "channel"],
                condition=~Q(state="cancelled"),
                name="one_living_delivery",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "held", "sending", "sent", "unsure", "failed", "cancelled"]
                ),
                name="delivery_state",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(
                fields=["channel", "due_at", "id"], condition=Q(state="waiting"), name="delivery_lane"
            ),
            models.Index(fields=["lease_until_at"], condition=Q(state="sending"), name="delivery_leases"),
            models.Index(fields=["not_before_at"], condition=Q(state="unsure"), name="delivery_look_ups"),
            models.Index(fields=["channel", "-due_at", "-id"], name="delivery_by_channel"),
            models.Index(fields=["organization", "-due_at", "-id"], name="delivery_newest"),
            models.Index(fields=["organization", "state", "-due_at", "-id"], name="delivery_by_state"),
            models.Index(fields=["subject_kind", "subject_id"], name="delivery_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.excerpt} → {self.channel}"


class Lane(models.Model):
    """One channel's way out: whoever holds its lease sends its deliveries, one at a time and in order.

    So a channel's order holds over many workers, and no channel has two calls in the air.
    """

    channel = models.OneToOneField(
        "networks.Channel", on_delete=models.CASCADE, primary_key=True, related_name="lane"
    )
    claimed_by = models.CharField(max_length=60, blank=True)
    lease_until_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)  # a failed delivery at its head is waited for
    window_at = models.DateTimeField(
        null=True, blank=True
    )  # since when `window_count` departures are counted
    window_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"Lane of {self.channel_id}"


class Attempt(models.Model):
    """One try at sending or at looking up, with its token; opened and committed before the network is called."""

    class Kind(models.TextChoices):
        SEND = "send", _("Sending")
        LOOK_UP = "look_up", _("Looking up")
        DELETE = "delete", _("Deleting")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)  # the attempt token
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField()
    worker = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, blank=True
    )  # receipt, refused, try_later, sign_in_again, unsure, ...
    says = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["started_at"]
        indexes = [models.Index(fields=["delivery", "started_at"], name="attempt_by_delivery")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}: {self.outcome}"


class Receipt(models.Model):
    """The network's word that it has the post: its id and address there. Parts of a thread are in `parts`."""

    delivery = models.OneToOneField(
        Delivery, on_delete=models.CASCADE, primary_key=True, related_name="receipt"
    )
    remote_id = models.CharField(max_length=300)
    url = models.URLField(max_length=1000, blank=True)
    parts = models.JSONField(
        default=list, blank=True
    )  # [{"what": "thread[1]", "remote_id": ..., "url": ...}]
    extra = models.JSONField(default=dict, blank=True)
    accepted_at = models.DateTimeField()
    seen_live_at = models.DateTimeField(null=True, blank=True)
    missed_at = models.DateTimeField(null=True, blank=True)  # we looked, and it was not there (any more)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_because = models.CharField(max_length=300, blank=True)
    evidence = models.JSONField(default=dict, blank=True)  # what stood there before it was deleted

    class Meta:
        indexes = [
            models.Index(fields=["remote_id"], name="receipt_by_remote"),
            models.Index(
                fields=["accepted_at"],
                condition=Q(seen_live_at=None, missed_at=None, deleted_at=None),
                name="receipt_to_verify",
            ),
        ]

    def __str__(self) -> str:
        return self.remote_id
