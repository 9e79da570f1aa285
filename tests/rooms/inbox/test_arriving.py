"""What people say arrives once, in its place, with a reason for its rank, and without a word in the record."""

import json

from bedside.audit.models import Record
from bedside.foundation import clock, leisure
from bedside.inbox.actions import close_conversation
from bedside.inbox.jobs import listen
from bedside.inbox.listening import look_again
from bedside.inbox.models import Contact, Conversation, Message
from bedside.inbox.news import MessageArrived
from bedside.networks.models import Channel


def test_a_comment_below_our_post_becomes_an_open_conversation(town):
    post = town.post()
    town.comment(post, "When are you open on Saturday?")
    assert town.listen() == 1
    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.kind, conversation.is_unread) == ("open", "reply", True)
    assert (conversation.reason, conversation.root_remote_id) == ("question", post)
    assert conversation.excerpt == "When are you open on Saturday?"
    assert conversation.contact.name == "Pat"


def test_the_same_message_twice_is_one_row(town):
    town.comment(town.post(), "Hello there")
    town.listen()
    Channel.objects.update(read_cursor={})  # as after a crash before the cursor was stored
    assert town.listen() == 0
    assert (Message.objects.count(), Conversation.objects.get().message_count) == (1, 1)


def test_how_far_we_read_is_stored_with_the_messages(town):
    town.comment(town.post(), "Hello there")
    town.listen()
    assert Channel.objects.get().read_cursor["messages"]["since_id"]


def test_one_person_below_one_post_is_one_conversation(town):
    post = town.post()
    town.comment(post, "Hello there", name="Pat")
    town.comment(post, "Are you open?", name="Pat")
    town.comment(post, "I like this", name="Kim")
    town.listen()
    assert Contact.objects.count() == 2
    counts = Conversation.objects.order_by("message_count").values_list("contact__name", "message_count")
    assert list(counts) == [("Kim", 1), ("Pat", 2)]


def test_a_mention_begins_a_conversation_of_its_own(town):
    town.mention("do you take walk-ins?")
    town.listen()
    conversation = Conversation.objects.get()
    assert (conversation.kind, conversation.delivery_id) == ("mention", None)


def test_a_review_arrives_with_its_stars(town):
    town.review(1, "I waited three hours.")
    town.review(5, "Lovely people.", name="Kim")
    town.listen()
    found = Conversation.objects.order_by("rating").values_list("kind", "rating", "reason")
    assert list(found) == [("review", 1, "complaint"), ("review", 5, "thanks")]


def test_an_answer_to_a_review_given_elsewhere_is_seen_as_ours(town):
    town.review(2, "Not great.")
    opened = town.network.channel(town.handle)
    (found,) = town.network.http.get("/api/reviews", headers=opened.headers).json()["reviews"]
    town.network.http.post(
        f"/api/reviews/{found['id']}/reply", json={"text": "Please call us."}, headers=opened.headers
    ).raise_for_status()
    town.listen()
    conversation = Conversation.objects.get()
    assert conversation.state == "answered"
    assert list(conversation.messages.order_by("at").values_list("direction", flat=True)) == ["in", "out"]


def test_red_flags_rank_above_everything_and_stay_while_open(town):
    post = town.post()
    town.comment(post, "I want to die")
    town.listen()
    town.comment(post, "Thank you anyway")
    town.listen()
    conversation = Conversation.objects.get()
    assert (conversation.reason, conversation.rank) == ("self_harm", 99)
    assert conversation.excerpt == "Thank you anyway"


def test_an_identifier_in_public_is_flagged_above_a_question(town):
    conversation = town.heard("Do you need my SSN 219-09-9999 for this?")
    assert conversation.reason == "personal"


def test_the_clinics_own_phone_is_nobodys_secret(town):
    town.clinic.organization.phones = ["(614) 555-0100"]
    town.clinic.organization.save()
    assert town.heard("Is (614) 555-0100 the right number?").reason == "question"


