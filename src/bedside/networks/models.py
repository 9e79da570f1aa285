"""Channels: one connected page or profile each, with its sealed credentials and its health."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7
from bedside.foundation.secrets import SealedField
from bedside.foundation.states import moves

CHANNEL_MOVES = moves(
    "channel",
    "healthy",
    healthy="needs_sign_in disconnected",
    needs_sign_in="healthy disconnected",
    disconnected="healthy",
)


class Channel(models.Model):
    """A page or profile on a network. Signing in again keeps the row, and with it the history."""

    class Health(models.TextChoices):
        HEALTHY = "healthy", _("Connected")
        NEEDS_SIGN_IN = "needs_sign_in", _("Needs sign-in")
        DISCONNECTED = "disconnected", _("Disconnected")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="channels")
    location = models.ForeignKey("people.Location", on_delete=models.SET_NULL, null=True, blank=True)
    network = models.CharField(max_length=30)  # the connector's key in the catalogue
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    server_url = models.URLField(max_length=500, blank=True)
    avatar_url = models.URLField(max_length=1000, blank=True)
    limits = models.JSONField(default=dict, blank=True)  # what the server said of itself
    credentials = SealedField(null=True, blank=True)
    credentials_expire_at = models.DateTimeField(null=True, blank=True)
    health = models.CharField(max_length=20, choices=Health.choices, default=Health.HEALTHY)
    problem = models.CharField(max_length=400, blank=True)  # what is wrong and what to do, for a person
    not_before_at = models.DateTimeField(null=True, blank=True)  # the network asked us to wait until then
    read_cursor = models.JSONField(default=dict, blank=True)  # how far the inbox has read
    connected_at = models.DateTimeField()
    # Whoever holds this lock may exchange the credentials; see `sessions`. It lapses by itself.
    locked_by = models.CharField(max_length=40, blank=True)
    locked_until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "network"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "network", "server_url", "remote_id"], name="channel_once"
            ),
            models.CheckConstraint(
                condition=Q(health__in=["healthy", "needs_sign_in", "disconnected"]), name="channel_health"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.network})"
