"""A hold: nothing leaves while one is in force."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        """Holds that have not been lifted."""
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """A stop, with who placed it and why. No organization: everything; no channel: the whole organization.

    `channel_id` is a plain id, because this room does not know networks.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, null=True, blank=True, related_name="holds"
    )
    channel_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["lifted_at", "organization"], name="hold_in_force")]

    def __str__(self) -> str:
        return self.reason
