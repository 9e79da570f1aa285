"""Films and animations that flash: seen when they are looked into, stopped with their seconds, and cut."""

import pytest
from django.urls import reverse
from tests.fixtures import films
from tests.fixtures.signed_in import signed_in

from bedside.config import looker
from bedside.foundation import clock
from bedside.guard import Material, judge
from bedside.library import looking
from bedside.library.actions import cut_asset, give_captions, upload_asset
from bedside.library.jobs import judge_asset
from bedside.library.models import Asset
from bedside.planning.material import media_facts

pytestmark = pytest.mark.once

SRT = b"1\n00:00:01,000 --> 00:00:03,000\nWelcome.\n"


@pytest.fixture
def eyes():
    """The looker that the product has."""
    looking.register(looker.look)
    yield
    looking._lookers.clear()


@pytest.fixture
def strobe(clinic, tmp_path) -> Asset:
    content = films.strobe_film(tmp_path / "strobe.mp4")
    return upload_asset(by=clinic.member("author"), name="strobe.mp4", chunks=[content])


def looked_at(asset: Asset) -> Asset:
    judge_asset(str(asset.pk))
    asset.refresh_from_db()
    return asset


def material(asset: Asset) -> Material:
    return Material(surface="post", text="Our open day", media=(media_facts(asset, "A dance"),))


def rules_against(asset: Asset) -> set[str]:
    return {found.rule for found in judge(material(asset)).findings}


def page(clinic, name: str, asset: Asset) -> str:
    desk = signed_in(clinic.member("author"))
    return desk.get(reverse(f"library:{name}", args=[asset.pk])).content.decode()


def test_a_film_that_flashes_stops_its_post_until_the_seconds_are_cut_out(clinic, eyes, strobe):
    before = material(strobe).fingerprint
    ((start, end),) = looked_at(strobe).facts["flashes"]
    assert (start, end) == (pytest.approx(1.0, abs=0.1), pytest.approx(2.0, abs=0.1))
    assert material(strobe).fingerprint != before, "whoever signed it without that has to sign again"
    assert judge(material(strobe)).decision == "block"
    assert "a11y-flashing" in rules_against(strobe)
    shown = page(clinic, "asset", strobe)
    assert f"Second {start} to {end}" in shown
    assert "flashes more than three times in a second" in shown
    assert reverse("library:cut", args=[strobe.pk]) in shown
    asked = page(clinic, "cut", strobe)
    assert f"Second {start} to {end}: flashes" in asked
    assert 'name="start" value="1.0"' in asked
    copy = cut_asset(strobe, by=clinic.member("author"), start=1.0, end=2.0, alt_text="A dance")
    assert looked_at(copy).facts["flashes"] == []
    assert "a11y-flashing" not in rules_against(copy)


def test_an_animation_that_flashes_is_shown_still_and_says_what_to_do(clinic, eyes, tmp_path):
    content = films.moving_picture(tmp_path / "alert.gif", [(0, 0, 0), (255, 0, 0)], 60)
    asset = looked_at(upload_asset(by=clinic.member("author"), name="alert.gif", chunks=[content]))
    assert asset.facts["flashes"] == [[0.0, 0.12]]
    assert "a11y-flashing" in rules_against(asset)
    shown = page(clinic, "asset", asset)
    assert "Export it again without these flashes, or slower" in shown
    assert reverse("library:file", args=[asset.pk, "full"]) not in shown


def test_a_film_from_before_is_not_taken_for_one_that_flashes_until_it_is_looked_at_again(
    clinic, eyes, strobe
):
    strobe.facts = {"faces": 0, "seconds": [0.0]}
    strobe.judged_at = clock.now()
    strobe.save()
    assert "a11y-flashing" not in rules_against(strobe)
    assert "Not looked for" in page(clinic, "asset", strobe)
    give_captions(strobe, by=clinic.member("author"), chunks=[SRT])
    strobe.refresh_from_db()
    assert "a11y-flashing" in rules_against(looked_at(strobe))


def test_what_was_found_before_does_not_outlive_another_look(clinic, eyes, tmp_path):
    content = films.plain_film(tmp_path / "plain.mp4")
    asset = upload_asset(by=clinic.member("author"), name="plain.mp4", chunks=[content])
    asset.facts = {**asset.facts, "flashes": [[0.5, 2.0]], "is_read_whole": False}
    asset.save()
    assert "a11y-flashing" in rules_against(asset)
    assert looked_at(asset).facts["flashes"] == []
    assert asset.facts["is_read_whole"] is True
    assert "a11y-flashing" not in rules_against(asset)


def test_a_film_that_was_too_long_to_be_read_whole_says_so(clinic, strobe):
    strobe.facts = {"faces": 0, "flashes": [], "is_read_whole": False}
    strobe.judged_at = clock.now()
    strobe.save()
    shown = page(clinic, "asset", strobe)
    assert "None found where it was looked at" in shown
    assert "watch the rest for flashes yourself" in shown
