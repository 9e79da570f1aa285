"""What only the practice network has: reviews, hiding, tokens that rotate, errors in its own form, and a
ledger to count by.
"""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.fixtures.practice import PracticeServer
from tests.networks.ask import ask
from tests.networks.on_practice import OnPractice
from tests.networks.pictures import FILM, VTT, film, media, picture
from tests.networks.sending import Delivery, sent

from bedside.foundation import clock
from bedside.foundation.http import Http
from bedside.networks.contract import Outgoing, Refused, Session, SignInAgain, TryLater, Unsure
from bedside.networks.practice import fits, sign_in

BACK = "http://127.0.0.1:8000/channels/back"


@pytest.fixture(autouse=True)
def _behaving_well(practice_server: PracticeServer) -> None:
    practice_server.end_faults()


def test_a_visit_connects_a_channel_and_a_code_serves_once(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    answers = {"server": on_practice.line.url, "channel_name": "Sunny Dental"}
    start = sign_in.start(on_practice.http(), answers, return_url=BACK, state="s1")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(start.visit_url).query).items()}
    allowed = {"channel": "new", "name": asked["channel_name"], "answer": "allow"}
    page = practice_server.http.post("/authorize", data=asked | allowed)
    back = parse_qs(urlsplit(page.headers["location"]).query)
    assert back["state"] == ["s1"]
    signed_in = sign_in.finish(on_practice.http(), start.remember, code=back["code"][0])
    assert (signed_in.account.name, signed_in.account.handle) == ("Sunny Dental", "@sunny-dental")
    with pytest.raises(Refused, match="Start again"):
        sign_in.finish(on_practice.http(), start.remember, code=back["code"][0])


