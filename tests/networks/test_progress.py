"""Does a delivery's progress survive being stored, and say at every moment what may be done next?"""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.pictures import picture

from bedside.networks.catalogue import connectors
from bedside.networks.contract import Connector, Credentials, Outgoing, Progress, Receipt, RemoteRef
from bedside.networks.progress import UPLOADS_KEEP

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
every_network = pytest.mark.parametrize("network", connectors(), ids=lambda each: each.card.key)
words = st.text(min_size=1, max_size=20)
outgoings = st.builds(
    Outgoing,
    text=words,
    media=st.lists(st.builds(picture, words), max_size=2).map(tuple),
    thread=st.lists(words, max_size=3).map(tuple),
    first_comment=st.text(max_size=10),
    in_reply_to=st.none()
    | st.builds(RemoteRef, words.filter(lambda text: "\0" not in text), st.just({"cid": "c"})),
)


def begun(network: Connector, outgoing: Outgoing, key: str = "key") -> Progress:
    return network.publish.begin(outgoing, key=key, at=NOON)


def receipt(number: int) -> Receipt:
    return Receipt(f"id-{number}", "https://example.org/", NOON, {"cid": "c"})


@every_network
@given(outgoing=outgoings)
def test_progress_is_the_same_after_being_stored_at_every_step(
    network: Connector, outgoing: Outgoing
) -> None:
    progress = begun(network, outgoing)
    for number in range(len(progress.parts)):
        for step in (progress, progress.asking(NOON), progress.asking(NOON).answered(receipt(number))):
            assert Progress.from_json(json.loads(json.dumps(step.as_json()))) == step
        progress = progress.asking(NOON).answered(receipt(number))
    assert progress.is_complete
    assert len(progress.receipt.parts) == len(progress.parts) - 1


@every_network
@given(outgoing=outgoings)
def test_beginning_again_gives_the_same_parts_under_the_same_keys(
    network: Connector, outgoing: Outgoing
) -> None:
    progress = begun(network, outgoing)
    assert progress == begun(network, outgoing)
    keys = [part.key for part in progress.parts]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & {part.key for part in begun(network, outgoing, "another").parts}


@every_network
@given(outgoing=outgoings)
def test_what_is_begun_is_the_wording_that_the_composer_showed(
    network: Connector, outgoing: Outgoing
) -> None:
    assert tuple(part.text for part in begun(network, outgoing).parts) == network.fits.as_sent(outgoing)


@given(one=outgoings, other=outgoings)
def test_only_the_same_words_and_pictures_have_the_same_digest(one: Outgoing, other: Outgoing) -> None:
    def told(outgoing: Outgoing) -> tuple[object, ...]:
        media = tuple((file.content_hash, file.alt_text) for file in outgoing.media)
        ref = outgoing.in_reply_to
        return (outgoing.text, outgoing.thread, outgoing.first_comment, media, ref and ref.as_json())

    assert (one.digest == other.digest) == (told(one) == told(other))


@every_network
def test_an_uncertain_part_is_uncertain_until_it_is_answered_or_settled(network: Connector) -> None:
    progress = begun(network, Outgoing("One", thread=("Two",)))
    assert not progress.is_uncertain
    assert progress.asking(NOON).is_uncertain
    assert not progress.asking(NOON).not_asked().is_uncertain
    answered = progress.asking(NOON).answered(receipt(0))
    assert (answered.is_uncertain, answered.index, answered.is_complete) == (False, 1, False)


@every_network
def test_uploads_are_trusted_for_three_hours_and_only_needed_for_the_first_part(network: Connector) -> None:
    progress = begun(network, Outgoing("One", media=(picture(),), thread=("Two",)))
    ready = progress.with_prepared(NOON, is_ready=True)
    assert not ready.is_stale(NOON + UPLOADS_KEEP)
    assert ready.is_stale(NOON + UPLOADS_KEEP + timedelta(seconds=1))
    assert not ready.asking(NOON).answered(receipt(0)).is_stale(NOON + timedelta(days=2))


def test_credentials_survive_being_stored() -> None:
    credentials = Credentials("a", "r", NOON, {"client_id": "c"})
    assert Credentials.from_json(json.loads(json.dumps(credentials.as_json()))) == credentials
    assert Credentials.from_json({"access_token": "a"}) == Credentials("a")
