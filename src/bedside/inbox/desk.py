"""What the inbox's pages show: the list with its filters, a conversation, and the box in which it is answered.

Everything a template needs is gathered here in a constant number of queries; templates ask nothing themselves.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.approvals.queries import latest_request
from bedside.guard import Finding, OrganizationFacts
from bedside.inbox import queries
from bedside.inbox.actions.hiding import can_hide
from bedside.inbox.actions.writing import too_long
from bedside.inbox.clearance import may_go_directly
from bedside.inbox.filters import Filter, reason_words
from bedside.inbox.judgement import KIND, Judged, judge_answer
from bedside.inbox.models import Conversation, Message, Reply
from bedside.inbox.reading import reader_for
from bedside.inbox.triage import Reason, reason_of
from bedside.library.saved_replies import saved_replies_for
from bedside.networks.words import translated
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.people.queries import members_with
from bedside.planning.margin import tone_of
from bedside.publishing.models import Delivery
from bedside.rules.facts import organization_facts
from bedside.rules.noting import NoteAnswer, answers_for, names_of, place_of, waived_of

KEYS = 9  # saved replies that have a key
NEAR = 40  # characters left when the counter turns amber
FIELD = "answer-text"  # the id of the box in which one answers
LOOKED_AT = 20  # messages of theirs in which the guard looks for personal details

_LOOKS = {
    "self_harm": ("shield-alert", "danger"),
    "emergency": ("shield-alert", "danger"),
    "threat": ("shield-alert", "danger"),
    "personal": ("lock", "person"),
    "question": ("question", "info"),
    "complaint": ("flag", "person"),
    "other": ("comment", "quiet"),
    "thanks": ("heart", "good"),
}

_NEEDS = {
    "privacy": gettext_lazy("the privacy officer"),
    "clinical": gettext_lazy("a clinician"),
    "brand": gettext_lazy("somebody for the brand"),
}


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    conversation: Conversation
    reason: Reason | None
    icon: str
    tone: str


@dataclass(frozen=True)
class Said:
    """A message with what the guard finds in it and whether it can be hidden."""

    message: Message
    findings: tuple[Finding, ...]
    can_hide: bool


@dataclass(frozen=True)
class Note:
    """What the guard says of the answer at one place; `control` is the box when its words stand there."""

    finding: Finding
    control: str
    answer: NoteAnswer | None


def row_of(conversation: Conversation) -> Row:
    """A conversation as the list shows it."""
    icon, tone = _LOOKS.get(conversation.reason, ("comment", "quiet"))
    if not conversation.reason and conversation.state == Conversation.State.ANSWERED:
        icon = "reply"
    return Row(conversation, reason_of(conversation.reason), icon, tone)


def list_context(member: Member, chosen: Filter) -> dict[str, Any]:
    """The list column: a page of conversations, and everything to filter by."""
    listed = queries.conversations_for(member, chosen.wanted, after=chosen.after)
    base, wanted = reverse("inbox:list"), chosen.wanted
    tabs = [
        {
            "label": label,
            "url": base + chosen.with_state(state).query,
            "is_current": wanted.state == state and not wanted.words,
            "count": queries.open_count(member) if state == "open" else 0,
        }
        for state, label in Conversation.State.choices
    ]
    return {
        "rows": [row_of(each) for each in listed.conversations],
        "next_url": base + chosen.following(listed.next_key).query if listed.next_key else "",
        "tabs": tabs,
        "chosen": chosen,
        "wanted": wanted,
        "query": chosen.query,
        "unread_url": base + chosen.with_unread_toggled().query,
        "mine_url": base + chosen.with_mine_toggled().query,
        "channels": queries.channels_with_inbox(member),
        "kinds": Conversation.Kind.choices,
        "priorities": [("urgent", _("Urgent")), *reason_words()],
        "searched": queries.SEARCHED,
        "page_size": queries.PAGE,
    }


def conversation_context(member: Member, conversation: Conversation) -> dict[str, Any]:
    """The conversation's column and the side beside it."""
    messages = queries.messages_of(conversation)
    facts = organization_facts(conversation.organization)
    row = row_of(conversation)
    return {
        "conversation": conversation,
        "row": row,
        "said": _said(conversation, messages, facts),
        "is_cut": conversation.message_count > len(messages),
        "others": queries.other_conversations(conversation),
        "assignees": members_with(conversation.organization, Power.ANSWER),
        "answer": answer_context(member, conversation, messages, facts),
    }


