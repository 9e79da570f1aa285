"""What exactly would become public with an answer, and what the guard and the network say of it.

One material is judged, signed and sent; the text being answered is part of it, because "yes" means something else
below another question. Whether it may leave now is `clearance`.
"""

from dataclasses import dataclass
from datetime import date

from bedside import guard
from bedside.foundation import clock
from bedside.guard import Finding, LinkFacts, Material, OrganizationFacts, SignOff, Verdict
from bedside.inbox.models import Message, Reply
from bedside.networks.catalogue import connector_of
from bedside.networks.contract import Count, Outgoing, Problem, RemoteRef
from bedside.networks.models import Channel
from bedside.networks.queries import limits_of
from bedside.people.models import Organization
from bedside.planning.judgement import stops
from bedside.planning.links import links_in
from bedside.rules.facts import organization_facts
from bedside.rules.waiving import after_waivers

KIND = "reply"  # the subject of approvals and of deliveries


@dataclass(frozen=True)
class Judged:
    """An answer with what would go out, what the guard finds, what the network refuses, and its length."""

    material: Material
    outgoing: Outgoing
    verdict: Verdict
    problems: tuple[Problem, ...]
    count: Count

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings that nobody may let pass."""
        return tuple(finding for finding in self.verdict.findings if stops(finding))

    @property
    def is_clean(self) -> bool:
        """Whether the guard finds nothing that anybody would have to sign: at most advice."""
        return self.verdict.decision == "allow" and not self.verdict.sign_offs

    def needs(self) -> frozenset[SignOff]:
        """Whose signatures it needs when it may not go directly: the findings', else the brand's."""
        return self.verdict.sign_offs or frozenset({"brand"})


def material_of(text: str, answered: Message) -> Material:
    """The answer as the guard judges it. `answered` is the message of theirs that it stands below."""
    return Material(
        surface="review_reply" if answered.kind == "review" else "comment_reply",
        text=text,
        links=tuple(LinkFacts(url) for url in links_in(text)),
        parent=answered.text,
    )


def outgoing_of(text: str, answered: Message, language: str) -> Outgoing:
    """The answer as a connector takes it."""
    ref = RemoteRef(answered.remote_id, dict(answered.remote_extra))
    return Outgoing(text=text, in_reply_to=ref, language=language)


def judge_answer(
    text: str,
    *,
    answered: Message,
    channel: Channel,
    organization: Organization,
    facts: OrganizationFacts | None = None,
    on: date | None = None,
) -> Judged:
    """Judge an answer under the rules in force on that day (today in the organization's zone)."""
    material, outgoing = material_of(text, answered), outgoing_of(text, answered, organization.language)
    found = guard.judge(
        material,
        organization=facts or organization_facts(organization),
        on=on or clock.today(organization.time_zone),
    )
    verdict = after_waivers(organization.pk, found)
    fits, limits = connector_of(channel.network).fits, limits_of(channel)
    public = fits.as_sent(outgoing)  # some networks add whom it answers, and count it
    return Judged(
        material,
        outgoing,
        verdict,
        tuple(fits.problems(outgoing, limits)),
        fits.count(public[0] if public else text, limits),
    )


def judge_reply(reply: Reply, facts: OrganizationFacts | None = None) -> Judged:
    """A stored answer, judged; read it with `answers`, `conversation__channel` and `organization`."""
    return judge_answer(
        reply.text,
        answered=reply.answers,
        channel=reply.conversation.channel,
        organization=reply.organization,
        facts=facts,
    )
