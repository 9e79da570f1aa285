"""A line of the record and the head of each chain.

Every organization has a chain of its own, the installation has one more (organization_id null).
A line's hash covers the hash before it and everything the line says, so a changed, removed or
inserted line breaks the chain at a place that `verify` names.
"""

from django.db import models

from bedside.foundation.ids import uuid7

NO_LINE = "0" * 64
"""What a chain's first line follows."""


class Chain(models.Model):
    """The head of one organization's chain; locked while a line is appended."""

    key = models.CharField(max_length=40, primary_key=True)  # the organization's id, or "installation"
    length = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default=NO_LINE)

    def __str__(self) -> str:
        return f"{self.key}: {self.length} lines"


class Record(models.Model):
    """One line: who did what to which object, when, in words and as data. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="records")
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)  # member, token, outside, system
    actor_id = models.CharField(max_length=60, blank=True)
    actor_label = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)  # "post.submitted", "delivery.sent"
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    object_label = models.CharField(max_length=300)
    words = models.TextField()  # the sentence a person reads
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="record_number_once")]
        indexes = [
            models.Index(fields=["chain", "object_kind", "object_id", "number"], name="record_by_object"),
            models.Index(fields=["chain", "verb", "number"], name="record_by_verb"),
            models.Index(fields=["chain", "at"], name="record_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"
