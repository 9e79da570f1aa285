"""What only Mastodon has: registering with every server, pictures that take their time, and keys that
nobody heeds.
"""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from mastodon import Mastodon
from tests.networks.ask import ask
from tests.networks.on_mastodon import OnMastodon
from tests.networks.pictures import FILM, film, picture
from tests.networks.sending import Delivery, sent

from bedside.foundation import clock
from bedside.networks.contract import (
    NotPublished,
    Outgoing,
    Published,
    Refused,
    SignInAgain,
    TryLater,
    Unknown,
    Unsure,
)
from bedside.networks.mastodon import publish, sign_in

pytestmark = pytest.mark.servers

BACK = "https://desk.example/channels/back"


def test_a_visit_connects_the_account_that_allowed_it(on_mastodon: OnMastodon) -> None:
    server = {"server": on_mastodon.line.url}
    start = sign_in.start(on_mastodon.http(), server, return_url=BACK, state="s1")
    query = {name: values[0] for name, values in parse_qs(urlsplit(start.visit_url).query).items()}
    assert (query["redirect_uri"], query["state"], query["code_challenge_method"]) == (BACK, "s1", "S256")
    code = f"mock-code-{query['client_id']}"
    with pytest.raises(Refused, match="Start again"):
        sign_in.finish(on_mastodon.http(), start.remember, code=code)
    signed_in = sign_in.finish(on_mastodon.http(), start.remember, code=allowed(on_mastodon, query))
    assert signed_in.account.handle.startswith("@ada@")
    again = sign_in.start(on_mastodon.http(), server, return_url=BACK, state="s2", app=start.app)
    assert again.remember["client_id"] == start.remember["client_id"]
    assert again.remember["code_verifier"] != start.remember["code_verifier"]


def allowed(place: OnMastodon, query: dict[str, str]) -> str:
    """The code that the server gives a person who allows what was asked."""
    line = place.http()
    form = {"username": "ada", "redirect_uri": query["redirect_uri"], "state": query["state"]}
    answer = line.request("POST", "/oauth/authorize", data=form)
    back = parse_qs(urlsplit(answer.headers["location"]).query)
    assert back["state"] == [query["state"]]
    return back["code"][0]


def test_a_revoked_token_needs_a_person(on_mastodon: OnMastodon) -> None:
    server = {"server": on_mastodon.line.url}
    start = sign_in.start(on_mastodon.http(), server, return_url=BACK, state="s1")
    query = {name: values[0] for name, values in parse_qs(urlsplit(start.visit_url).query).items()}
    signed_in = sign_in.finish(on_mastodon.http(), start.remember, code=allowed(on_mastodon, query))
    session = on_mastodon.on_the_line(on_mastodon.session)
    session = type(session)(session.account, signed_in.credentials, session.http)
    sign_in.check(session)
    sign_in.sign_out(session)
    with pytest.raises(SignInAgain):
        sign_in.check(session)


@pytest.mark.parametrize(
    "typed", ["mastodon.social", "https://mastodon.social/", "@clinic@mastodon.social", " Mastodon.Social "]
)
def test_a_server_may_be_typed_in_many_ways(typed: str) -> None:
    assert sign_in.server_url({"server": typed}) == "https://mastodon.social"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mastodon",
        "http://mastodon.social",
        "https://u:p@mastodon.social",
        "ftp://x.org",
        "[::",
        "a b.org",
    ],
)
def test_what_is_no_safe_server_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        sign_in.server_url({"server": typed})


def test_the_limits_are_the_servers_own(on_mastodon: OnMastodon) -> None:
    limits = sign_in.check(on_mastodon.session).limits
    told = ask("GET", f"{on_mastodon.server}/api/v2/instance")["configuration"]
    assert limits.max_characters == told["statuses"]["max_characters"]
    assert limits.max_image_bytes == told["media_attachments"]["image_size_limit"]
    assert "video/mp4" not in limits.mime_types


def test_a_picture_that_is_still_digested_is_waited_for_and_not_uploaded_twice(
    on_mastodon: OnMastodon,
) -> None:
    delivery = Delivery(on_mastodon, Outgoing("With a picture", media=(picture(),)))
    on_mastodon.line.restated = [("POST", "/api/v2/media", 202), ("GET", "/api/v1/media/", 206)]
    with pytest.raises(TryLater) as later:
        delivery.carry()
    assert later.value.at is not None
    assert later.value.at - clock.now() < timedelta(seconds=10)
    delivery.carry()
    assert on_mastodon.line.asked("POST", "/api/v2/media") == 1
    assert on_mastodon.published()[0].alt_texts == ("A nurse holds a syringe.",)


def test_a_film_that_is_still_digested_is_waited_for(on_mastodon: OnMastodon) -> None:
    delivery = Delivery(on_mastodon, Outgoing("With a film", media=(film(),)))
    on_mastodon.line.restated = [("POST", "/api/v2/media", 202), ("GET", "/api/v1/media/", 206)]
    with pytest.raises(TryLater):
        delivery.carry()
    delivery.carry()
    assert on_mastodon.line.asked("POST", "/api/v2/media") == 1
    (upload,) = [request for request in on_mastodon.line.seen if request.path == "/api/v2/media"]
    assert FILM in upload.body
    assert b"WEBVTT" not in upload.body