def test_a_new_message_opens_a_closed_conversation_again(town):
    conversation = town.heard("Thanks!")
    close_conversation(conversation, by=town.moderator)
    town.comment(conversation.root_remote_id, "One more thing: are you open on Sunday?")
    town.listen()
    conversation.refresh_from_db()
    assert (conversation.state, conversation.reason, conversation.is_unread) == ("open", "question", True)


def test_what_is_older_than_a_month_is_history_and_not_work(town):
    town.comment(town.post(), "Are you open?")
    with clock.at(clock.now() + clock.hours(24 * 40)):
        Channel.objects.update(credentials_expire_at=None)
        town.listen()
    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.is_unread) == ("closed", False)


def test_the_record_and_the_news_hold_ids_and_kinds_but_no_word(
    town, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        town.heard("My name is Zebulon and I bleed", name="Zebulon Quist")
    (line,) = Record.objects.filter(verb="messages.arrived")
    told = json.dumps([line.words, line.data, line.object_label])
    assert "Zebulon" not in told
    assert "bleed" not in told
    assert [type(news) for news in heard] == [MessageArrived]
    assert "Zebulon" not in repr(heard)


def test_trouble_of_one_channel_does_not_stop_the_others(town, caplog):
    other = town.house.channel("riverside-west")
    Channel.objects.filter(pk=other.pk).update(server_url="http://127.0.0.1:9", read_cursor={})
    town.comment(town.post(), "Hello, secretword")
    listen()
    assert Message.objects.count() == 1
    assert "rests_until" in Channel.objects.get(pk=other.pk).read_cursor
    assert "secretword" not in caplog.text


def test_a_network_that_makes_us_wait_is_left_alone_until_then(town):
    town.network.faults({"effect": "rate_limit", "on": "read", "seconds": 60, "count": 1})
    town.comment(town.post(), "Hello")
    assert town.listen() == 0
    assert town.listen() == 0  # the fault struck once; we rest all the same
    with clock.at(clock.now() + clock.hours(0.1)):
        assert town.listen() == 1


def test_a_sign_in_that_ended_marks_the_channel(town):
    stored = Channel.objects.get()
    stored.credentials = {**stored.credentials, "access_token": "spent", "refresh_token": "spent"}
    stored.save()
    town.listen()
    stored.refresh_from_db()
    assert stored.health == "needs_sign_in"
    assert stored.problem


def test_a_message_that_its_author_deleted_is_marked_and_leaves_the_list(town):
    rival = town.network.channel("somebody")
    post = town.post()
    made = town.network.http.post(
        "/api/posts", json={"text": "Oh, a private thing", "in_reply_to": post}, headers=rival.headers
    ).json()
    town.listen()
    conversation = Conversation.objects.get()
    town.network.http.delete(f"/api/posts/{made['id']}", headers=rival.headers).raise_for_status()
    look_again(conversation)
    conversation.refresh_from_db()
    assert conversation.messages.get().deleted_at is not None
    assert (conversation.state, conversation.excerpt) == ("closed", "")


def test_what_we_said_on_the_network_itself_appears_as_ours(town):
    conversation = town.heard("Are you open?")
    asked = conversation.messages.get()
    opened = town.network.channel(town.handle)
    town.network.http.post(
        "/api/posts",
        json={"text": "Yes, until five.", "in_reply_to": asked.remote_id},
        headers=opened.headers,
    ).raise_for_status()
    look_again(conversation)
    conversation.refresh_from_db()
    assert list(conversation.messages.order_by("at").values_list("direction", flat=True)) == ["in", "out"]
    assert conversation.state == "answered"


def test_amid_a_burst_of_sending_listening_waits_for_its_turn(town):
    town.comment(town.post(), "Hello there")
    leisure.pressed_by(lambda: True)
    try:
        listen()
        assert Message.objects.count() == 0
    finally:
        leisure.pressed_by()
    listen()
    assert Message.objects.count() == 1
