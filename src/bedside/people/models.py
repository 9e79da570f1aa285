"""Who there is: users who sign in, organizations, their places, clinicians, members, roles and keys."""

from collections.abc import Iterable
from copy import copy
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bedside.audit.actor import Actor
from bedside.foundation import clock
from bedside.foundation.ids import uuid7


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the name they sign in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in. What they may do is said by their memberships, never here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email


class Organization(models.Model):
    """A clinic, practice, hospital or group: the wall around everything it owns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)
    entity_type = models.CharField(max_length=40, blank=True)  # practice, hospital, health_department, ...
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/New_York")
    language = models.CharField(max_length=10, default="en")
    phones = models.JSONField(default=list, blank=True)
    emails = models.JSONField(default=list, blank=True)
    sites = models.JSONField(default=list, blank=True)
    handles = models.JSONField(default=list, blank=True)
    late_after_minutes = models.PositiveIntegerField(default=30)  # a delivery later than this is held
    lock_after_minutes = models.PositiveIntegerField(default=15)  # idle screens are locked
    requires_second_factor = models.BooleanField(default=True)
    # A practice of one person may clear what the guard finds nothing in; who chose so, and when, is recorded.
    allows_solo_clearance = models.BooleanField(default=False)
    # Moderators may send answers in which the guard finds nothing; otherwise every answer is signed.
    allows_direct_answers = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place where the organization sees patients, with its published address and phone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="locations")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)  # empty: the organization's

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="location_name_once")]

    def __str__(self) -> str:
        return self.name


class Clinician(models.Model):
    """Somebody of the directory who treats patients; their name in a post is not a patient's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="clinicians")
    locations = models.ManyToManyField(Location, blank=True, related_name="clinicians")
    full_name = models.CharField(_("full name"), max_length=200)
    credentials = models.CharField(_("credentials"), max_length=60, blank=True)  # "MD, FAAP"
    specialty = models.CharField(_("specialty"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    booking_link = models.URLField(_("booking link"), blank=True)
    is_spokesperson = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["full_name"]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.credentials}" if self.credentials else self.full_name


class Role(models.Model):
    """A named set of powers within one organization: the eight built-in ones and the organization's own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="roles")
    key = models.CharField(max_length=40, blank=True)  # of a built-in role; empty for custom ones
    name = models.CharField(_("name"), max_length=80)
    powers = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="role_name_once")]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        """Members who have not been removed."""
        return self.filter(removed_at=None, user__is_active=True)


class Member(models.Model):
    """A user's place in one organization, with one role. Removed members stay, so that the record reads well."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="members")
    title = models.CharField(max_length=120, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "user"], condition=Q(removed_at=None), name="member_once"
            )
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    # Set when a program acts with the member's key: it narrows the powers and is named in the record.
    key: "ApiToken | None" = None

    @property
    def powers(self) -> frozenset[str]:
        """The powers of the member's role as plain words; none once removed, and a key's at most."""
        own = frozenset(self.role.powers) if self.removed_at is None else frozenset()
        return own if self.key is None else own & frozenset(self.key.granted_powers)

    def can(self, power: str) -> bool:
        """Whether the member's role has `power`."""
        return str(power) in self.powers

    def can_any(self, powers: Iterable[str]) -> bool:
        """Whether the member's role has at least one of `powers`."""
        return not self.powers.isdisjoint(str(p) for p in powers)

    @property
    def actor(self) -> Actor:
        """How the record names the member, or the key with which a program acts for them."""
        return Actor("member", str(self.id), self.user.name) if self.key is None else self.key.actor


class Invitation(models.Model):
    """An invitation by e-mail link: only the token's digest is stored; used once, expires."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.ForeignKey(Role, on_delete=models.CASCADE)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} as {self.role}"


class ApiToken(models.Model):
    """A key for programs: acts for the member who made it, with a subset of that member's powers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="api_tokens")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=100)
    token_digest = models.CharField(max_length=64, unique=True)
    granted_powers = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def powers(self) -> frozenset[str]:
        """What the key may do: what it was given and its member still has."""
        return frozenset(self.granted_powers) & self.member.powers

    @property
    def actor(self) -> Actor:
        """How the record names the key."""
        return Actor("token", str(self.id), f"{self.name} (key of {self.member.user.name})")

    def acting_member(self) -> Member:
        """The key's member as the one who acts, with no more powers than the key has; whoever else holds the member
        holds them as they were."""
        acting = copy(self.member)
        acting.key = self
        return acting


class Notice(models.Model):
    """Something a member should know, shown on their Today page and sent by e-mail where they wish so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["member", "read_at", "created_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.sentence

    def mark_read(self) -> None:
        """The member has seen it."""
        self.read_at = self.read_at or clock.now()
        self.save(update_fields=["read_at"])