def test_without_a_look_the_server_would_have_published_twice(on_mastodon: OnMastodon) -> None:
    """The promise is worth something only on a server that does not keep it for us."""
    delivery = Delivery(on_mastodon, Outgoing("Twice?"))
    before = delivery.progress
    for _time in range(2):
        publish.commit(on_mastodon.session, delivery.outgoing, before)
    assert [seen.text for seen in on_mastodon.published()] == ["Twice?", "Twice?"]


def test_not_found_is_unknown_until_the_request_can_no_longer_arrive(on_mastodon: OnMastodon) -> None:
    delivery = Delivery(on_mastodon, Outgoing("Where?"))
    on_mastodon.line.fail("lose_request")
    with pytest.raises(Unsure):
        delivery.carry()
    early = delivery.settle()
    assert isinstance(early, Unknown)
    assert early.at is not None
    on_mastodon.ahead = early.at - clock.now()
    found = publish.reconcile(on_mastodon.session, delivery.outgoing, delivery.progress)
    assert isinstance(found, NotPublished)


def test_a_post_among_a_hundred_others_is_found(on_mastodon: OnMastodon) -> None:
    delivery = Delivery(on_mastodon, Outgoing("Needle"))
    on_mastodon.line.fail("lose_answer")
    with pytest.raises(Unsure):
        delivery.carry()
    for number in range(100):
        on_mastodon.us.status_post(f"Hay {number}")
    found = publish.reconcile(on_mastodon.session, delivery.outgoing, delivery.progress)
    assert isinstance(found, Published)


def test_a_post_that_others_bury_is_unknown_and_not_declared_missing(on_mastodon: OnMastodon) -> None:
    delivery = Delivery(on_mastodon, Outgoing("Needle"))
    on_mastodon.line.fail("lose_answer")
    with pytest.raises(Unsure):
        delivery.carry()
    for number in range(210):
        on_mastodon.us.status_post(f"Hay {number}")
    on_mastodon.ahead = timedelta(minutes=3)
    found = publish.reconcile(on_mastodon.session, delivery.outgoing, delivery.progress)
    assert isinstance(found, Unknown)


def test_a_direct_message_is_answered_directly(on_mastodon: OnMastodon) -> None:
    converse = on_mastodon.connector.converse
    assert converse is not None
    on_mastodon.stranger.status_post("@ada I have a rash.", visibility="direct")
    (message,) = converse.read(on_mastodon.session, {}).messages
    assert message.kind == "direct"
    receipt = sent(on_mastodon, Outgoing("Please call us at 555-0100.", in_reply_to=message.ref))
    status = on_mastodon.us.status(receipt.remote_id)
    assert status.visibility == "direct"
    assert "grace" in {mention.acct for mention in status.mentions}


def test_an_independent_client_reads_what_we_wrote(on_mastodon: OnMastodon) -> None:
    outgoing = Outgoing(
        "Vaccines for everybody: https://example.org/flu #FluShots",
        media=(picture("A nurse."), picture("A child.")),
        thread=("Walk in until four.",),
        language="en",
    )
    receipt = sent(on_mastodon, outgoing)
    reader = Mastodon(access_token="grace_token", api_base_url=on_mastodon.server, version_check_mode="none")
    status = reader.status(receipt.remote_id)
    assert [media.description for media in status.media_attachments] == ["A nurse.", "A child."]
    assert (status.visibility, status.language, status.url) == ("public", "en", receipt.url)
    (below,) = reader.status_context(receipt.remote_id).descendants
    assert str(below.id) == receipt.parts[0].remote_id


@pytest.mark.parametrize("effect", ["ratelimit", "status"])
def test_the_servers_own_faults_become_outcomes(on_mastodon: OnMastodon, effect: str) -> None:
    rule = {
        "match": {"methods": ["POST"], "path": "/api/v1/statuses"},
        "effect": {"type": effect},
        "count": 1,
    }
    delivery = Delivery(on_mastodon, Outgoing("Flu shots"))
    ask("POST", f"{on_mastodon.server}/api/v1/_mock/faults", rule)
    expected = {"ratelimit": TryLater, "status": Unsure}[effect]
    with pytest.raises(expected):
        delivery.carry()
    on_mastodon.ahead = timedelta(minutes=10)
    delivery.settle()
    delivery.carry()
    assert len(on_mastodon.published()) == 1


def test_a_server_that_answers_garbage_is_tried_later_and_loses_nothing(on_mastodon: OnMastodon) -> None:
    rule = {"match": {"path": "/api/v1/notifications"}, "effect": {"type": "malformed"}, "count": 1}
    ask("POST", f"{on_mastodon.server}/api/v1/_mock/faults", rule)
    on_mastodon.stranger_mentions_us("Hello")
    converse = on_mastodon.connector.converse
    assert converse is not None
    with pytest.raises(TryLater):
        converse.read(on_mastodon.session, {})
    assert len(converse.read(on_mastodon.session, {}).messages) == 1
