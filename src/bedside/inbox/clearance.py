"""How answers stand for the room that delivers them: may this leave, as it reads now, under today's rules?

The same questions as for a post (`planning.clearance`): nothing stops it, and either its exact words are signed, or
the guard finds nothing and the organization lets its moderators answer directly. In bulk, from one reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.approvals.queries import signature_marks, signatures_many
from bedside.guard import OrganizationFacts
from bedside.inbox.judgement import KIND, Judged, judge_reply
from bedside.inbox.models import Reply
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.publishing.subjects import Standing, Wanted
from bedside.rules.facts import organization_facts


class ReplySubject:
    """An answer, for the room that delivers it (`publishing.subjects.Subject`)."""

    power: str = Power.ANSWER

    def standings(self, wanted: Sequence[Wanted]) -> Mapping[UUID, Standing]:
        """How each answer stands now, by id; ids that no longer exist are left out."""
        return standings(each.subject_id for each in wanted)

    def marks(self, subject_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """The present mark of each answer, its row locked where the database can."""
        rows = Reply.objects.select_for_update(no_key=True).filter(pk__in=list(subject_ids)).order_by("pk")
        now = list(rows.values_list("pk", "revision", "state"))
        signed = signature_marks(KIND, (pk for pk, _revision, _state in now))
        return {pk: _mark(revision, state, signed.get(pk, "")) for pk, revision, state in now}

    def owners(self, subject_id: UUID) -> Sequence[Member]:
        """Everybody who had a hand in the answer and is still a member."""
        wrote = Reply.authors.through.objects.filter(reply_id=subject_id).values("member_id")
        return list(Member.objects.active().filter(pk__in=wrote).select_related("role", "user"))

    def url(self, subject_id: UUID) -> str:
        """The page of the conversation that the answer belongs to."""
        conversation = Reply.objects.filter(pk=subject_id).values_list("conversation_id", flat=True).first()
        return f"/inbox/{conversation}" if conversation else "/inbox/"

    def family(self, subject_id: UUID) -> Sequence[UUID]:
        """An answer stands alone."""
        return [subject_id]


def standings(reply_ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """How each answer stands now, by id: a handful of queries for any number of them."""
    replies = list(
        Reply.objects.filter(pk__in=list(reply_ids)).select_related(
            "answers", "organization", "conversation__channel"
        )
    )
    marks = signature_marks(
        KIND, [reply.pk for reply in replies]
    )  # before the signatures, which they may outlive
    signatures = signatures_many({(KIND, reply.pk) for reply in replies})
    facts: dict[UUID, OrganizationFacts] = {}
    found = {}
    for reply in replies:
        organization = reply.organization
        if organization.pk not in facts:
            facts[organization.pk] = organization_facts(organization)
        judged = judge_reply(reply, facts[organization.pk])
        code, sentence = _why_not(reply, judged, signatures[(KIND, reply.pk)])
        found[reply.pk] = Standing(
            fingerprint=judged.verdict.fingerprint,
            outgoing=judged.outgoing,
            is_clear=not code,
            code=code,
            sentence=sentence,
            mark=_mark(reply.revision, reply.state, marks.get(reply.pk, "")),
        )
    return found


def may_go_directly(judged: Judged, reply: Reply) -> bool:
    """Whether nobody has to sign: the guard finds nothing, and the organization trusts its moderators so far."""
    return judged.is_clean and reply.organization.allows_direct_answers


def _why_not(reply: Reply, judged: Judged, signatures: Mapping[str, frozenset[str]]) -> tuple[str, str]:
    """A code and a sentence, or two empty strings when it may leave."""
    if reply.state not in (Reply.State.AGREED, Reply.State.SENT):
        return "not_agreed", _("The answer is not agreed. Send it again from its conversation.")
    if reply.answers.deleted_at is not None:
        return (
            "parent_deleted",
            _("What this answers was deleted by its author. Take the answer back, or answer something else."),
        )
    if judged.stops:
        return (
            "guard_stops",
            _("Under today's rules the guard stops this answer. Take it back and mend what is underlined."),
        )
    signed = signatures.get(judged.verdict.fingerprint)
    if signed is None:
        if may_go_directly(judged, reply):
            return "", ""
        return "not_signed", _("No living signature covers exactly these words. Send the answer again.")
    if missing := judged.verdict.sign_offs - signed:
        return (
            "signature_missing",
            _("Today's rules ask for a further signature (%(which)s). Send the answer again.")
            % {"which": ", ".join(sorted(missing))},
        )
    return "", ""


def _mark(revision: int, state: str, signed: str) -> str:
    return f"{revision}.{state}{signed}"
