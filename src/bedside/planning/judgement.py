"""What the guard and the networks say of a post: one judgement for each of its channels.

The composer shows it while somebody writes, submitting refuses by it, and the card that signers see is made
from it. Whether a post may leave is a further question: `clearance.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bedside import guard
from bedside.foundation import clock
from bedside.guard import Finding, Material, OrganizationFacts, SignOff, Verdict
from bedside.library.models import Asset
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Outgoing, Problem
from bedside.networks.models import Channel
from bedside.networks.queries import limits_of
from bedside.people.models import Organization
from bedside.planning.content import Content
from bedside.planning.material import material_of, outgoing_of
from bedside.rules.facts import organization_facts
from bedside.rules.waiving import after_waivers, waived_verdicts


@dataclass(frozen=True)
class Judged:
    """One channel of a post: what would go out there, what the guard finds, and what the network refuses."""

    channel: Channel
    material: Material
    outgoing: Outgoing
    verdict: Verdict
    problems: tuple[Problem, ...]

    @property
    def is_ready(self) -> bool:
        """Whether every picture has been looked at; until then the verdict is not the last word."""
        return all(media.is_judged for media in self.material.media)

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings that nobody may let pass."""
        return tuple(f for f in self.verdict.findings if stops(f))


def stops(finding: Finding) -> bool:
    """Whether this finding keeps the material in the house whoever signs: it has to be mended."""
    return finding.weight == "stops" or (finding.is_violation and finding.override == "never")


def judge_post(
    content: Content,
    *,
    organization: Organization,
    channels: Iterable[Channel],
    assets: Mapping[UUID, Asset],
    on: date | None = None,
    facts: OrganizationFacts | None = None,
) -> list[Judged]:
    """Judge what `content` says on each of these channels, under the rules in force on that day (today)."""
    day = on or clock.today(organization.time_zone)
    known = facts or organization_facts(organization)
    judged = []
    verdicts: dict[str, Verdict] = {}  # channels that say the same are judged once
    materials = [(channel, material_of(content, channel.pk, assets)) for channel in channels]
    for _channel, material in materials:
        if material.fingerprint not in verdicts:
            verdicts[material.fingerprint] = guard.judge(material, organization=known, on=day)
    left = waived_verdicts(organization.pk, verdicts.values())
    for channel, material in materials:
        outgoing = outgoing_of(content, channel.pk, assets)
        problems = connector_of(channel.network).fits.problems(outgoing, limits_of(channel))
        judged.append(Judged(channel, material, outgoing, left[material.fingerprint], tuple(problems)))
    return judged


def judge_shared(
    content: Content, *, organization: Organization, assets: Mapping[UUID, Asset], on: date | None = None
) -> Verdict:
    """What the guard finds in the words that all channels share: for a post that has no channel yet."""
    day = on or clock.today(organization.time_zone)
    material = material_of(content, None, assets)
    verdict = guard.judge(material, organization=organization_facts(organization), on=day)
    return after_waivers(organization.pk, verdict)


def needs_of(judged: Iterable[Judged]) -> frozenset[SignOff]:
    """Whose signatures the post needs on all its channels together; where nothing special is found, the brand's."""
    needed: frozenset[SignOff] = frozenset().union(*(j.verdict.sign_offs for j in judged))
    return needed or frozenset({"brand"})


def may_be_cleared_alone(judged: Iterable[Judged]) -> bool:
    """Whether the guard finds nothing that needs anybody else: no stop and no sign-off, at most advice."""
    return all(j.is_ready and j.verdict.decision == "allow" and not j.verdict.sign_offs for j in judged)
