"""What a link shows below a post: typed, judged, signed and sent like every other word."""

import json
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import channel_of, picture, sign_all

from bedside.approvals.queries import latest_request
from bedside.people.models import Organization
from bedside.planning.actions import agree_post, duplicate_post, restore_version, save_post, submit_post
from bedside.planning.clearance import clearance_of
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.links import LinkPreview, is_own, link_id, links_in
from bedside.planning.material import material_for, outgoing_for
from bedside.planning.models import Post

FLU = "https://riverside.example/flu"
WORDS = f"Flu shots are here: {FLU}."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(clinic, author):
    return signed_in(author)


@pytest.fixture
def linked(write, channel, second_channel):
    """A draft on practice and Bluesky whose link has a card."""
    card = LinkPreview(FLU, "Flu shots at Riverside", "Every day from 8 to 5.")
    return write(WORDS, on=[channel, second_channel], pictures=()), card


def with_card(post: Post, *cards: LinkPreview, by) -> Post:
    return save_post(post, by=by, content=replace(Content.of(post), previews=cards), revision=post.revision)


def test_a_card_is_part_of_what_is_judged_and_changes_the_fingerprint(author, linked):
    post, card = linked
    before = material_for(post.variants.first()).fingerprint
    material = material_for(with_card(post, card, by=author).variants.first())
    assert [(link.url, link.title) for link in material.links] == [(FLU, "Flu shots at Riverside")]
    assert material.fingerprint != before


def test_a_signature_lapses_when_the_card_changes(clinic, author, linked):
    post, card = linked
    post = submit_post(with_card(post, card, by=author), by=author)
    (channel, *_others) = latest_request("post", post.pk).card["channels"]
    assert channel["links"] == [{"url": FLU, "title": card.title, "description": card.description}]
    sign_all(clinic, post)
    post = agree_post(post.pk)
    assert clearance_of(post.variants.first()).is_clear
    changed = with_card(post, replace(card, description="Ask for Maria."), by=author)
    assert changed.state == "draft"
    Post.objects.filter(pk=post.pk).update(state="agreed")
    assert clearance_of(Post.objects.get(pk=post.pk).variants.first()).code in ("not_signed", "guard_stops")


def test_signers_read_the_card(clinic, author, linked):
    post, card = linked
    post = submit_post(with_card(post, card, by=author), by=author)
    page = signed_in(clinic.member("brand_approver")).get(f"/approvals/{latest_request('post', post.pk).pk}")
    assert "Every day from 8 to 5." in page.content.decode()


def test_the_guard_stops_a_patient_in_a_card_and_leads_to_its_field(desk, linked, channel):
    form = {
        "text": WORDS,
        "channel": str(channel.pk),
        "link": FLU,
        f"link-{link_id(FLU)}-title": "Call Joan, SSN 219-09-9999",
    }
    seen = desk.post(reverse("planning:look", args=[uuid4()]), form, headers=HTMX).content.decode()
    assert f'data-control="link-{link_id(FLU)}-title"' in seen
    assert "In the card of a link" in seen


def test_the_first_link_with_a_title_travels_with_the_post(author, linked, clinic):
    post, card = linked
    variant = with_card(post, card, by=author).variants.get(channel__network="bluesky")
    sent = outgoing_for(variant).link
    assert (sent.url, sent.title, sent.description) == (FLU, card.title, card.description)


def test_a_link_that_no_longer_stands_in_the_words_shows_nothing(desk, linked, author):
    post, card = linked
    post = with_card(post, card, by=author)
    form = {
        "revision": post.revision,
        "text": "Flu shots are here.",
        "link": FLU,
        f"link-{link_id(FLU)}-title": card.title,
    }
    desk.post(reverse("planning:save", args=[post.pk]), form, headers=HTMX)
    assert Post.objects.get(pk=post.pk).previews == []


def test_saving_the_form_keeps_the_card_and_every_way_back_keeps_it_too(desk, linked, author):
    post, card = linked
    form = {
        "revision": "1",
        "text": WORDS,
        "link": FLU,
        f"link-{link_id(FLU)}-title": f" {card.title} ",
        f"link-{link_id(FLU)}-description": card.description,
    }
    desk.post(reverse("planning:save", args=[post.pk]), form, headers=HTMX)
    post = Post.objects.get(pk=post.pk)
    assert Content.of(post).previews == (card,)
    assert card.title in desk.get(reverse("planning:post", args=[post.pk])).content.decode()
    assert Content.of(duplicate_post(post, by=author)).previews == (card,)
    version = post.versions.first()
    post = with_card(post, by=author)
    assert Content.of(restore_version(post, version=version, by=author)).previews == (card,)


