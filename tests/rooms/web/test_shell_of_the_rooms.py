"""The shell as the rooms fill it: banners, badges, and what the palette finds."""

from datetime import date

import pytest
from django.test import RequestFactory
from tests.fixtures.signed_in import signed_in

from bedside.crisis.actions import lift_hold, place_hold
from bedside.networks.actions import mark_needs_sign_in
from bedside.planning.actions import submit_post
from bedside.planning.models import Campaign
from bedside.web import palette
from bedside.web.banners import banners_for
from bedside.web.navigation import navigation


def sentences(member):
    return [banner.sentence for banner in banners_for(member)]


def found(member, words):
    request = RequestFactory().get("/search/")
    request.member = member
    return [(heading, hit.label) for heading, hits in palette.find(request, words).items() for hit in hits]


def badge(member, key):
    request = RequestFactory().get("/")
    request.member = member
    return next(room.count for room in navigation.shown_to(request) if room.key == key)


def test_a_quiet_house_has_no_banner(clinic):
    assert sentences(clinic.administrator) == []


def test_the_demonstration_says_so_on_every_page(clinic):
    clinic.organization.is_demo = True
    clinic.organization.save()
    assert "demonstration" in signed_in(clinic.administrator).get("/").content.decode()


def test_a_hold_stands_over_every_page_with_its_reason_until_it_is_lifted(clinic, other_clinic, channel):
    hold = place_hold(
        organization_id=clinic.organization.pk, reason="Shooting nearby.", by=clinic.administrator
    )
    place_hold(
        organization_id=clinic.organization.pk,
        channel_id=channel.pk,
        reason="Hacked.",
        by=clinic.administrator,
    )
    assert any("this organization: Shooting nearby." in said for said in sentences(clinic.member("viewer")))
    assert any("through Riverside: Hacked." in said for said in sentences(clinic.member("viewer")))
    assert sentences(other_clinic.administrator) == []
    lift_hold(hold, by=clinic.administrator)
    assert not any("Shooting" in said for said in sentences(clinic.administrator))


def test_channels_that_lost_their_sign_in_are_named(clinic, channel):
    mark_needs_sign_in(channel, sentence="The token was revoked.")
    said = "Riverside has to be connected again; until then nothing leaves or arrives there."
    assert sentences(clinic.administrator) == [said]
    assert sentences(clinic.member("viewer")) == [f"{said} Tell an administrator."]


def test_the_badge_of_the_approvals_counts_for_those_whose_turn_it_is(clinic, author, write):
    submit_post(write(), by=author)
    assert badge(clinic.member("brand_approver"), "approvals") == 1
    assert badge(author, "approvals") == 0


@pytest.mark.parametrize("words", ["flu shots", "SHOTS", "monday flu"])
def test_posts_are_found_by_all_their_words_in_any_order(author, write, words):
    write("Flu shots on Monday.")
    write("Flu season ends.")
    assert ("Posts", "Flu shots on Monday.") in found(author, words)
    assert ("Posts", "Flu season ends.") not in found(author, words)


def test_the_palette_shows_nobody_what_is_not_theirs(clinic, other_clinic, author, write):
    write("Flu shots on Monday.")
    Campaign.objects.create(
        organization=clinic.organization,
        name="Flu autumn",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 1),
    )
    assert found(other_clinic.administrator, "flu") == []
    assert ("People", "Author") in found(clinic.administrator, "auth")
    assert not [hit for hit in found(author, "auth") if hit[0] == "People"]
    assert ("Settings", "Clinicians") in found(clinic.administrator, "clini")
    assert found(author, "clini") == []