def test_an_expired_token_is_refreshed_once_and_a_spent_one_needs_a_person(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    delivery = Delivery(on_practice, Outgoing("Flu shots start Monday."))
    practice_server.faults({"effect": "expired_token", "count": 1})
    with pytest.raises(SignInAgain):
        delivery.carry()
    old = on_practice.session
    on_practice.session = replace(old, credentials=sign_in.refresh(old))
    delivery.carry()
    assert len(on_practice.published()) == 1
    with pytest.raises(SignInAgain):
        sign_in.refresh(old)


def test_tokens_are_refreshed_when_seventy_percent_of_their_life_are_over(on_practice: OnPractice) -> None:
    fresh = sign_in.refresh(on_practice.session)
    assert not sign_in.needs_refresh(fresh, clock.now() + timedelta(minutes=80))
    assert sign_in.needs_refresh(fresh, clock.now() + timedelta(minutes=90))


def test_signing_out_ends_the_token(on_practice: OnPractice) -> None:
    sign_in.sign_out(on_practice.session)
    with pytest.raises(SignInAgain):
        sign_in.check(on_practice.session)


def test_a_review_is_read_answered_once_and_then_refused(on_practice: OnPractice) -> None:
    reviews = on_practice.connector.review
    assert reviews is not None
    on_practice.stranger_reviews(2, "The waiting room was full.")
    page = reviews.read(on_practice.session, {})
    (review,) = page.reviews
    assert (review.rating, review.text, review.author.name, review.answer) == (
        2,
        "The waiting room was full.",
        "Pat",
        "",
    )
    delivery = Delivery(on_practice, Outgoing("Please call 555-0100.", in_reply_to=review.ref))
    on_practice.line.fail("lose_answer")
    with pytest.raises(Unsure):
        delivery.carry()
    delivery.settle()
    delivery.carry()
    assert [seen.text for seen in on_practice.published()] == ["Please call 555-0100."]
    assert reviews.read(on_practice.session, {}).reviews[0].answer == "Please call 555-0100."
    assert reviews.read(on_practice.session, page.cursor).reviews == ()
    with pytest.raises(Refused, match="answer already"):
        sent(on_practice, Outgoing("Again.", in_reply_to=review.ref))


def test_a_strangers_reply_is_hidden_and_shown_again(on_practice: OnPractice) -> None:
    moderate = on_practice.connector.moderate
    assert moderate is not None
    receipt = sent(on_practice, Outgoing("Flu shots start Monday."))
    on_practice.stranger_answers(receipt, "Spam!")
    (reply,) = on_practice.connector.converse.read(on_practice.session, {}).messages

    def replies_counted() -> float:
        numbers = on_practice.connector.measure.posts(on_practice.session, [receipt.ref])
        return next(number.value for number in numbers[receipt.remote_id] if number.name == "replies")

    moderate.hide(on_practice.session, reply.ref)
    moderate.hide(on_practice.session, reply.ref)
    assert replies_counted() == 0
    moderate.unhide(on_practice.session, reply.ref)
    assert replies_counted() == 1


def test_an_error_in_the_networks_own_form_stored_nothing_and_is_tried_later(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    delivery = Delivery(on_practice, Outgoing("Flu shots start Monday."))
    practice_server.faults({"effect": "server_error", "count": 1})
    with pytest.raises(TryLater):
        delivery.carry()
    assert not delivery.progress.is_uncertain
    delivery.carry()
    assert len(on_practice.published()) == 1


def test_a_rate_limit_says_until_when(on_practice: OnPractice, practice_server: PracticeServer) -> None:
    delivery = Delivery(on_practice, Outgoing("Flu shots start Monday."))
    practice_server.faults({"effect": "rate_limit", "count": 1, "seconds": 30})
    with pytest.raises(TryLater) as later:
        delivery.carry()
    assert later.value.at is not None
    assert timedelta(seconds=25) < later.value.at - clock.now() <= timedelta(seconds=30)


def test_a_slow_network_is_left_alone_and_the_post_is_found_later(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    session = on_practice.session
    impatient = Http(session.account.server_url, allow_private=True, timeout=0.5)
    on_practice.session = Session(session.account, session.credentials, impatient)
    delivery = Delivery(on_practice, Outgoing("Flu shots start Monday."))
    practice_server.faults({"effect": "slow", "count": 1, "seconds": 2})
    with pytest.raises(Unsure):
        delivery.carry()
    delivery.settle()
    delivery.carry()
    assert len(on_practice.published()) == 1


def test_pictures_that_waited_for_hours_are_uploaded_again(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    delivery = Delivery(on_practice, Outgoing("With a picture", media=(picture(),)))
    practice_server.faults({"effect": "rate_limit", "count": 2})
    for ahead in (0, 1):
        on_practice.ahead = timedelta(hours=ahead)
        with pytest.raises(TryLater):
            delivery.carry()
    assert on_practice.line.asked("POST", "/api/media") == 1
    on_practice.ahead = timedelta(hours=4)
    delivery.carry()
    assert on_practice.line.asked("POST", "/api/media") == 2
    assert on_practice.published()[0].alt_texts == ("A nurse holds a syringe.",)


def test_a_film_is_shown_with_its_subtitles_and_heavy_ones_are_told_before(
    on_practice: OnPractice, practice_server: PracticeServer
) -> None:
    assert on_practice.session.limits.max_videos == 1
    receipt = sent(on_practice, Outgoing("A look", media=(film(),)))
    (shown,) = next(line["media"] for line in practice_server.ledger() if line["id"] == receipt.remote_id)
    assert practice_server.http.get(shown["url"]).content == FILM
    assert shown["captions"]["language"] == "es"
    assert practice_server.http.get(shown["captions"]["url"]).content == VTT
    assert '<track kind="captions"' in practice_server.http.get(receipt.url).text


def test_a_file_that_only_claims_to_be_a_picture_is_refused_with_advice(on_practice: OnPractice) -> None:
    lie = media(b"<html>not a picture</html>", "A lie.", (10, 10), "image/tiff")
    with pytest.raises(Refused, match="save it as JPEG"):
        sent(on_practice, Outgoing("Look", media=(lie,)))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 501,
        "https://example.org/" + "y" * 30 + " " + "x" * 478,
        "(https://e.org/a?b=c&d=e), " * 21,
        "👩🏽‍⚕️" * 126,
        "https://a.org https://a.org" * 40,
    ],
)
def test_we_count_exactly_as_the_network_does(on_practice: OnPractice, text: str) -> None:
    counted = fits.count(text, on_practice.session.limits).used
    assert counted > 500
    with pytest.raises(OSError, match="422") as refused:
        ask(
            "POST",
            f"{on_practice.server}/api/posts",
            {"text": text},
            token=on_practice.session.credentials.access_token,
        )
    assert f'"counted":{counted}' in refused.value.read().decode().replace(" ", "")
