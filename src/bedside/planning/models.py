"""Campaigns, posts, their wording per channel, their pictures, their versions, and queue slots."""

from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class Campaign(models.Model):
    """A theme with a beginning and an end; shown as a band in the calendar."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="campaigns"
    )
    name = models.CharField(_("name"), max_length=120)
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word to find posts by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Something the organization means to say, with shared wording that each channel's variant may override."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for signatures")
        AGREED = "agreed", _("Agreed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="posts")
    campaign = models.ForeignKey(
        Campaign, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="posts")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    text = models.TextField(_("text"), blank=True)
    first_comment = models.TextField(_("first comment"), blank=True)
    thread = models.JSONField(default=list, blank=True)  # further parts, in order
    sources = models.JSONField(default=list, blank=True)  # where its medical statements come from
    previews = models.JSONField(default=list, blank=True)  # what its links show: url, title, description
    language = models.CharField(max_length=10, default="en")
    planned_at = models.DateTimeField(null=True, blank=True)  # when it is to leave; a variant may differ
    revision = models.PositiveIntegerField(default=1)  # counts up with every save; a stale save is refused
    created_by = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    edited_by = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    # The opened page that saved last: what it saves next starts from that, even when our answer to it got lost.
    saved_from = models.UUIDField(null=True, editable=False)
    # Everybody who had a hand in the present wording: none of them may sign it.
    authors = models.ManyToManyField("people.Member", related_name="+")

    class Meta:
        indexes = [
            # With all that the calendar and the list's count ask for: the rows themselves stay untouched.
            models.Index(fields=["organization", "planned_at", "state", "id"], name="post_by_plan"),
            models.Index(fields=["organization", "state", "-edited_at"], name="post_by_state"),
        ]

    def __str__(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(60) or "Empty post"


class Variant(models.Model):
    """The wording of a post for one channel. None inherits from the post; an empty text says nothing there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey("networks.Channel", on_delete=models.PROTECT, related_name="variants")
    text = models.TextField(null=True, blank=True)
    first_comment = models.TextField(null=True, blank=True)
    thread = models.JSONField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    # Its own time or its post's, kept by every verb that plans, so that a channel can be read in order of time.
    leaves_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="variant_once")]
        indexes = [models.Index(fields=["channel", "leaves_at"], name="variant_by_time")]

    def __str__(self) -> str:
        return f"{self.post} on {self.channel}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.leaves_at = self.planned_at or self.post.planned_at
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "leaves_at"}
        super().save(*args, **kwargs)


class PostMedia(models.Model):
    """A picture of a post, in order, with its alt text there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="media")
    asset = models.ForeignKey("library.Asset", on_delete=models.PROTECT, related_name="uses")
    order = models.PositiveSmallIntegerField()
    alt_text = models.CharField(_("alt text"), max_length=1500, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["post", "order"], name="post_media_order")]

    def __str__(self) -> str:
        return self.alt_text or str(self.asset)


class PostVersion(models.Model):
    """How a post read after one save: a snapshot, so that two versions can be compared in words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    content = models.JSONField()
    was_submitted = models.BooleanField(default=False)  # what was put before signers is never written over
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="version_once")]

    def __str__(self) -> str:
        return f"Version {self.revision}"


class SoloClearance(models.Model):
    """The author of a one-person practice cleared material in which the guard found nothing, after the checklist."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    fingerprint = models.CharField(max_length=80)
    checklist = models.JSONField()  # the questions and the answers given
    given_by = models.ForeignKey("people.Member", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "fingerprint"], name="solo_by_subject")]

    def __str__(self) -> str:
        return f"Cleared by {self.given_by}"


class QueueSlot(models.Model):
    """A weekly time at which a channel likes to speak, in the organization's time zone. Monday is 0."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.ForeignKey("networks.Channel", on_delete=models.CASCADE, related_name="queue_slots")
    weekday = models.PositiveSmallIntegerField()
    time = models.TimeField()

    class Meta:
        ordering = ["weekday", "time"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "time"], name="slot_once"),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="slot_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.time:%H:%M}"
