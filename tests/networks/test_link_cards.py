"""The card of a link on its way out: whose words it has, and what was begun before there were cards."""

from tests.networks.samples import NOON

from bedside.networks.bluesky import publish
from bedside.networks.bluesky.translate import post_record
from bedside.networks.catalogue import connectors
from bedside.networks.contract import LinkCard, Outgoing

CARD = LinkCard("https://riverside.example/flu", "Flu shots", "Every day from 8 to 5.")
BEFORE_CARDS = "82da91437a6ffa73fa99f835dae236eef463f038389773a478a26d7976286100"
"""The digest of "Flu shots" as deliveries noted it before there were cards: one that was begun then goes on."""


def test_bluesky_gets_the_words_of_the_card_with_the_post() -> None:
    record = post_record("Flu shots", at=NOON, language="en", dids={}, link=CARD)
    assert record["embed"] == {
        "$type": "app.bsky.embed.external",
        "external": {"uri": CARD.url, "title": CARD.title, "description": CARD.description},
    }


def test_pictures_take_the_only_place_for_an_embed() -> None:
    image = {"blob": {}, "alt": "A nurse", "width": 4, "height": 3}
    record = post_record("Flu shots", at=NOON, language="en", dids={}, images=[image], link=CARD)
    assert record["embed"]["$type"] == "app.bsky.embed.images"


def test_another_card_is_another_post_and_none_is_what_it_was() -> None:
    plain = Outgoing("Flu shots")
    assert Outgoing("Flu shots", link=CARD).digest != plain.digest
    assert publish.begin(plain, key="k", at=NOON).of == plain.digest == BEFORE_CARDS


def test_every_network_says_who_words_its_cards() -> None:
    assert {c.card.key: c.card.link_card for c in connectors()} == {
        "practice": "none",
        "bluesky": "us",
        "mastodon": "network",
    }
