"""How does the clinic deal with what people say? It answers, hides advertising, and closes what needs no answer.

Answers walk the corridor of every answer: written, judged, signed where somebody has to, and out through the gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from bedside.approvals.actions import decide
from bedside.approvals.queries import latest_request
from bedside.approvals.signers import current_step
from bedside.audit.actions import record
from bedside.demo.shelf import dice
from bedside.demo.stories import Stage
from bedside.foundation import clock
from bedside.inbox.actions import close_conversation, open_conversation, send_reply, write_reply
from bedside.inbox.arrival import Arrival
from bedside.inbox.judgement import KIND
from bedside.inbox.models import Conversation, Message, Reply
from bedside.people.models import Member
from bedside.publishing.models import Delivery

STAYS_OPEN = timedelta(days=4)  # what is younger and has no answer is still on the desk


@dataclass
class Answering:
    """The people who look after the inbox."""

    stage: Stage

    @property
    def moderator(self) -> Member:
        return self.stage.cast.members["tom"]

    def look(self, arrival: Arrival, said: Mapping[str, Any]) -> None:
        """Somebody looks at a message that has just come: it is answered, hidden, or closed the next day."""
        if said.get("hide"):
            self._later(timedelta(minutes=41), lambda: self.hide(arrival))
        elif "answer" in said:
            minutes = 6 if said.get("urgent") else 25 + dice("answer", said["answer"]) % 500
            self._later(timedelta(minutes=minutes), lambda: self.answer(arrival, said["answer"]))
        else:
            self.settle_later(arrival)

    def settle_later(self, arrival: Arrival) -> None:
        """What needs no answer is closed within a day; what came in the last days still lies on the desk."""
        if arrival.is_ours or arrival.at > self.stage.present - STAYS_OPEN:
            return
        self._later(
            timedelta(minutes=90 + dice("close", arrival.remote_id) % 700), lambda: self.close(arrival)
        )

    def answer(self, arrival: Arrival, text: str) -> None:
        """The moderator writes an answer and sends it off."""
        conversation = self._conversation(arrival)
        open_conversation(conversation, by=self.moderator)
        reply = write_reply(conversation, text=text, by=self.moderator)
        sent = send_reply(reply, by=self.moderator)
        if sent.state == Reply.State.SUBMITTED:
            self._later(timedelta(minutes=20 + dice("signs", text) % 80), lambda: self.sign(sent))
        else:
            self._later(timedelta(seconds=2), lambda: self.leave(sent))

    def sign(self, reply: Reply) -> None:
        """Whoever has to sign the answer does."""
        request = latest_request(KIND, reply.pk)
        step = current_step(request) if request else None
        if request is None or step is None:
            return
        decide(request, by=self.stage.cast.signer_for(step.signing, ()), says="sign")
        reply.refresh_from_db()
        next_deed = self.leave if reply.state == Reply.State.AGREED else self.sign
        self._later(timedelta(minutes=4), lambda: next_deed(reply))

    def leave(self, reply: Reply) -> None:
        """It goes out through the gate; the inbox hears of it and puts it into its place."""
        waiting = Delivery.objects.filter(
            subject_kind=KIND, subject_id=reply.pk, state=Delivery.State.WAITING
        )
        for delivery in waiting.select_related("channel__organization"):
            self.stage.departing.leave(delivery)

    def close(self, arrival: Arrival) -> None:
        """Nothing more is to be said."""
        conversation = self._conversation(arrival)
        if conversation.state == Conversation.State.OPEN:
            close_conversation(conversation, by=self.moderator)

    def hide(self, arrival: Arrival) -> None:
        """Advertising is hidden below our post. The network was told so long ago: it is in the history."""
        message = self._message(arrival)
        message.hidden_at, message.hidden_by = clock.now(), self.moderator
        message.save(update_fields=["hidden_at", "hidden_by"])
        conversation = message.conversation
        record(
            conversation.organization_id,
            by=self.moderator.actor,
            verb="message.hidden",
            on=("conversation", conversation.pk, str(conversation.get_kind_display())),
            words=_("Hid a comment below our post."),
            data={"message": str(message.pk)},
        )
        self.close(arrival)

    def _message(self, arrival: Arrival) -> Message:
        found = Message.objects.select_related("conversation__channel")
        return found.get(remote_id=arrival.remote_id, organization=self.stage.cast.organization)

    def _conversation(self, arrival: Arrival) -> Conversation:
        return self._message(arrival).conversation

    def _later(self, after: timedelta, deed: Any) -> None:
        self.stage.agenda.at(clock.now() + after, deed)
