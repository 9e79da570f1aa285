"""Reading, assigning, closing, opening again, and hiding a comment below our post."""

import pytest
from django.http import Http404

from bedside.audit.models import Record
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.inbox.actions import (
    assign_conversation,
    close_conversation,
    hide_message,
    open_conversation,
    reopen_conversation,
    unhide_message,
)
from bedside.inbox.queries import Wanted, conversation_for, conversations_for, message_for, open_count


def test_opening_marks_read_and_is_on_record_once(town):
    conversation = town.heard()
    open_conversation(conversation, by=town.moderator)
    open_conversation(conversation_for(town.moderator, conversation.pk), by=town.moderator)
    assert not conversation_for(town.moderator, conversation.pk).is_unread
    assert Record.objects.filter(verb="conversation.read").count() == 1


def test_a_conversation_is_given_to_somebody_who_may_answer(town):
    conversation = assign_conversation(town.heard(), to=town.moderator, by=town.clinic.administrator)
    assert conversation.assigned_to == town.moderator
    assert conversations_for(town.moderator, Wanted(is_mine=True)).conversations == [conversation]


@pytest.mark.parametrize("role", ["viewer", "author"])
def test_a_conversation_is_not_given_to_somebody_who_may_not_answer(town, role):
    with pytest.raises(Refusal) as refused:
        assign_conversation(town.heard(), to=town.clinic.member(role), by=town.moderator)
    assert refused.value.code == "cannot_answer"


def test_a_conversation_is_not_given_to_another_organization(town, other_clinic):
    with pytest.raises(Refusal):
        assign_conversation(town.heard(), to=other_clinic.member("moderator"), by=town.moderator)


def test_closing_takes_it_off_the_list_and_opening_puts_it_back_in_its_place(town):
    conversation = town.heard("Is this an emergency line? I can't breathe")
    assert open_count(town.moderator) == 1
    close_conversation(conversation, by=town.moderator)
    assert open_count(town.moderator) == 0
    reopen_conversation(conversation, by=town.moderator)
    assert conversation_for(town.moderator, conversation.pk).reason == "emergency"


def test_a_comment_is_hidden_on_the_network_and_shown_again(town):
    conversation = town.heard("Buy my pills")
    message = message_for(town.moderator, conversation.messages.get().pk)
    hide_message(message, by=town.moderator)
    opened = town.network.channel(town.handle)
    there = town.network.http.get(f"/api/posts/{message.remote_id}", headers=opened.headers).json()
    assert there["hidden_at"]
    message.refresh_from_db()
    assert message.hidden_by == town.moderator
    unhide_message(message, by=town.moderator)
    there = town.network.http.get(f"/api/posts/{message.remote_id}", headers=opened.headers).json()
    assert there["hidden_at"] is None
    verbs = Record.objects.filter(verb__startswith="message.").values_list("verb", flat=True)
    assert sorted(verbs) == ["message.hidden", "message.shown"]


def test_a_mention_on_somebody_elses_page_cannot_be_hidden(town):
    town.mention("hello there")
    town.listen()
    conversation = conversations_for(town.moderator, Wanted()).conversations[0]
    with pytest.raises(Refusal) as refused:
        hide_message(message_for(town.moderator, conversation.messages.get().pk), by=town.moderator)
    assert refused.value.code == "cannot_hide"


def test_a_network_that_fails_while_hiding_is_told_in_a_sentence(town):
    conversation = town.heard("Buy my pills")
    message = message_for(town.moderator, conversation.messages.get().pk)
    town.network.faults({"effect": "server_error", "on": "all", "count": 1})
    with pytest.raises(Refusal) as refused:
        hide_message(message, by=town.moderator)
    assert refused.value.code == "network"
    message.refresh_from_db()
    assert message.hidden_at is None


def test_another_organizations_conversation_is_a_404(town, other_clinic):
    conversation = town.heard()
    stranger = other_clinic.member("moderator")
    for read in (
        lambda: conversation_for(stranger, conversation.pk),
        lambda: message_for(stranger, conversation.messages.get().pk),
    ):
        with pytest.raises(Http404):
            read()
    assert conversations_for(stranger, Wanted()).conversations == []
    with pytest.raises(Refusal):
        close_conversation(conversation, by=stranger)


def test_a_viewer_may_not_tend(town):
    with pytest.raises(NotAllowed):
        close_conversation(town.heard(), by=town.clinic.member("viewer"))
