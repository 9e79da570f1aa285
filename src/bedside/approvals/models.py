"""Routes (who signs what), requests (one material waiting for signatures), decisions, outside links.

A request is about a *subject* that this room does not know: a kind and an id ("post", "reply"),
the fingerprints of what is to be signed, and a card: everything a signer must see, as plain JSON
written by the room that asks.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class Route(models.Model):
    """The steps an organization asks for when material has a need: privacy, clinical or brand.

    Without a row of its own for a need, the organization uses the built-in route: one signature by
    somebody with that signing power. When several needs meet, their steps are joined, privacy first.
    """

    class Need(models.TextChoices):
        PRIVACY = "privacy", _("Privacy")
        CLINICAL = "clinical", _("Clinical")
        BRAND = "brand", _("Brand")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="routes")
    need = models.CharField(max_length=20, choices=Need.choices)
    expires_after_hours = models.PositiveIntegerField(default=24 * 14)  # after that the signatures lapse

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "need"], name="route_once")]

    def __str__(self) -> str:
        return f"{self.get_need_display()}"


class RouteStep(models.Model):
    """One step of a route: who may sign (a signing kind, or named members) and how many of them must."""

    class Rule(models.TextChoices):
        ANYONE = "anyone", _("One of them")
        EVERYONE = "everyone", _("All of them")

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    signing = models.CharField(max_length=20, choices=Route.Need.choices)  # which signing power counts
    rule = models.CharField(max_length=10, choices=Rule.choices, default=Rule.ANYONE)
    members = models.ManyToManyField(
        "people.Member", blank=True, related_name="+"
    )  # empty: all with the power

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["route", "order"], name="route_step_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_signing_display()}"


class Request(models.Model):
    """One material waiting for signatures; bound to its fingerprints, void when they change."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for signatures")
        AGREED = "agreed", _("Signed")
        CHANGES_WANTED = "changes_wanted", _("Changes asked for")
        REFUSED = "refused", _("Refused")
        VOID = "void", _("Void")
        EXPIRED = "expired", _("Expired")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="requests")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=80)  # over all parts, see `fingerprint_of`
    parts = models.JSONField()  # the fingerprints of the single materials, sorted
    card = models.JSONField(default=dict)  # what the signer sees; written by the asking room
    needs = models.JSONField(default=list)  # ["privacy", "clinical", "brand"]
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    authors = models.JSONField(default=list)  # member ids that wrote it: none of them may sign
    asked_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    wanted_by_at = models.DateTimeField(null=True, blank=True)  # when the material is due to leave
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    spent_at = models.DateTimeField(
        null=True, blank=True
    )  # its time is over, and everything had left by then

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(state="open"), name="one_open_request"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "state", "-asked_at"], name="request_queue"),
            models.Index(fields=["subject_kind", "subject_id", "fingerprint"], name="request_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One step of a request, copied from the route when it was asked, so that later changes do not reach back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    signing = models.CharField(max_length=20, choices=Route.Need.choices)
    rule = models.CharField(max_length=10, choices=RouteStep.Rule.choices)
    signers = models.JSONField(default=list)  # member ids; empty: anybody with the signing power
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["request", "order"], name="step_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.get_signing_display()}"


class OutsideSigner(models.Model):
    """A person who is no member and signs one request by a personal link that expires."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="outside_signers")
    signing = models.CharField(max_length=20, choices=Route.Need.choices)
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} (outside)"


class Decision(models.Model):
    """What one signer said about one request at one step; bound to the fingerprint it was said of."""

    class Says(models.TextChoices):
        SIGN = "sign", _("Signed")
        CHANGE = "change", _("Asked for a change")
        REFUSE = "refuse", _("Refused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="decisions")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="decisions")
    says = models.CharField(max_length=10, choices=Says.choices)
    fingerprint = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    by = models.ForeignKey("people.Member", on_delete=models.PROTECT, null=True, related_name="+")
    by_outside = models.ForeignKey(
        OutsideSigner, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "by"], condition=Q(undone_at=None), name="one_decision_of_a_member"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False, by_outside=None) | Q(by=None, by_outside__isnull=False),
                name="decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by or self.by_outside}: {self.get_says_display()}"


class Comment(models.Model):
    """A remark on a subject, kept over all its requests."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    text = models.TextField()
    by = models.ForeignKey("people.Member", on_delete=models.PROTECT, null=True, related_name="+")
    by_outside = models.ForeignKey(OutsideSigner, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "written_at"], name="comment_by_subject")
        ]

    def __str__(self) -> str:
        return self.text[:60]
