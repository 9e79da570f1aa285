"""What an organization adds to the guard: own rules, re-grades, waivers, marks, and how often rules fired.

The guard itself knows none of this; `facts` hands it over as values. Rules that ship with the product have no row
here: they are named by their id.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.foundation.ids import uuid7


class Weight(models.TextChoices):
    """What a finding does. The values are the guard's."""

    STOPS = "stops", _("Stops the post")
    SIGN_OFF = "needs sign-off", _("Needs a signature")
    ADVISES = "advises", _("Advises")


class Level(models.TextChoices):
    """Who may let a single finding pass. The values are the guard's."""

    NEVER = "never", _("Nobody")
    PRIVACY = "privacy-officer-plus-second-person", _("A privacy officer and a second person")
    APPROVER = "approver-with-reason", _("An approver, with a reason")
    AUTHOR = "author-dismiss", _("The author")


class SignOff(models.TextChoices):
    """Whose signature is asked for."""

    PRIVACY = "privacy", _("Privacy")
    CLINICAL = "clinical", _("Clinical")
    BRAND = "brand", _("Brand")


class SurfaceChoice(models.TextChoices):
    """Where a text is said. The values are the guard's."""

    POST = "post", _("Posts")
    COMMENT_REPLY = "comment_reply", _("Answers to comments")
    REVIEW_REPLY = "review_reply", _("Answers to reviews")
    AD = "ad", _("Advertisements")
    PROFILE = "profile", _("Profiles")


class Edition(models.Model):
    """A name for the organization's own rules and weights as they stand; it changes with every change of them."""

    organization = models.OneToOneField(
        "people.Organization", on_delete=models.CASCADE, primary_key=True, related_name="rules_edition"
    )
    name = models.UUIDField(default=uuid7)

    def __str__(self) -> str:
        return str(self.name)


class OwnRule(models.Model):
    """A rule of the organization's own: words and phrases in plain writing, and what to say instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "people.Organization", on_delete=models.CASCADE, related_name="own_rules"
    )
    key = models.CharField(max_length=60)  # how findings name it: "own-pet-names"; never changes
    title = models.CharField(_("name"), max_length=120)
    phrases = models.JSONField(default=list)
    why = models.CharField(max_length=400, blank=True)
    instead = models.CharField(max_length=400, blank=True)
    weight = models.CharField(max_length=20, choices=Weight.choices, default=Weight.ADVISES)
    sign_off = models.CharField(max_length=20, choices=SignOff.choices, default=SignOff.BRAND)
    override = models.CharField(max_length=40, choices=Level.choices, default=Level.APPROVER)
    surfaces = models.JSONField(default=list)  # empty: everywhere
    replacement = models.CharField(max_length=200, blank=True)
    breaks = models.JSONField(default=list)
    keeps = models.JSONField(default=list)
    made_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="own_rule_key_once")]

    def __str__(self) -> str:
        return self.title


class Regrade(models.Model):
    """Another weight for a rule that ships with the product, with the reason. Ended ones stay as history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="regrades")
    rule = models.CharField(max_length=80)
    weight = models.CharField(max_length=20, choices=Weight.choices)
    reason = models.CharField(max_length=400)
    made_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "rule"], condition=Q(ended_at=None), name="regrade_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_weight_display()}"


class Waiver(models.Model):
    """A recorded decision that what a rule finds does not stop this material; `level` is what it took.

    It counts for this fingerprint and these places only (`[field, start, end]`), and only while the findings are
    no graver than they were (`weight`).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        BEGUN = "begun", _("One of two agreed")
        GIVEN = "given", _("Let pass")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="waivers")
    subject_kind = models.CharField(max_length=20)  # "post" or "conversation"
    subject_id = models.UUIDField()
    fingerprint = models.CharField(max_length=80)
    surface = models.CharField(max_length=20, choices=SurfaceChoice.choices)
    rule = models.CharField(max_length=80)
    title = models.CharField(max_length=160)  # of the rule, as it read
    places = models.JSONField(default=list)
    texts = models.JSONField(default=dict)  # the fields in which they stand, for those who decide
    why = models.TextField(blank=True)
    weight = models.CharField(max_length=20, choices=Weight.choices)
    sign_off = models.CharField(max_length=20, choices=SignOff.choices, blank=True)
    level = models.CharField(max_length=40, choices=Level.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    authors = models.JSONField(default=list)  # member ids that wrote it: none of them decides
    asked_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    first_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    first_reason = models.TextField(blank=True)
    second_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # refused or withdrawn
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "fingerprint", "rule"],
                condition=~Q(state__in=["refused", "withdrawn"]),
                name="waiver_once",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "state", "-asked_at"], name="waiver_queue"),
            models.Index(fields=["subject_kind", "subject_id"], name="waiver_by_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> str:
        """The words that were found, all places of them."""
        found = (self.texts.get(field, "")[start:end] for field, start, end in self.places)
        return " … ".join(words for words in found if words)


class Mark(models.Model):
    """A member says that a finding is wrong: a rule at a place of exactly one material.

    It lets nothing pass; reviewed, it becomes an example of the rule.
    """

    class Kind(models.TextChoices):
        NOT_A_PATIENT = "not_a_patient", _("Not a patient")
        HARMLESS = "harmless_here", _("Harmless here")
        OTHER = "other", _("Wrong for another reason")

    class State(models.TextChoices):
        OPEN = "open", _("To be reviewed")
        ACCEPTED = "accepted", _("Kept as an example")
        REJECTED = "rejected", _("The rule was right")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="marks")
    rule = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    surface = models.CharField(max_length=20, choices=SurfaceChoice.choices)
    field = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=300, blank=True)
    says = models.TextField(blank=True)  # emptied with `example` when the rule was right
    example = models.JSONField(default=dict)  # in the form of an input line of `bedside guard check`
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    marked_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("people.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # of whoever reviewed it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "fingerprint", "rule", "field", "start", "end"], name="mark_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "state", "marked_at"], name="mark_queue"),
            models.Index(fields=["organization", "rule", "state"], name="mark_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_kind_display()}"


class CountedMaterial(models.Model):
    """A material that somebody handed in, counted once however often it is judged. Its words are not kept here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey("people.Organization", on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=80)
    surface = models.CharField(max_length=20, choices=SurfaceChoice.choices)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "fingerprint"], name="material_counted_once")
        ]
        indexes = [models.Index(fields=["organization", "counted_at"], name="material_by_time")]

    def __str__(self) -> str:
        return self.fingerprint


class Firing(models.Model):
    """That a rule found something in a counted material, at how many places, and how grave it was then."""

    material = models.ForeignKey(CountedMaterial, on_delete=models.CASCADE, related_name="firings")
    rule = models.CharField(max_length=80)
    weight = models.CharField(max_length=20, choices=Weight.choices)
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["material", "rule"], name="firing_once")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.places}"
