"""Do we count as the networks count, and find what they make clickable?"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.networks.pictures import VTT, film, picture
from tests.networks.samples import sample

from bedside.networks.bluesky import fits as bluesky
from bedside.networks.catalogue import connector_of, connectors
from bedside.networks.contract import Connector, Limits, MediaFile, Outgoing, RemoteRef
from bedside.networks.mastodon import fits as mastodon
from bedside.networks.practice import fits as practice

FAMILY = "👨‍👩‍👧‍👦"
every_network = pytest.mark.parametrize("network", connectors(), ids=lambda each: each.card.key)


def kinds(network: Connector, text: str) -> list[tuple[str, str]]:
    return [(mark.kind, mark.value) for mark in network.fits.marks(text)]


def codes(network: Connector, *media: MediaFile, limits: Limits | None = None) -> list[str]:
    outgoing = Outgoing("Look", media=media)
    return [problem.code for problem in network.fits.problems(outgoing, limits or network.card.limits)]


@every_network
@given(text=st.text(max_size=300))
def test_marks_of_any_text_lie_inside_it_and_do_not_overlap(network: Connector, text: str) -> None:
    marks = network.fits.marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert all(left.end <= right.start for left, right in pairwise(marks))


@every_network
@given(text=st.text(max_size=600))
def test_counting_any_text_never_goes_wrong(network: Connector, text: str) -> None:
    count = network.fits.count(text, network.card.limits)
    assert count.used + count.left == count.allowed


@every_network
def test_links_end_where_the_sentence_begins_again(network: Connector) -> None:
    text = "See https://example.org/a_(b), (https://example.org/c) or https://example.org/d?e=1#f."
    links = [value for kind, value in kinds(network, text) if kind == "link"]
    assert links == ["https://example.org/a_(b)", "https://example.org/c", "https://example.org/d?e=1#f"]


@every_network
def test_hashtags_need_a_letter_and_stand_alone(network: Connector) -> None:
    text = "#FluShots #2026 #Vacúnate, we're #1 a#b https://x.org/#part"
    assert [value for kind, value in kinds(network, text) if kind == "hashtag"] == ["FluShots", "Vacúnate"]


@every_network
def test_an_email_address_is_no_mention(network: Connector) -> None:
    assert kinds(network, "Write to info@riverside.example today") == []


@every_network
def test_an_empty_post_is_a_problem_and_a_picture_alone_is_none(network: Connector) -> None:
    limits = network.card.limits
    assert [p.code for p in network.fits.problems(Outgoing("  \n"), limits)] == ["empty"]
    assert network.fits.problems(Outgoing("", media=(picture(),)), limits) == []


@every_network
def test_problems_name_the_field_they_are_about(network: Connector) -> None:
    limits = network.card.limits
    long = "x" * (limits.max_characters + 7)
    outgoing = Outgoing("Fine", media=(picture("y" * 5000),), thread=("Fine", long, " "), first_comment=long)
    found = {(problem.field, problem.code) for problem in network.fits.problems(outgoing, limits)}
    assert found == {
        ("thread.1", "too_long"),
        ("thread.2", "empty_part"),
        ("first_comment", "too_long"),
        ("media.0.alt_text", "alt_too_long"),
    }


@every_network
def test_a_problem_says_by_how_much_to_shorten(network: Connector) -> None:
    (problem,) = network.fits.problems(
        Outgoing("x" * (network.card.limits.max_characters + 7)), network.card.limits
    )
    assert "Shorten by 7." in problem.sentence


@every_network
def test_five_pictures_are_too_many(network: Connector) -> None:
    assert codes(network, *[picture()] * 5) == ["too_many_pictures"]


@every_network
def test_a_film_stands_alone(network: Connector) -> None:
    assert codes(network, film()) == []
    assert codes(network, film(), picture()) == ["film_alone"]
    assert codes(network, film(), film("Another.")) == ["film_alone"]


@every_network
def test_a_film_that_is_too_large_is_told_before(network: Connector) -> None:
    assert codes(network, replace(film(), size=(network.card.limits.max_video_bytes or 0) + 1)) == [
        "too_large"
    ]


@every_network
def test_a_channel_that_takes_no_films_says_so(network: Connector) -> None:
    none = replace(network.card.limits, max_videos=0)
    assert codes(network, film(), limits=none) == ["media_kind"]


def test_a_film_or_subtitles_too_long_for_bluesky_are_told_before() -> None:
    network = connector_of("bluesky")
    assert codes(network, replace(film(), seconds=181)) == ["film_too_long"]
    assert codes(network, film(vtt=VTT + b"a" * 20_000)) == ["subtitles_too_large"]
    assert codes(network, film("é" * 1001)) == ["alt_too_long"]
    assert codes(network, film("é" * 2001)) == ["alt_too_long"]
    assert codes(network, picture("é" * 1001)) == []


def test_other_subtitles_are_another_post_to_a_delivery_that_waits() -> None:
    assert (
        Outgoing("Look", media=(film(),)).digest != Outgoing("Look", media=(film(vtt=VTT + b"Bye"),)).digest
    )


@every_network
def test_limits_survive_being_stored(network: Connector) -> None:
    limits = network.card.limits
    assert Limits.from_json(limits.as_json() | {"from_a_later_version": 1}) == limits


def test_bluesky_counts_a_family_as_one_and_weighs_it_too() -> None:
    assert bluesky.count(FAMILY * 3, bluesky.LIMITS).used == 3
    heavy = Outgoing(FAMILY * 150)
    assert [problem.code for problem in bluesky.problems(heavy, bluesky.LIMITS)] == ["too_heavy"]


def test_bluesky_makes_bare_addresses_of_clinics_clickable_and_nothing_else() -> None:
    text = "riverside.org/flu. At 9 a.m. (e.g. today) v1.2 @riverside.bsky.social info@riverside.org"
    marks = [(mark.kind, mark.value, text[mark.start : mark.end]) for mark in bluesky.marks(text)]
    assert marks == [
        ("link", "https://riverside.org/flu", "riverside.org/flu"),
        ("mention", "riverside.bsky.social", "@riverside.bsky.social"),
    ]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("https://example.org/" + "x" * 200, 23),
        ("a https://e.org b", 27),
        ("http://a.b/c?d=e&f=g and https://e.org", 23 + 5 + 23),
        ("Hello @pat@elsewhere.example!", len("Hello @pat!")),
        ("Hello @pat!", len("Hello @pat!")),
        (FAMILY, 1),
    ],
)
def test_mastodon_counts_addresses_as_23_and_only_local_names(text: str, used: int) -> None:
    assert mastodon.count(text, mastodon.LIMITS).used == used


def test_mastodon_tells_whom_it_answers_once_and_counts_that() -> None:
    ref = RemoteRef("1", {"author": "pat@elsewhere.example"})
    assert mastodon.as_sent(Outgoing("Yes.", in_reply_to=ref)) == ("@pat@elsewhere.example Yes.",)
    named = Outgoing("Yes, @Pat@elsewhere.example.", in_reply_to=ref)
    assert mastodon.as_sent(named) == (named.text,)
    full = Outgoing("x" * 496, in_reply_to=ref)
    assert [problem.code for problem in mastodon.problems(full, mastodon.LIMITS)] == ["too_long"]


def test_mastodon_reads_limits_of_servers_that_describe_themselves_otherwise() -> None:
    limits = mastodon.limits_of(sample("mastodon", "instance_v1"))
    assert (limits.max_characters, limits.max_images, limits.reserved_per_url) == (5000, 8, 23)
    assert limits.mime_types == ("image/jpeg", "image/png")
    assert limits.max_videos == 1
    assert mastodon.limits_of({}) == mastodon.LIMITS
    pictures_only = {"configuration": {"media_attachments": {"supported_mime_types": ["image/png"]}}}
    assert mastodon.limits_of(pictures_only).max_videos == 0


def test_practice_counts_code_points_and_addresses_without_their_punctuation() -> None:
    assert practice.count(FAMILY, practice.LIMITS).used == 7
    assert practice.count("(https://e.org/x).", practice.LIMITS).used == 1 + 23 + 2


def test_an_answer_to_a_review_is_words_alone() -> None:
    review = RemoteRef("r1", {"is_review": "yes"})
    with_picture = Outgoing("Thanks", media=(picture(),), in_reply_to=review)
    assert [problem.code for problem in practice.problems(with_picture, practice.LIMITS)] == ["review_answer"]
    assert practice.problems(Outgoing("Thanks", in_reply_to=review), practice.LIMITS) == []
