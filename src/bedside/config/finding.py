"""What do the rooms let the command palette and the search page find? Posts, campaigns, the library, people, settings.

Every source shows only what the member may see anyway. Words are looked for among the newest things, so that the
answer comes while somebody types.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.library.queries import assets_for
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.models import Campaign, Post
from bedside.web import palette
from bedside.web.palette import PER_GROUP, Hit
from bedside.web.pills import pill_for
from bedside.web.shell_atoms import url_or_none

SEARCHED = 5_000  # the newest posts; older ones are found in the calendar's list
LONGEST = 8  # words of a search that count

# Places within the settings: power, words, address, icon.
SETTINGS = (
    (Power.MANAGE_ORGANIZATION, gettext_lazy("Organization"), "people:organization", "organization"),
    (Power.MANAGE_ORGANIZATION, gettext_lazy("Policies"), "people:policies", "policy"),
    (Power.MANAGE_ORGANIZATION, gettext_lazy("Locations"), "people:locations", "location"),
    (Power.MANAGE_ORGANIZATION, gettext_lazy("Clinicians"), "people:clinicians", "clinician"),
    (Power.MANAGE_PEOPLE, gettext_lazy("People"), "people:members", "people"),
    (Power.MANAGE_PEOPLE, gettext_lazy("Roles"), "people:roles", "shield"),
    (Power.MANAGE_CHANNELS, gettext_lazy("Channels"), "networks:channels", "channel"),
    (Power.MANAGE_RULES, gettext_lazy("Our own rules"), "rules:own", "guard"),
    (Power.VIEW, gettext_lazy("All rules"), "rules:all", "guard"),
    (Power.MANAGE_RULES, gettext_lazy("Accuracy of the rules"), "rules:accuracy", "insights"),
    (Power.MANAGE_RULES, gettext_lazy("Approval routes"), "approvals:routes", "approvals"),
    (Power.MANAGE_ORGANIZATION, gettext_lazy("Webhooks"), "api:webhooks", "webhook"),
    (Power.HOLD, gettext_lazy("Holds"), "crisis:holds", "pause"),
)


def connect() -> None:
    """Register every source. May be called again."""
    palette.register("posts", posts)
    palette.register("campaigns", campaigns)
    palette.register("assets", assets)
    palette.register("people", people)
    palette.register("settings", settings)


def posts(member: Member, words: str) -> Iterator[Hit]:
    """The newest posts whose text has every word."""
    if not member.can(Power.VIEW):
        return
    mine = Post.objects.filter(organization_id=member.organization_id)
    newest = mine.order_by("-pk").values("pk")[:SEARCHED]
    found = mine.filter(_all(words, "text"), pk__in=newest).order_by("-pk").only("text", "state")
    for post in found[:PER_GROUP]:
        state = str(pill_for(post.state).word)
        yield Hit(Truncator(post.text).chars(80), f"/planning/posts/{post.pk}", "draft", state, _("Posts"))


def campaigns(member: Member, words: str) -> Iterator[Hit]:
    """Campaigns by their name."""
    if not member.can(Power.VIEW):
        return
    found = Campaign.objects.filter(_all(words, "name"), organization_id=member.organization_id)
    for campaign in found.filter(archived_at=None)[:PER_GROUP]:
        url = reverse("planning:campaign", args=[campaign.pk])
        yield Hit(campaign.name, url, "campaign", "", _("Campaigns"))


def assets(member: Member, words: str) -> Iterator[Hit]:
    """Pictures and documents by name and description."""
    if not member.can(Power.VIEW):
        return
    for asset in assets_for(member, words=" ".join(words.split()[:LONGEST]))[:PER_GROUP]:
        url = reverse("library:asset", args=[asset.pk])
        yield Hit(asset.name, url, "image", str(asset.get_kind_display()), _("Library"))


def people(member: Member, words: str) -> Iterator[Hit]:
    """Members by name, for those who manage them."""
    if not member.can(Power.MANAGE_PEOPLE):
        return
    active = Member.objects.active().filter(organization_id=member.organization_id)
    found = active.filter(_all(words, "user__name") | _all(words, "user__email"))
    for other in found.select_related("user", "role").order_by("user__name")[:PER_GROUP]:
        url = reverse("people:member", args=[other.pk])
        yield Hit(other.name, url, "member", other.role.name, _("People"))


def settings(member: Member, words: str) -> Iterator[Hit]:
    """The pages within the settings."""
    for power, label, name, icon in SETTINGS:
        if words.lower() in str(label).lower() and member.can(power) and (url := url_or_none(name)):
            yield Hit(str(label), url, icon, "", _("Settings"))


def _all(words: str, field: str) -> Q:
    """That `field` has every one of the words, whatever their case."""
    found = Q()
    for word in words.split()[:LONGEST]:
        found &= Q(**{f"{field}__icontains": word})
    return found
