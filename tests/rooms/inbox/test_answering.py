"""An answer is judged, signed where it must be, and leaves through the one gate; then it stands in the thread."""

import json
from datetime import timedelta

import pytest
from tests.fixtures.clinic import Clinic

from bedside.approvals.actions import decide, undo
from bedside.approvals.queries import latest_request
from bedside.audit.models import Record
from bedside.config import answers
from bedside.foundation import clock
from bedside.foundation.refusal import NotAllowed, Refusal, Stale
from bedside.inbox.actions import (
    Stopped,
    agree_reply,
    return_reply,
    send_reply,
    take_back_reply,
    withdraw_reply,
    write_reply,
)
from bedside.inbox.clearance import ReplySubject, standings
from bedside.inbox.jobs import settle_answered
from bedside.inbox.models import Conversation, Message, Reply
from bedside.people.directory import save_organization
from bedside.publishing.models import Delivery
from bedside.publishing.news import DeliveryDeleted, DeliverySent

CLEAN = "We are open until five. Please call us for anything personal."
STOPPED = "Your SSN 219-09-9999 is on file."


def demand_signatures(clinic: Clinic) -> None:
    """The organization has every answer signed."""
    changes = {"allows_direct_answers": False}
    save_organization(clinic.organization, changes=changes, by=clinic.administrator)


def test_a_clean_answer_goes_directly_to_the_gate(town):
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    delivery = Delivery.objects.get(subject_kind="reply", subject_id=reply.pk)
    assert (town.state_of(reply), delivery.state) == ("agreed", "waiting")
    assert delivery.fingerprint == standings([reply.pk])[reply.pk].fingerprint


def test_an_answer_that_the_guard_stops_is_refused_with_its_findings(town):
    reply = write_reply(town.heard(), text=STOPPED, by=town.moderator)
    with pytest.raises(Stopped) as refused:
        send_reply(reply, by=town.moderator)
    assert any("219-09-9999" in finding.says for finding in refused.value.judged.stops)
    assert not Delivery.objects.filter(subject_id=reply.pk).exists()
    assert latest_request("reply", reply.pk) is None


def test_an_answer_too_long_for_the_network_is_refused(town):
    reply = write_reply(town.heard(), text="word " * 120, by=town.moderator)
    with pytest.raises(Stopped) as refused:
        send_reply(reply, by=town.moderator)
    assert refused.value.code == "does_not_fit"


def test_where_answers_are_signed_somebody_else_is_asked(town):
    demand_signatures(town.clinic)
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    request = latest_request("reply", reply.pk)
    assert (town.state_of(reply), request.needs) == ("submitted", ["brand"])
    assert request.card["answering"] == "When are you open?"
    assert request.card["channels"][0]["parts"] == [CLEAN]
    assert not Delivery.objects.filter(subject_id=reply.pk).exists()


def test_nobody_signs_their_own_answer(town):
    demand_signatures(town.clinic)
    officer = town.clinic.member("privacy_officer")  # may answer, and may sign
    reply = write_reply(town.heard(), text=CLEAN, by=officer)
    send_reply(reply, by=officer)
    with pytest.raises(Refusal) as refused:
        decide(latest_request("reply", reply.pk), by=officer, says="sign")
    assert refused.value.code == "own_material"


def test_a_signed_answer_leaves(town, django_capture_on_commit_callbacks):
    demand_signatures(town.clinic)
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("reply", reply.pk), by=town.clinic.member("brand_approver"), says="sign")
    assert town.state_of(reply) == "agreed"
    assert Delivery.objects.get(subject_id=reply.pk).state == "waiting"


def test_a_signature_taken_back_stops_the_answer_until_it_is_signed_again(
    town, django_capture_on_commit_callbacks
):
    demand_signatures(town.clinic)
    reply = send_reply(write_reply(town.heard(), text=CLEAN, by=town.moderator), by=town.moderator)
    approver = town.clinic.member("brand_approver")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(latest_request("reply", reply.pk), by=approver, says="sign")
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision, by=approver)
    delivery = Delivery.objects.get(subject_id=reply.pk)
    assert (town.state_of(reply), delivery.state) == ("submitted", "held")
    assert "taken back" in delivery.reason
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("reply", reply.pk), by=approver, says="sign")
    assert (town.state_of(reply), Delivery.objects.get().state) == ("agreed", "waiting")


