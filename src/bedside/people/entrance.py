"""The way into the demonstration clinic, which is built by a room above this one.

`config.wiring` says here how the demonstration is built; without it the way is closed. It is closed as well once there
is an organization of somebody's own: whoever comes to its address must not find a desk that needs no password.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from bedside.foundation.work import job, soon
from bedside.people.models import Member, Organization


@dataclass
class Demonstration:
    """How the demonstration clinic is built; None where it is not offered."""

    build: Callable[[], None] | None = None


demonstration = Demonstration()


def is_open() -> bool:
    """Whether anybody may look around: the operator says so (BEDSIDE_DEMO), or there is nothing else here yet."""
    return settings.BEDSIDE_IS_DEMO or not is_set_up()


def is_set_up() -> bool:
    """Whether somebody has founded an organization of their own."""
    return Organization.objects.filter(is_demo=False).exists()


@job
def build_demonstration() -> None:
    """Build the demonstration clinic, unless there is one or it would stay closed."""
    if not is_open():
        return
    if demonstration.build is not None and not demo_organization():
        demonstration.build()


def ask_for_demonstration() -> None:
    """Let the worker build the demonstration clinic soon."""
    soon(build_demonstration)


def demo_organization() -> Organization | None:
    """The demonstration clinic once it is there."""
    return Organization.objects.filter(is_demo=True).first()


def demo_members() -> list[Member]:
    """One member for each role of the demonstration clinic, whom a visitor can try out."""
    members = Member.objects.active().filter(organization__is_demo=True).select_related("role", "user")
    by_role: dict[str, Member] = {}
    for member in members.order_by("joined_at"):
        by_role.setdefault(member.role.key or member.role.name, member)
    return list(by_role.values())
