"""What does it take to let a finding pass, and which findings have been let pass? Asked wherever material is judged.

A waiver belongs to a fingerprint, a rule and the places where it found something. It counts only while the finding
is no graver than it was when the waiver was given; what can never be overridden is never waived.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from bedside.guard import Finding, Override, Verdict
from bedside.guard.verdict import with_waivers
from bedside.people.models import Member
from bedside.people.powers import SIGNING_POWERS, Power
from bedside.rules.grading import RANK
from bedside.rules.models import Waiver

_DEMANDS: dict[str, int] = {
    "author-dismiss": 0,
    "approver-with-reason": 1,
    "privacy-officer-plus-second-person": 2,
    "never": 3,
}


def level_of(finding: Finding) -> Override:
    """What it takes to let this finding pass here.

    Advice stops nothing, so its author may put it aside. What an organization made graver needs an approver.
    """
    if finding.override == "never":
        return "never"
    if finding.weight == "advises":
        return "author-dismiss"
    return "approver-with-reason" if finding.override == "author-dismiss" else finding.override


def gravest(findings: Iterable[Finding]) -> Finding:
    """The finding that takes the most to let pass."""
    return max(findings, key=lambda each: (_DEMANDS[level_of(each)], RANK[each.weight]))


def deciding_powers(level: str, sign_off: str, weight: str) -> tuple[Power, ...]:
    """The powers of which one is needed to decide first; the second person needs any signing power."""
    if level == "privacy-officer-plus-second-person":
        return (Power.APPROVE_PRIVACY,)
    if weight == "needs sign-off" and sign_off:
        return (SIGNING_POWERS[sign_off],)
    return tuple(SIGNING_POWERS.values())


def may_decide(waiver: Waiver, member: Member) -> bool:
    """Whether it is this member's turn: not an author, the right power, and not the one who agreed already."""
    if str(member.pk) in waiver.authors or member.organization_id != waiver.organization_id:
        return False
    if waiver.state == Waiver.State.ASKED:
        return member.can_any(deciding_powers(waiver.level, waiver.sign_off, waiver.weight))
    is_second = waiver.state == Waiver.State.BEGUN and waiver.first_by_id != member.pk
    return is_second and member.can_any(SIGNING_POWERS.values())


def waived_verdicts(organization_id: UUID, verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """These verdicts by fingerprint, without the findings that were let pass. No query where nothing was found."""
    given = {verdict.fingerprint: verdict for verdict in verdicts}
    asked = [fingerprint for fingerprint, verdict in given.items() if verdict.findings]
    if not asked:
        return given
    waivers: dict[str, dict[str, Waiver]] = defaultdict(dict)  # one for each rule at most
    found = Waiver.objects.filter(
        organization_id=organization_id, fingerprint__in=asked, state=Waiver.State.GIVEN
    )
    for waiver in found.only("fingerprint", "rule", "places", "level", "weight"):
        waivers[waiver.fingerprint][waiver.rule] = waiver
    for fingerprint, of_it in waivers.items():
        given[fingerprint] = _without(given[fingerprint], of_it)
    return given


def after_waivers(organization_id: UUID, verdict: Verdict) -> Verdict:
    """One verdict without the findings that were let pass."""
    return waived_verdicts(organization_id, [verdict])[verdict.fingerprint]


def _without(verdict: Verdict, waivers: Mapping[str, Waiver]) -> Verdict:
    def is_waived(finding: Finding) -> bool:
        waiver = waivers.get(finding.rule)
        return waiver is not None and covers(waiver, finding)

    return with_waivers(verdict, is_waived)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether the waiver, once it is given, reaches this finding as it weighs today."""
    return (
        [finding.field, finding.start, finding.end] in waiver.places
        and _DEMANDS[waiver.level] >= _DEMANDS[level_of(finding)]
        and RANK[waiver.weight] >= RANK[finding.weight]
    )