def answer_context(
    member: Member, conversation: Conversation, messages: Sequence[Message], facts: OrganizationFacts
) -> dict[str, Any]:
    """The box at the foot: what is being answered, the draft, and how it stands."""
    theirs = [each for each in messages if each.is_theirs and each.deleted_at is None]
    answered = theirs[-1] if theirs else None
    reply = queries.open_reply_of(conversation)
    context: dict[str, Any] = {"answered": answered, "reply": reply, "saved": []}
    if reply is None or reply.state == Reply.State.DRAFT:
        if answered is None:
            return context
        context["saved"] = list(enumerate(saved_replies_for(member), start=1))[:KEYS]
        text = reply.text if reply else ""
        return context | notes_context(conversation, answered, text, facts)
    context["delivery"] = (
        Delivery.objects.filter(subject_kind=KIND, subject_id=reply.pk).order_by("-id").first()
    )
    if reply.state == Reply.State.SUBMITTED:
        context["request_for_signature"] = latest_request(KIND, reply.pk)
    return context


def notes_context(
    conversation: Conversation, answered: Message, text: str, facts: OrganizationFacts | None = None
) -> dict[str, Any]:
    """What the guard and the network say of an answer as it is typed, and what the button will really do."""
    judged = judge_answer(
        text,
        answered=answered,
        channel=conversation.channel,
        organization=conversation.organization,
        facts=facts,
    )
    is_empty = not text.strip()
    size = [sentence] if (sentence := too_long(text)) else []
    answers = answers_for(conversation.organization_id, [] if is_empty else [judged.verdict])
    goes_directly = may_go_directly(judged, Reply(organization=conversation.organization))
    return {
        "text": text,
        "notes": [] if is_empty else _notes(judged, answers),
        "waived": [] if is_empty else waived_of(judged.verdict),
        "note_url": reverse("inbox:note", args=[conversation.pk]),
        "marks_json": json.dumps({FIELD: [] if is_empty else _underlined(judged)}),
        "problems": [] if is_empty else [*size, *(translated(each.sentence, _) for each in judged.problems)],
        "is_stopped": bool(judged.stops) and not is_empty,
        "goes_directly": goes_directly,
        "standing": "" if is_empty else _standing(judged, goes_directly),
        "standing_tone": _tone(judged, goes_directly),
        "counter": {
            "used": judged.count.used,
            "limit": judged.count.allowed,
            "left": judged.count.left,
            "over": -judged.count.left,
            "is_near": judged.count.left < NEAR,
        },
    }


def _notes(judged: Judged, answers: Mapping[str, NoteAnswer]) -> list[Note]:
    """Every finding; what can be done about a rule stands below its first one and means all of them."""
    notes, verdict = [], judged.verdict
    told: set[str] = set()
    for finding in verdict.findings:
        answer = answers.get(place_of(verdict, finding)) if finding.rule not in told else None
        if answer is not None:
            same = (f for f in verdict.findings if f.rule == finding.rule)
            answer = replace(answer, place=names_of(verdict, same))
        told.add(finding.rule)
        notes.append(Note(finding, FIELD if finding.field == "text" else "", answer))
    return notes


def _underlined(judged: Judged) -> list[tuple[int, int, str]]:
    """Where the words of the box are underlined, and in which tone."""
    found = (f for f in judged.verdict.findings if f.field == "text" and f.end > f.start)
    return [(f.start, f.end, tone_of(f)) for f in found]


def _standing(judged: Judged, goes_directly: bool) -> str:
    if judged.stops:
        return _("The guard stops this answer. Mend what is underlined.")
    if judged.problems:
        return _("The network would not take this yet.")
    if goes_directly:
        return _("Nothing found. It can be sent at once.")
    return _("Somebody else signs this before it leaves: %(who)s.") % {
        "who": ", ".join(str(_NEEDS[need]) for need in sorted(judged.needs()))
    }


def _tone(judged: Judged, goes_directly: bool) -> str:
    if judged.stops or judged.problems:
        return "danger"
    return "good" if goes_directly else "person"


def _said(conversation: Conversation, messages: Sequence[Message], facts: OrganizationFacts) -> list[Said]:
    read = reader_for(conversation.organization, facts)
    looked_at = {each.pk for each in [m for m in messages if m.is_theirs][-LOOKED_AT:]}
    found = []
    for message in messages:
        message.channel = conversation.channel
        findings = read(message.text) if message.pk in looked_at else ()
        found.append(Said(message, findings, can_hide(message)))
    return found
