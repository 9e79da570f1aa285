"""Assets and saved texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class Asset(models.Model):
    """A picture, video or document. The bytes never change: the name of the file is their hash.

    What may leave is the *clean* file: decoded, re-encoded, without metadata. The original stays
    out of reach of the web. `facts` holds what was seen in it (guard.MediaFacts as JSON), and where (`areas`).
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("Picture")
        VIDEO = "video", _("Video")
        GIF = "gif", _("Animated picture")
        DOCUMENT = "document", _("Document")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)  # the file name as it was uploaded
    mime = models.CharField(max_length=60)
    content_hash = models.CharField(max_length=64)  # SHA-256 of the clean file, hexadecimal
    original_path = models.CharField(max_length=200)
    clean_path = models.CharField(max_length=200)
    thumbnail_path = models.CharField(max_length=200, blank=True)
    bytes = models.BigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    alt_text = models.CharField(_("alt text"), max_length=1500, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    # A covered copy knows the picture that it was made from; that one is withheld: privacy officers alone see it.
    made_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="covered_copies"
    )
    withheld_at = models.DateTimeField(null=True, blank=True)
    captions_path = models.CharField(
        max_length=200, blank=True
    )  # the subtitles of a film, as they were uploaded
    looked_percent = models.PositiveSmallIntegerField(default=0)  # how far looking at a film has come

    class Meta:
        indexes = [
            models.Index(fields=["organization", "archived_at", "-uploaded_at"], name="asset_newest"),
            models.Index(fields=["organization", "content_hash"], name="asset_by_hash"),
        ]

    def __str__(self) -> str:
        return self.name


class SavedReply(models.Model):
    """A safe answer or text that the organization uses again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="saved_replies"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    language = models.CharField(max_length=10, default="en")
    place = models.PositiveSmallIntegerField(default=100)  # in the list; the first nine have keys
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["place", "title"]
        verbose_name_plural = "saved replies"

    def __str__(self) -> str:
        return self.title