def test_previews_show_the_card_as_each_network_makes_it(desk, linked, author, second_channel, clinic):
    post, card = linked
    form = {"text": WORDS, "channel": [str(v.channel_id) for v in post.variants.all()], "link": FLU}
    url = reverse("planning:look", args=[post.pk])
    bare = desk.post(url, form, headers=HTMX).content.decode()
    assert "preview-card" not in bare, "Bluesky makes no card by itself, practice none at all"
    titled = desk.post(url, form | {f"link-{link_id(FLU)}-title": card.title}, headers=HTMX).content.decode()
    assert titled.count("preview-card") == 1
    shown = picture(clinic)
    pictured = form | {f"link-{link_id(FLU)}-title": card.title, "picture": str(shown.pk)}
    assert "preview-card" not in desk.post(url, pictured, headers=HTMX).content.decode()


def test_mastodons_own_card_is_announced_as_its_own(desk, write, clinic):
    channel = channel_of(clinic, "Riverside Toots", "mastodon")
    form = {"text": WORDS, "channel": str(channel.pk)}
    seen = desk.post(reverse("planning:look", args=[uuid4()]), form, headers=HTMX).content.decode()
    assert "riverside.example" in seen
    assert "Mastodon reads the page itself" in seen


def test_the_page_is_told_which_links_stand_there_and_which_are_ours(desk, clinic, linked):
    Organization.objects.update(sites=["www.riverside.example"])
    form = {"text": f"{FLU} https://cdc.gov/flu"}
    seen = desk.post(reverse("planning:look", args=[uuid4()]), form, headers=HTMX).content.decode()
    links = json.loads(re.search(r"data-links='([^']*)'", seen)[1].replace("&quot;", '"'))
    assert links == [
        [link_id(FLU), FLU, True],
        [link_id("https://cdc.gov/flu"), "https://cdc.gov/flu", False],
    ]


def test_a_card_that_is_too_long_is_refused_and_the_words_stay(desk, linked):
    post, _card = linked
    form = {"revision": "1", "text": WORDS, "link": FLU, f"link-{link_id(FLU)}-title": "x" * 301}
    answer = desk.post(reverse("planning:save", args=[post.pk]), form, headers=HTMX)
    assert answer.status_code == 422
    assert (
        "The title of a link&#x27;s card has 301 characters; up to 300 are kept." in answer.content.decode()
    )


def test_the_page_cuts_no_word_of_a_card(desk, linked, author):
    post, card = linked
    with_card(post, card, by=author)
    page = desk.get(reverse("planning:post", args=[post.pk])).content.decode()
    field = re.search(rf'<input[^>]*name="link-{link_id(FLU)}-title"[^>]*>', page)
    assert field
    assert "maxlength" not in field[0]


def test_an_address_in_the_text_is_noted_once_although_it_is_a_link_too(desk, channel):
    address = "https://riverside.example/portal?utm_content=maria.lopez@example.com"
    form = {"text": f"Sign in: {address}", "channel": str(channel.pk)}
    seen = desk.post(reverse("planning:look", args=[uuid4()]), form, headers=HTMX).content.decode()
    assert seen.count('data-rule="phi-patient-url-or-ip"') == 1
    assert seen.count('class="note-also') == 0
    places = re.search(r'name="note-place-[^"]*" value="([^"]*phi-patient-url-or-ip[^"]*)"', seen)
    assert places
    assert len(places[1].split()) == 2, "an answer to the note means both"


def test_which_links_are_of_our_own_sites():
    ours = ["https://www.riverside.example/", "riverside.example:8443", "clinic"]
    own = ["https://riverside.example/a", "http://news.riverside.example", "https://riverside.example:8443/"]
    strange = [
        "https://riverside.example.evil.example/",
        "https://notriverside.example/",
        "https://riverside.example:22/",
        "https://user:pw@riverside.example/",
        "ftp://riverside.example/",
        "https://clinic/",
        "https://[broken",
    ]
    assert [url for url in own if not is_own(url, ours)] == []
    assert [url for url in strange if is_own(url, ours)] == []
    assert links_in("See https://a.example/x, or (https://b.example).") == (
        "https://a.example/x",
        "https://b.example",
    )


def test_a_post_without_cards_keeps_the_fingerprint_that_was_signed(write, channel):
    content = Content(text=WORDS, wordings={channel.pk: Wording()}, pictures=(Picture(uuid4()),))
    assert Content.from_json({**content.as_json(), "previews": []}) == content
    kept = content.as_json()
    del kept["previews"]
    assert Content.from_json(kept) == content, "versions of older installations have none"
