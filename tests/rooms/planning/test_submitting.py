"""What is stopped, who is asked, and when a post counts as agreed."""

import pytest
from tests.rooms.planning.conftest import picture, sign_all

from bedside.approvals.actions import decide
from bedside.approvals.queries import latest_request
from bedside.foundation.announce import when
from bedside.foundation.refusal import Refusal
from bedside.people.actions import remove_member
from bedside.planning.actions import agree_post, reopen_post, return_post, submit_post, withdraw_post
from bedside.planning.actions.submitting import Stopped
from bedside.planning.checklist import QUESTIONS
from bedside.planning.clearance import clearance_of
from bedside.planning.content import Picture
from bedside.planning.jobs import settle_answered
from bedside.planning.models import Post, SoloClearance
from bedside.planning.news import PostAgreed, PostChanged, PostWithdrawn
from bedside.planning.standing import marks, standings

YES = dict.fromkeys(QUESTIONS, True)


@pytest.fixture
def heard():
    """Every piece of news of this room, in order."""
    found: list = []
    for kind in (PostAgreed, PostChanged, PostWithdrawn):
        when(kind, found.append)
    return found


def test_a_post_without_special_needs_asks_for_the_brand(write, author):
    post = submit_post(write(), by=author)
    request = latest_request("post", post.pk)
    assert (post.state, request.needs) == ("submitted", ["brand"])
    assert request.authors == [str(author.pk)]
    (channel,) = request.card["channels"]
    assert channel["parts"] == ["Flu shots are here."]


def test_a_title_that_was_cut_says_so(write, author):
    post = submit_post(
        write("Flu shots are here, for everybody\nfrom six months on, and every day."), by=author
    )
    title = latest_request("post", post.pk).title
    assert title == "Flu shots are here, for everybody from six months on, and e…"


def test_what_the_guard_stops_is_refused_with_the_findings(write, author):
    with pytest.raises(Stopped) as refused:
        submit_post(write("Use member SSN 219-09-9999 when you call."), by=author)
    assert refused.value.code == "guard_stops"
    assert any("219-09-9999" in finding.says for finding in refused.value.judged[0].stops)
    assert latest_request("post", Post.objects.get().pk) is None


def test_what_the_network_would_refuse_is_refused_here(write, author):
    with pytest.raises(Stopped) as refused:
        submit_post(write("Flu shots are here today. " * 21), by=author)
    assert refused.value.code == "does_not_fit"


def test_a_post_without_a_channel_is_refused(author):
    from bedside.planning.actions import create_post
    from bedside.planning.content import Content

    with pytest.raises(Refusal) as refused:
        submit_post(create_post(by=author, content=Content(text="To whom?")), by=author)
    assert refused.value.code == "no_channel"


def test_a_picture_that_nobody_looked_at_yet_waits(clinic, write, author):
    asset = picture(clinic, is_judged=False)
    with pytest.raises(Refusal) as refused:
        submit_post(write(pictures=(Picture(asset.pk, "A nurse"),)), by=author)
    assert refused.value.code == "not_looked_at"


def test_signatures_agree_the_post_and_it_may_leave(
    clinic, write, author, heard, django_capture_on_commit_callbacks
):
    post = submit_post(write(), by=author)
    variant = post.variants.get()
    assert clearance_of(variant).code == "not_agreed"
    sign_all(clinic, post)
    with django_capture_on_commit_callbacks(execute=True):
        agree_post(post.pk)
    assert heard == [PostAgreed(post.pk)]
    standing = standings([variant.pk])[variant.pk]
    assert standing.is_clear
    assert standing.outgoing.text == "Flu shots are here."
    assert marks([variant.pk]) == {variant.pk: standing.mark}


def test_agreeing_without_signatures_sends_the_post_back(write, author):
    post = submit_post(write(), by=author)
    assert agree_post(post.pk).state == "draft"


def test_a_signed_post_whose_picture_changed_may_not_leave(clinic, agreed):
    asset = picture(clinic)
    post = agreed(pictures=(Picture(asset.pk, "A nurse"),))
    variant = post.variants.get()
    assert clearance_of(variant).is_clear
    asset.facts = {"text_in_picture": "Room 4"}
    asset.save()
    assert clearance_of(Post.objects.get().variants.get()).code == "not_signed"


def test_a_request_for_a_change_makes_it_a_draft(clinic, write, author):
    post = submit_post(write(), by=author)
    decide(
        latest_request("post", post.pk), by=clinic.member("brand_approver"), says="change", words="Shorter"
    )
    assert return_post(post.pk, words="Shorter").state == "draft"


def test_withdrawing_and_reopening_are_announced(agreed, author, heard, django_capture_on_commit_callbacks):
    post = agreed()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_post(post, by=author)
    assert heard == [PostChanged(post.pk), PostWithdrawn(post.pk)]
    assert reopen_post(post, by=author).state == "draft"


def test_a_solo_practice_clears_what_the_guard_finds_nothing_in(clinic, write, author):
    clinic.organization.allows_solo_clearance = True
    clinic.organization.save()
    post = submit_post(write(), by=author, checklist=YES)
    assert post.state == "agreed"
    assert SoloClearance.objects.get().checklist == YES
    assert clearance_of(post.variants.get()).is_clear


def test_an_open_checklist_clears_nothing(clinic, write, author):
    clinic.organization.allows_solo_clearance = True
    clinic.organization.save()
    with pytest.raises(Refusal) as refused:
        submit_post(write(), by=author, checklist=YES | {"claims_hold": False})
    assert refused.value.code == "checklist_open"


def test_a_solo_practice_cannot_clear_what_needs_a_signature(clinic, write, author):
    clinic.organization.allows_solo_clearance = True
    clinic.organization.save()
    with pytest.raises(Stopped) as refused:
        submit_post(write(pictures=(Picture(picture(clinic).pk, ""),)), by=author, checklist=YES)
    assert refused.value.code == "needs_second_person"


def test_a_bigger_organization_cannot_clear_alone(write, author):
    with pytest.raises(Refusal) as refused:
        submit_post(write(), by=author, checklist=YES)
    assert refused.value.code == "no_solo"


def test_solo_clearances_lapse_when_the_organization_no_longer_allows_them(clinic, write, author):
    clinic.organization.allows_solo_clearance = True
    clinic.organization.save()
    post = submit_post(write(), by=author, checklist=YES)
    clinic.organization.allows_solo_clearance = False
    clinic.organization.save()
    assert clearance_of(Post.objects.get(pk=post.pk).variants.get()).code == "not_signed"


def test_a_post_of_a_removed_member_can_still_be_returned(clinic, write, author):
    post = submit_post(write(), by=author)
    remove_member(author, by=clinic.administrator)
    assert return_post(post.pk, words="Shorter").state == "draft"


def test_what_lost_news_left_undone_is_made_good(clinic, write, author):
    signed, returned, waiting = (submit_post(write(text), by=author) for text in ("One", "Two", "Three"))
    sign_all(clinic, signed)
    request = latest_request("post", returned.pk)
    decide(request, by=clinic.member("brand_approver"), says="change", words="Shorter")
    settle_answered()
    states = {post.pk: Post.objects.get(pk=post.pk).state for post in (signed, returned, waiting)}
    assert list(states.values()) == ["agreed", "draft", "submitted"]
