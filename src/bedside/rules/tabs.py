"""The parts of this room, each shown to members who may see it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.rules.models import Mark
from bedside.rules.queries import marks_for, waivers_waiting_for

SEES_RULES = (Power.VIEW, Power.MANAGE_RULES)
SEES_WAIVERS = (Power.WRITE, Power.ANSWER, *SIGNING_POWERS.values())
SEES_ACCURACY = (Power.MANAGE_RULES, Power.MEASURE, Power.AUDIT)


@dataclass(frozen=True)
class Tab:
    """One part: where it is and how many things wait there for the member."""

    label: str
    url: str
    is_current: bool
    icon: str
    count: int = 0


_PARTS: tuple[tuple[str, Promise, str, tuple[Power, ...]], ...] = (
    ("own", _("Our own rules"), "edit", (Power.MANAGE_RULES,)),
    ("all", _("All rules"), "guard", SEES_RULES),
    ("waivers", _("Let pass"), "approvals", SEES_WAIVERS),
    ("marks", _("Marked as wrong"), "flag", (Power.MANAGE_RULES,)),
    ("accuracy", _("Accuracy"), "insights", SEES_ACCURACY),
)


def tabs_for(member: Member, current: str) -> list[Tab]:
    """The tabs above every page of the room."""
    waiting = {"waivers": lambda: len(waivers_waiting_for(member)), "marks": lambda: _open_marks(member)}
    return [
        Tab(
            str(label),
            reverse(f"rules:{name}"),
            name == current,
            icon,
            waiting[name]() if name in waiting else 0,
        )
        for name, label, icon, powers in _PARTS
        if member.can_any(powers)
    ]


def _open_marks(member: Member) -> int:
    return marks_for(member, state=Mark.State.OPEN).count()