def test_a_wish_for_a_change_taken_back_after_an_edit_asks_nobody(town, django_capture_on_commit_callbacks):
    demand_signatures(town.clinic)
    conversation = town.heard()
    reply = send_reply(write_reply(conversation, text=CLEAN, by=town.moderator), by=town.moderator)
    approver = town.clinic.member("brand_approver")
    with django_capture_on_commit_callbacks(execute=True):
        decision = decide(latest_request("reply", reply.pk), by=approver, says="change", words="Warmer.")
    write_reply(conversation, text="With joy: from eight to five.", by=town.moderator, revision=1)
    with django_capture_on_commit_callbacks(execute=True):
        undo(decision, by=approver)
    assert (town.state_of(reply), latest_request("reply", reply.pk).state) == ("draft", "void")


def test_a_signed_answer_to_something_deleted_comes_back_with_why(town, django_capture_on_commit_callbacks):
    demand_signatures(town.clinic)
    reply = send_reply(write_reply(town.heard(), text=CLEAN, by=town.moderator), by=town.moderator)
    reply.answers.deleted_at = clock.now()
    reply.answers.save()
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("reply", reply.pk), by=town.clinic.member("brand_approver"), says="sign")
    reply.refresh_from_db()
    assert reply.state == "draft"
    assert "deleted by its author" in reply.returned_because


@pytest.mark.parametrize(("says", "state"), [("sign", "agreed"), ("change", "draft")])
def test_an_answer_is_settled_although_the_news_of_it_was_lost(town, says, state):
    demand_signatures(town.clinic)
    reply = send_reply(write_reply(town.heard(), text=CLEAN, by=town.moderator), by=town.moderator)
    approver = town.clinic.member("brand_approver")
    decide(latest_request("reply", reply.pk), by=approver, says=says, words="Warmer, please.")
    assert town.state_of(reply) == "submitted", "nothing ran after the commit"
    settle_answered()
    reply.refresh_from_db()
    assert (reply.state, reply.returned_because) == (state, "" if state == "agreed" else "Warmer, please.")


def test_an_older_window_of_the_same_person_does_not_write_over_newer_words(town):
    conversation = town.heard()
    first = write_reply(conversation, text="We open", by=town.moderator)
    write_reply(conversation, text="We open at eight.", by=town.moderator, revision=first.revision)
    with clock.at(clock.now() + timedelta(minutes=5)), pytest.raises(Stale) as refused:
        write_reply(conversation, text="We open soon.", by=town.moderator, revision=first.revision)
    assert "another window" in refused.value.sentence
    assert Reply.objects.get().text == "We open at eight."


def test_an_answer_that_a_signer_wants_changed_is_a_draft_with_their_words(
    town, django_capture_on_commit_callbacks
):
    demand_signatures(town.clinic)
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    approver = town.clinic.member("brand_approver")
    with django_capture_on_commit_callbacks(execute=True):
        decide(latest_request("reply", reply.pk), by=approver, says="change", words="Warmer, please.")
    reply.refresh_from_db()
    assert (reply.state, reply.returned_because) == ("draft", "Warmer, please.")


def test_signatures_do_not_cover_other_words(town):
    demand_signatures(town.clinic)
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    decide(latest_request("reply", reply.pk), by=town.clinic.member("brand_approver"), says="sign")
    Reply.objects.update(text="Something else entirely.")  # as if written around the actions
    agree_reply(reply.pk)
    assert town.state_of(reply) == "draft"
    assert not Delivery.objects.filter(subject_id=reply.pk).exists()


def test_a_taken_back_answer_does_not_leave(town):
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    take_back_reply(reply, by=town.moderator)
    assert town.state_of(reply) == "draft"
    assert Delivery.objects.get(subject_id=reply.pk).state == "cancelled"
    assert standings([reply.pk])[reply.pk].code == "not_agreed"


def test_words_sent_off_cannot_be_changed_without_taking_them_back(town):
    conversation = town.heard()
    send_reply(write_reply(conversation, text=CLEAN, by=town.moderator), by=town.moderator)
    with pytest.raises(Refusal) as refused:
        write_reply(conversation, text="Other words", by=town.moderator, revision=1)
    assert refused.value.code == "on_its_way"


def test_an_answer_thrown_away_makes_room_for_another(town):
    conversation = town.heard()
    withdraw_reply(write_reply(conversation, text=CLEAN, by=town.moderator), by=town.moderator)
    second = write_reply(conversation, text="Again", by=town.moderator)
    assert Reply.objects.count() == 2
    assert second.state == "draft"


def test_two_people_cannot_write_over_each_other(town):
    conversation = town.heard()
    first = write_reply(conversation, text="From the first", by=town.moderator)
    second = town.clinic.member("moderator", "Second Moderator")
    write_reply(conversation, text="From the second", by=second, revision=first.revision)
    with pytest.raises(Stale):
        write_reply(conversation, text="From the first again", by=town.moderator, revision=first.revision)
    assert Reply.objects.get().text == "From the second"


