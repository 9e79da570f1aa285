"""What stands between this post and the public? One sentence, and buttons that say what they will really do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.guard import Finding, Verdict
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning.clearance import Clearance
from bedside.planning.judgement import Judged, may_be_cleared_alone, needs_of, stops
from bedside.planning.models import Post
from bedside.planning.progress import Leaving

Tone = str


@dataclass(frozen=True)
class Act:
    """One button: the verb it sends, and its words."""

    do: str
    label: str
    icon: str = ""
    is_primary: bool = False
    is_danger: bool = False


@dataclass(frozen=True)
class Outlook:
    """The sentence at the top of a post. `asks_checklist`: the author may clear it alone after ticking it."""

    tone: Tone
    icon: str
    sentence: str
    acts: tuple[Act, ...] = ()
    asks_checklist: bool = False


def draft_outlook(
    judged: list[Judged],
    *,
    shared: Verdict | None = None,
    is_empty: bool,
    planned_at: datetime | None,
    member: Member,
    allows_solo: bool,
) -> Outlook:
    """How a draft stands, as it is written at this moment; `shared` is the verdict while no channel is chosen."""
    send = Act("submit", _("Send for approval"), "send", is_primary=True)
    if not member.can(Power.WRITE):
        return Outlook("quiet", "draft", _("A draft. Its authors are still writing."))
    if is_empty:
        return Outlook("quiet", "edit", _("Write something, or add a picture. It is saved as you go."))
    if not judged:
        return _without_channel(shared)
    if hindrance := _hindrance(judged):
        return hindrance
    needs = needs_of(judged)
    if any(f.is_violation for j in judged for f in j.verdict.findings):
        return Outlook(
            "danger", "stop", _about_a_patient(), (Act("submit", _("Ask the privacy officer"), "send"),)
        )
    if allows_solo and may_be_cleared_alone(judged):
        label = _("Clear and schedule for %s") % said(planned_at) if planned_at else _("Clear it")
        alone = Act("clear", label, "verify", is_primary=True)
        sentence = _("The guard finds nothing. You can clear it yourself after the checklist.")
        return Outlook("good", "guard", sentence, (alone, Act("submit", send.label)), asks_checklist=True)
    sentence = _("Needs %s before it can leave.") % _signatures(needs)
    if planned_at:
        sentence += " " + _("Then it leaves %s") % said(planned_at)
    return Outlook("person" if needs != {"brand"} else "action", "approvals", sentence, (send,))


def post_outlook(
    post: Post,
    *,
    member: Member,
    waits_for: list[str],
    clearances: Mapping[UUID, Clearance],
    leaving: Mapping[UUID, Leaving],
) -> Outlook:
    """How a post that is no draft stands."""
    again = Act("reopen", _("Take back and edit"), "edit") if member.can(Power.WRITE) else None
    if post.state == Post.State.WITHDRAWN:
        acts = (Act("reopen", _("Make it a draft again"), "undo", is_primary=True),) if again else ()
        return Outlook("quiet", "withdrawn", _("Withdrawn. Nothing of it leaves."), acts)
    if post.state == Post.State.SUBMITTED:
        who = _(" and ").join(waits_for) if waits_for else _("a signature")
        return Outlook("person", "hourglass", _("Waits for %s.") % who, (again,) if again else ())
    if leaving:
        return _on_its_way(leaving, again)
    if unclear := next((c for c in clearances.values() if not c.is_clear), None):
        mend = (Act("reopen", _("Take back and submit again"), "undo", is_primary=True),) if again else ()
        return Outlook(
            "danger" if unclear.code == "guard_stops" else "person", "warning", unclear.sentence, mend
        )
    return _agreed(post, member, again)


def said(at: datetime) -> str:
    """A moment as people say it, in the page's zone: "Tue, Nov 24, 9:00"."""
    local = timezone.localtime(at)
    # Translators: Django's format of a weekday and a day without year, e.g. "D, M j" or "D, j M"
    return f"{date_format(local, _('D, M j'))}, {date_format(local, 'TIME_FORMAT')}"


def _without_channel(shared: Verdict | None) -> Outlook:
    """Nobody chose where it should appear; what the guard finds in the shared words is told all the same."""
    found = shared.findings if shared else ()
    if stopped := _stopped([finding for finding in found if stops(finding)]):
        return stopped
    if any(finding.is_violation for finding in found):
        return Outlook("danger", "stop", _about_a_patient())
    return Outlook("quiet", "channel", _("Choose where it should appear."))


def _about_a_patient() -> str:
    return _(
        "Stopped: this could tell the public about a patient. Mend what the guard marks. As it stands, only a"
        " privacy officer could let it pass, with the person's written authorization."
    )


def _stopped(findings: Iterable[Finding]) -> Outlook | None:
    places = {(f.rule, f.field, f.start, f.says) for f in findings}
    if not places:
        return None
    sentence = ngettext(
        "The guard stops this at %(count)d place. Mend what it marks; nobody can sign it as it is.",
        "The guard stops this at %(count)d places. Mend what it marks; nobody can sign it as it is.",
        len(places),
    ) % {"count": len(places)}
    return Outlook("danger", "stop", sentence)


def _hindrance(judged: list[Judged]) -> Outlook | None:
    if stopped := _stopped(finding for j in judged for finding in j.stops):
        return stopped
    refused = [j.channel.name for j in judged if j.problems]
    if refused:
        return Outlook(
            "danger", "warning", _("It does not fit yet on %s. See the preview there.") % ", ".join(refused)
        )
    if not all(j.is_ready for j in judged):
        return Outlook("info", "hourglass", _("A picture is still being looked at. It takes a moment."))
    return None


def _on_its_way(leaving: Mapping[UUID, Leaving], again: Act | None) -> Outlook:
    states = [step.state for step in leaving.values()]
    total = len(states)
    if states.count("deleted") == total:
        return Outlook(
            "quiet",
            "delete",
            _("It was public and was taken down. Duplicate it to say it again, or something better."),
        )
    if sent := states.count("sent"):
        sentence = (
            _("Published.")
            if sent == total
            else _("Published on %(sent)d of %(total)d channels.") % {"sent": sent, "total": total}
        )
        return Outlook("good" if sent == total else "person", "sent", sentence)
    worst = next((s for s in leaving.values() if s.state in ("failed", "held", "unsure")), None)
    if worst:
        tone = "danger" if worst.state == "failed" else "person"
        return Outlook(tone, worst.state if worst.state != "held" else "pause", worst.sentence or worst.label)
    waiting = [step.at for step in leaving.values() if step.state == "waiting"]
    if waiting:
        sentence = _("Everything is signed. It leaves %s") % said(min(waiting))
        return Outlook("good", "clock", sentence, (again,) if again else ())
    return Outlook("info", "sending", _("It is on its way."))


def _agreed(post: Post, member: Member, again: Act | None) -> Outlook:
    more = (again,) if again else ()
    if not member.can(Power.PUBLISH):
        return Outlook(
            "good", "verify", _("Everything is signed. Somebody who may publish plans its time."), more
        )
    if post.planned_at is None:
        return Outlook("good", "verify", _("Everything is signed. Choose when it should leave."), more)
    sentence = _("Everything is signed. Planned for %s") % said(post.planned_at)
    return Outlook("good", "clock", sentence, more)


def _signatures(needs: frozenset[str]) -> str:
    words = {
        "privacy": _("a privacy officer's signature"),
        "clinical": _("a clinical signature"),
        "brand": _("a brand signature"),
    }
    return _(" and ").join(words[need] for need in ("privacy", "clinical", "brand") if need in needs)
