"""Webhooks: where other programs want to hear what happened, and each message on its way to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.api.kinds import KINDS, TRIAL
from bedside.foundation.ids import uuid7
from bedside.foundation.secrets import SealedField


class Webhook(models.Model):
    """One address of one organization, with the kinds of news it wants and the secret that signs them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=500)
    kinds = models.JSONField(default=list)
    secret = SealedField()
    made_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.url

    @property
    def words(self) -> list[str]:
        """What it wants to hear, as the settings page says it."""
        return [str(KINDS.get(kind, kind)) for kind in self.kinds]


class Call(models.Model):
    """One message to one webhook: sent until it is taken or its time is over. Holds ids and states, no words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="calls")
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(taken_at=None, given_up_at=None), name="call_due"),
            models.Index(fields=["webhook", "-made_at"], name="call_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook}"

    @property
    def word(self) -> str:
        """What it tells, as the settings page says it."""
        return str(_("A message to try it out") if self.kind == TRIAL else KINDS.get(self.kind, self.kind))