def test_a_draft_follows_the_conversation_to_what_was_said_last(town):
    conversation = town.heard("Are you open?")
    reply = write_reply(conversation, text=CLEAN, by=town.moderator)
    town.comment(conversation.root_remote_id, "Or on Sunday?")
    town.listen()
    write_reply(conversation, text=CLEAN, by=town.moderator, revision=reply.revision)
    reply.refresh_from_db()
    assert (Reply.objects.count(), reply.answers.text) == (1, "Or on Sunday?")


def test_everybody_who_wrote_is_an_author(town):
    conversation = town.heard()
    first = write_reply(conversation, text="One", by=town.moderator)
    second = town.clinic.member("moderator", "Second Moderator")
    write_reply(conversation, text="One and two", by=second, revision=first.revision)
    assert {member.pk for member in ReplySubject().owners(first.pk)} == {town.moderator.pk, second.pk}


def test_an_answer_to_something_deleted_is_not_clear(town):
    conversation = town.heard()
    reply = write_reply(conversation, text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    Message.objects.update(deleted_at=conversation.began_at)
    assert standings([reply.pk])[reply.pk].code == "parent_deleted"


def test_when_the_organization_changes_its_mind_a_waiting_answer_is_held_at_the_gate(town):
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    demand_signatures(town.clinic)
    assert standings([reply.pk])[reply.pk].code == "not_signed"


def test_a_viewer_may_not_answer(town):
    with pytest.raises(NotAllowed):
        write_reply(town.heard(), text=CLEAN, by=town.clinic.member("viewer"))


def test_another_organization_can_neither_write_nor_send(town, other_clinic):
    stranger = other_clinic.member("moderator")
    conversation = town.heard()
    with pytest.raises(Refusal) as refused:
        write_reply(conversation, text=CLEAN, by=stranger)
    assert refused.value.code == "unknown_conversation"
    reply = write_reply(conversation, text=CLEAN, by=town.moderator)
    with pytest.raises(Refusal):
        send_reply(reply, by=stranger)


def test_no_word_of_an_answer_or_a_question_is_in_the_inbox_records(town):
    conversation = town.heard("Zanzibar is my question?")
    reply = write_reply(conversation, text="Quixotic words", by=town.moderator)
    send_reply(reply, by=town.moderator)
    lines = Record.objects.filter(verb__startswith="reply.") | Record.objects.filter(
        verb__startswith="messages."
    )
    told = json.dumps([[line.words, line.data, line.object_label] for line in lines])
    assert lines.count() >= 3
    assert "Quixotic" not in told
    assert "Zanzibar" not in told


def test_returning_an_answer_that_left_changes_nothing(town):
    reply = write_reply(town.heard(), text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    Delivery.objects.filter(subject_id=reply.pk).update(state="sent")
    return_reply(reply.pk, words="Too late")
    assert town.state_of(reply) == "agreed"


def test_an_answer_is_public_once_and_stands_in_the_thread(live_town):
    town = live_town
    conversation = town.heard()
    reply = write_reply(conversation, text=CLEAN, by=town.moderator)
    send_reply(reply, by=town.moderator)
    with town.house.worker() as until:
        until(lambda: town.state_of(reply) == "sent")
    delivery = Delivery.objects.get(subject_id=reply.pk)
    answers.after_sending(
        DeliverySent(delivery.pk, delivery.organization_id, "reply", reply.pk)
    )  # news may come twice
    conversation = Conversation.objects.get()
    said = list(conversation.messages.order_by("at").values_list("direction", "text"))
    assert said == [("in", "When are you open?"), ("out", CLEAN)]
    assert (conversation.state, conversation.rank, conversation.message_count) == ("answered", 0, 2)
    public = [line for line in town.network.ledger() if line["text"] == CLEAN]
    assert len(public) == 1
    assert public[0]["in_reply_to"] == conversation.messages.get(direction="in").remote_id
    town.listen()
    assert Message.objects.count() == 2
    answers.taken_down(DeliveryDeleted(delivery.pk, delivery.organization_id, "reply", reply.pk))
    assert Message.objects.get(direction="out").deleted_at is not None


def test_an_answer_to_a_review_stands_below_the_review(live_town):
    town = live_town
    town.review(2, "Not great.")
    town.listen()
    conversation = Conversation.objects.get()
    reply = write_reply(conversation, text="Please call us, so that we can listen.", by=town.moderator)
    send_reply(reply, by=town.moderator)
    with town.house.worker() as until:
        until(lambda: town.state_of(reply) == "sent")
    (line,) = [each for each in town.network.ledger() if each["kind"] == "review_reply"]
    assert line["in_reply_to"] == conversation.root_remote_id
    town.listen()
    assert Message.objects.filter(direction="out").count() == 1
