"""Numbers for programs: the same sums as on the page, and nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.rooms.planning.conftest import author, channel, write

from bedside.foundation import clock
from bedside.insights.models import Result
from bedside.publishing.models import Delivery, Receipt

__all__ = ["author", "channel", "write"]


@pytest.fixture
def result(clinic, channel, write):
    """A post that was published yesterday and read."""
    at = clock.now() - timedelta(days=1)
    post = write("Flu shots are here.")
    of = {"organization": clinic.organization, "channel": channel}
    delivery = Delivery.objects.create(
        subject_kind="variant", subject_id=uuid4(), state="sent", due_at=at, scheduled_at=at, **of
    )
    Receipt.objects.create(delivery=delivery, remote_id="1", url="https://x.example/1", accepted_at=at)
    return Result.objects.create(
        delivery=delivery, post=post, sent_at=at, sent_on=at.date(), likes=3, reactions=3, **of
    )


def test_the_sums_say_what_they_are_and_nothing_where_there_is_too_little(clinic, program, result):
    found = program(clinic, "analyst").call("GET", "/numbers?days=7").json()
    figures = {figure["key"]: figure for figure in found["figures"]}
    assert figures["posts"]["value"] == 1
    assert figures["reactions_per_post"]["value"] is None
    assert figures["reactions_per_post"]["meaning"]


def test_what_each_post_brought_is_read_by_pages(clinic, program, result):
    found = program(clinic, "analyst").call("GET", "/numbers/posts").json()
    assert [(item["likes"], item["views"]) for item in found["items"]] == [(3, None)]
    assert found["items"][0]["delivery"] == str(result.pk)


def test_a_posts_numbers_are_its_own_organizations(clinic, other_clinic, program, result):
    path = f"/posts/{result.post_id}/numbers"
    assert program(clinic, "viewer").call("GET", path).json()["channels"][0]["url"] == "https://x.example/1"
    assert program(other_clinic, "analyst").call("GET", path).status_code == 404
    assert program(clinic, "viewer").call("GET", "/numbers").status_code == 403
