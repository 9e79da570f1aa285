"""Powers: what a member may do, one word each. Roles are nothing but named sets of powers."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bedside.foundation.refusal import NotAllowed


class Power(StrEnum):
    """One thing a member may do. Every view and every API operation names the power it needs."""

    VIEW = "view"  # read posts, calendar, ledger, inbox and numbers
    WRITE = "write"  # write and submit posts, upload to the library
    PUBLISH = "publish"  # schedule, hold one's posts, cancel, delete live posts
    APPROVE_BRAND = "approve_brand"
    APPROVE_CLINICAL = "approve_clinical"
    APPROVE_PRIVACY = "approve_privacy"
    ANSWER = "answer"  # read and answer the inbox
    MEASURE = "measure"  # see and export numbers
    HOLD = "hold"  # stop and release sending for a channel or the organization
    AUDIT = "audit"  # read, verify and export the record
    MANAGE_RULES = "manage_rules"  # own guard rules, re-grades, routes
    MANAGE_CHANNELS = "manage_channels"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANIZATION = "manage_organization"


POWER_NAMES = {
    Power.VIEW: _("See posts, calendar and ledger"),
    Power.WRITE: _("Write posts and upload pictures"),
    Power.PUBLISH: _("Schedule, cancel and delete posts"),
    Power.APPROVE_BRAND: _("Sign for the brand"),
    Power.APPROVE_CLINICAL: _("Sign as a clinician"),
    Power.APPROVE_PRIVACY: _("Sign for privacy"),
    Power.ANSWER: _("Read and answer the inbox"),
    Power.MEASURE: _("See and export numbers"),
    Power.HOLD: _("Stop and release sending"),
    Power.AUDIT: _("Read and export the record"),
    Power.MANAGE_RULES: _("Manage rules and approval routes"),
    Power.MANAGE_CHANNELS: _("Connect channels"),
    Power.MANAGE_PEOPLE: _("Invite people and give roles"),
    Power.MANAGE_ORGANIZATION: _("Change the organization and its directory"),
}
NotAllowed.words.update({str(power): name for power, name in POWER_NAMES.items()})

# The approvals room asks for signatures by kind; this is the power that gives each.
SIGNING_POWERS = {
    "brand": Power.APPROVE_BRAND,
    "clinical": Power.APPROVE_CLINICAL,
    "privacy": Power.APPROVE_PRIVACY,
}

_EVERYTHING = tuple(Power)

BUILT_IN_ROLES: dict[str, tuple[Power, ...]] = {
    "administrator": tuple(
        p for p in _EVERYTHING if p not in (Power.APPROVE_CLINICAL, Power.APPROVE_PRIVACY)
    ),
    "privacy_officer": (
        Power.VIEW,
        Power.APPROVE_PRIVACY,
        Power.APPROVE_BRAND,
        Power.HOLD,
        Power.AUDIT,
        Power.MANAGE_RULES,
        Power.ANSWER,
        Power.MEASURE,
    ),
    "clinical_approver": (Power.VIEW, Power.APPROVE_CLINICAL),
    "brand_approver": (Power.VIEW, Power.WRITE, Power.PUBLISH, Power.APPROVE_BRAND, Power.MEASURE),
    "author": (Power.VIEW, Power.WRITE, Power.PUBLISH),
    "moderator": (Power.VIEW, Power.ANSWER),
    "analyst": (Power.VIEW, Power.MEASURE),
    "viewer": (Power.VIEW,),
}

ROLE_NAMES = {
    "administrator": _("Administrator"),
    "privacy_officer": _("Privacy officer"),
    "clinical_approver": _("Clinical approver"),
    "brand_approver": _("Brand approver"),
    "author": _("Author"),
    "moderator": _("Moderator"),
    "analyst": _("Analyst"),
    "viewer": _("Viewer"),
}
