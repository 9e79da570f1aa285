"""Does every connector keep the same promises? One suite for all networks, each with a real server and a
bad line.

What is public is read by other means than the connectors (`places`). The promise above all: nothing is
published twice, and nothing that was promised is lost.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from tests.networks.pictures import film, heavy_picture, picture
from tests.networks.places import Place, eventually
from tests.networks.sending import Delivery, sent

from bedside.foundation.http import Http
from bedside.networks.contract import (
    IncomingMessage,
    Outgoing,
    Published,
    Refused,
    RemoteRef,
    Session,
    SignInAgain,
    TryLater,
    Unknown,
    Unsure,
)

LATER = timedelta(minutes=10)
PUBLISHES = {"practice": "/api/posts", "mastodon": "/api/v1/statuses", "bluesky": "repo.createRecord"}
FLU = "Flu shots start Monday at all our locations. #FluShots https://example.org/flu"


def texts(place: Place) -> list[str]:
    return [seen.text for seen in place.published()]


def test_a_post_becomes_public_with_exactly_its_words(place: Place) -> None:
    receipt = sent(place, Outgoing(FLU))
    (seen,) = place.published()
    assert (seen.text, seen.remote_id, seen.in_reply_to) == (FLU, receipt.remote_id, "")
    assert receipt.url.startswith("http")


def test_emoji_and_letters_of_other_languages_arrive_unharmed(place: Place) -> None:
    text = "Vacúnese aquí 👩🏽‍⚕️ — प्रतिरक्षण 예방접종 ‘free’ & <safe>"
    sent(place, Outgoing(text))
    assert texts(place) == [text]


def test_four_pictures_arrive_in_order_with_their_alt_texts(place: Place) -> None:
    alt_texts = tuple(f"Picture {number} of our new ward." for number in range(4))
    sent(place, Outgoing("Our new ward", media=tuple(picture(alt) for alt in alt_texts)))
    assert place.published()[0].alt_texts == alt_texts


def test_a_picture_needs_no_text(place: Place) -> None:
    sent(place, Outgoing("", media=(picture("A poster."),)))
    assert place.published()[0].alt_texts == ("A poster.",)


def test_a_film_arrives_with_its_alt_text(place: Place) -> None:
    sent(place, Outgoing("A look around", media=(film("A walk through our ward."),)))
    (seen,) = place.published()
    assert (seen.text, seen.alt_texts) == ("A look around", ("A walk through our ward.",))


def test_a_film_whose_answer_got_lost_is_public_once(place: Place) -> None:
    delivery = Delivery(place, Outgoing("A look around", media=(film(),)))
    place.line.fail("lose_answer", on=PUBLISHES[place.key])
    with pytest.raises(Unsure):
        delivery.carry()
    assert not isinstance(delivery.settle(), Unknown)
    delivery.carry()
    assert texts(place) == ["A look around"]


def test_a_heavy_picture_is_made_to_fit(place: Place) -> None:
    outgoing = Outgoing("Confetti", media=(heavy_picture("Confetti."),))
    assert place.connector.fits.problems(outgoing, place.session.limits) == []
    sent(place, outgoing)
    assert place.published()[0].alt_texts == ("Confetti.",)


def test_a_thread_stands_in_order_and_the_first_comment_below_the_post(place: Place) -> None:
    outgoing = Outgoing("One", thread=("Two", "Three"), first_comment="Sources")
    receipt = sent(place, outgoing)
    one, two, three, comment = place.published()
    assert [each.text for each in (one, two, three, comment)] == ["One", "Two", "Three", "Sources"]
    parents = (two.in_reply_to, three.in_reply_to, comment.in_reply_to)
    assert parents == (one.remote_id, two.remote_id, one.remote_id)
    assert [part.remote_id for part in receipt.parts] == [two.remote_id, three.remote_id, comment.remote_id]


def test_a_lost_answer_is_looked_up_and_nothing_is_published_twice(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.line.fail("lose_answer")
    with pytest.raises(Unsure):
        delivery.carry()
    delivery.settle()
    assert delivery.carry().remote_id == place.published()[0].remote_id
    assert texts(place) == [FLU]


def test_an_unreadable_answer_is_looked_up_and_nothing_is_published_twice(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.line.fail("garble")
    with pytest.raises(Unsure):
        delivery.carry()
    delivery.settle()
    delivery.carry()
    assert texts(place) == [FLU]


@pytest.mark.parametrize("fault", ["lose_request", "unavailable"])
def test_a_request_that_never_arrived_is_sent_again_once_that_is_certain(place: Place, fault: str) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.line.fail(fault)
    with pytest.raises(Unsure):
        delivery.carry()
    assert texts(place) == []
    place.ahead = LATER
    assert not isinstance(delivery.settle(), Unknown)
    delivery.carry()
    assert texts(place) == [FLU]


def test_an_uncertain_part_is_never_asked_again_before_it_is_looked_up(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.line.fail("lose_answer")
    for _attempt in range(3):
        with pytest.raises(Unsure):
            delivery.carry()
    assert texts(place) == [FLU]


def test_every_answer_of_a_thread_may_get_lost_and_each_part_is_public_once(place: Place) -> None:
    delivery = Delivery(place, Outgoing("One", thread=("Two", "Three"), first_comment="Sources"))
    place.line.fail("lose_answer", "lose_answer", "lose_answer", "lose_answer")
    for _part in range(4):
        with pytest.raises(Unsure):
            delivery.carry()
        delivery.settle()
    delivery.carry()
    assert texts(place) == ["One", "Two", "Three", "Sources"]


def test_the_same_words_twice_are_two_posts_and_stay_two(place: Place) -> None:
    first, second = Delivery(place, Outgoing(FLU)), Delivery(place, Outgoing(FLU))
    first_id = first.carry().remote_id
    place.line.fail("lose_answer")
    with pytest.raises(Unsure):
        second.carry()
    publish = place.connector.publish
    found = publish.reconcile(place.session, second.outgoing, second.progress, taken=frozenset({first_id}))
    assert isinstance(found, Published)
    assert found.receipt.remote_id not in ("", first_id)
    assert texts(place) == [FLU, FLU]


def test_looking_up_writes_nothing(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.line.fail("lose_request")
    with pytest.raises(Unsure):
        delivery.carry()
    place.ahead = LATER
    for _look in range(3):
        place.connector.publish.reconcile(place.session, delivery.outgoing, delivery.progress)
    assert texts(place) == []


def test_an_upload_that_got_lost_leaves_the_post_certain_and_it_is_sent_later(place: Place) -> None:
    delivery = Delivery(place, Outgoing("With a picture", media=(picture(),)))
    place.line.fail("lose_answer")
    with pytest.raises(TryLater):
        delivery.carry()
    assert not delivery.progress.is_uncertain
    delivery.carry()
    assert texts(place) == ["With a picture"]


def test_words_that_were_changed_while_waiting_go_out_as_they_are_now(place: Place) -> None:
    delivery = Delivery(place, Outgoing("The old words", media=(picture(),), thread=("More",)))
    place.line.fail("lose_answer")
    with pytest.raises(TryLater):
        delivery.carry()
    delivery.outgoing = Outgoing("The words that were cleared")
    delivery.carry()
    assert texts(place) == ["The words that were cleared"]


def test_a_thread_that_is_half_public_is_not_continued_in_other_words(place: Place) -> None:
    delivery = Delivery(place, Outgoing("One", thread=("Two",)))
    place.line.fail("lose_answer")
    with pytest.raises(Unsure):
        delivery.carry()
    delivery.settle()
    delivery.outgoing = Outgoing("One", thread=("Two, changed",))
    with pytest.raises(Refused, match="already public"):
        delivery.carry()
    assert texts(place) == ["One"]


def test_a_server_that_cannot_be_reached_leaves_the_post_certain(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    reachable = place.session
    place.session = Session(
        reachable.account, reachable.credentials, Http("http://127.0.0.1:9", allow_private=True)
    )
    with pytest.raises(TryLater):
        delivery.carry()
    assert not delivery.progress.is_uncertain
    place.session = reachable
    delivery.carry()
    assert texts(place) == [FLU]


def test_a_token_that_no_longer_works_asks_for_a_new_sign_in(place: Place) -> None:
    delivery = Delivery(place, Outgoing(FLU))
    place.session, good = place.with_token("not-a-token"), place.session
    with pytest.raises(SignInAgain):
        delivery.carry()
    place.session = good
    delivery.carry()
    assert texts(place) == [FLU]


def test_a_deleted_post_is_gone_and_deleting_it_again_is_harmless(place: Place) -> None:
    publish = place.connector.publish
    receipt = sent(place, Outgoing(FLU))
    looked_at = publish.verify(place.session, receipt.ref)
    assert looked_at is not None
    assert looked_at.remote_id == receipt.remote_id
    assert not publish.delete(place.session, receipt.ref).was_gone
    assert texts(place) == []
    assert publish.verify(place.session, receipt.ref) is None
    assert publish.delete(place.session, receipt.ref).was_gone


def test_the_longest_text_that_fits_is_taken(place: Place) -> None:
    limits = place.session.limits
    text = ("Wash your hands. " * 100)[: limits.max_characters - 1] + "!"
    count = place.connector.fits.count(text, limits)
    assert (count.used, count.left) == (limits.max_characters, 0)
    sent(place, Outgoing(text))
    assert texts(place) == [text]


def test_one_character_more_is_a_problem_beforehand_and_refused_by_the_server(place: Place) -> None:
    limits = place.session.limits
    outgoing = Outgoing("x" * (limits.max_characters + 1))
    assert [problem.code for problem in place.connector.fits.problems(outgoing, limits)] == ["too_long"]
    with pytest.raises(Refused) as refused:
        sent(place, outgoing)
    assert "too long" in str(refused.value)
    assert texts(place) == []


def test_the_network_says_who_we_are(place: Place) -> None:
    account = place.connector.connect.check(place.session)
    assert account.remote_id == place.session.account.remote_id
    assert account.handle.startswith("@")
    assert account.limits.max_characters >= 300


def test_credentials_stay_secret_in_every_representation(place: Place) -> None:
    token = place.session.credentials.access_token
    assert token not in repr(place.session) + str(place.session.credentials)
    with pytest.raises(SignInAgain) as refused:
        place.connector.connect.check(place.with_token("secret-value-5"))
    assert "secret-value-5" not in repr(refused.value) + str(refused.value.__cause__)


def test_an_answer_stands_below_what_a_stranger_wrote(busy_place: Place) -> None:
    place = busy_place
    receipt = sent(place, Outgoing(FLU))
    theirs = place.stranger_answers(receipt, "Are walk-ins welcome?")
    conversation = wait_for_thread(place, receipt.ref, 2)
    question = next(message for message in conversation if message.remote_id == theirs)
    sent(place, Outgoing("Yes, every weekday from 9 to 4.", in_reply_to=question.ref))
    answer = place.published()[-1]
    assert answer.in_reply_to == theirs
    assert answer.text.endswith("Yes, every weekday from 9 to 4.")


def test_what_strangers_write_is_read_and_what_we_write_is_not(busy_place: Place) -> None:
    place = busy_place
    converse = place.connector.converse
    assert converse is not None
    receipt = sent(place, Outgoing(FLU))
    before = converse.read(place.session, {}, posts=[receipt.ref])
    reply = place.stranger_answers(receipt, "Are walk-ins welcome?")
    mention = place.stranger_mentions_us("Thank you for the ride to")
    wait_for_thread(place, receipt.ref, 2)
    page = converse.read(place.session, before.cursor, posts=[receipt.ref])
    found = {message.remote_id: message for message in page.messages}
    assert {reply, mention} <= set(found)
    assert (found[reply].kind, found[mention].kind) == ("reply", "mention")
    assert found[reply].in_reply_to == receipt.remote_id
    assert found[reply].root == receipt.remote_id
    assert "Are walk-ins welcome?" in found[reply].text
    assert receipt.remote_id not in found
    assert found[reply].author.name or found[reply].author.handle


def test_a_thread_is_told_in_order_with_our_own_words_marked(busy_place: Place) -> None:
    place = busy_place
    receipt = sent(place, Outgoing(FLU))
    place.stranger_answers(receipt, "Are walk-ins welcome?")
    conversation = wait_for_thread(place, receipt.ref, 2)
    assert [message.is_ours for message in conversation] == [True, False]


def test_a_strangers_like_is_counted(busy_place: Place) -> None:
    place = busy_place
    measure = place.connector.measure
    assert measure is not None
    likes = {metric.name for metric in place.connector.card.metrics if metric.means == "likes"}
    receipt = sent(place, Outgoing(FLU))
    place.stranger_likes(receipt)

    def counted() -> float:
        numbers = measure.posts(place.session, [receipt.ref]).get(receipt.remote_id, [])
        return sum(number.value for number in numbers if number.name in likes)

    assert eventually(counted) == 1


def test_the_numbers_of_the_account_have_names_that_the_card_explains(busy_place: Place) -> None:
    place, measure = busy_place, busy_place.connector.measure
    assert measure is not None

    def counted() -> set[str]:
        with suppress(Refused):  # one part of the network has not told the other about the account yet
            return {number.name for number in measure.account(place.session)}
        return set()

    names = eventually(counted)
    assert names
    assert names <= {metric.name for metric in place.connector.card.metrics}


def test_a_deleted_post_is_missing_from_the_numbers(busy_place: Place) -> None:
    place = busy_place
    assert place.connector.measure is not None
    receipt = sent(place, Outgoing(FLU))
    place.connector.publish.delete(place.session, receipt.ref)
    measure = place.connector.measure
    assert eventually(lambda: receipt.remote_id not in measure.posts(place.session, [receipt.ref]))


def wait_for_thread(place: Place, ref: RemoteRef, count: int) -> tuple[IncomingMessage, ...]:
    """The conversation, once it holds so many messages."""
    converse = place.connector.converse
    assert converse is not None
    found: tuple[IncomingMessage, ...] = ()

    def look() -> bool:
        nonlocal found
        found = converse.thread(place.session, ref)
        return len(found) >= count

    assert eventually(look), f"Only {len(found)} messages stand there."
    return found
