"""What does the page of a post say once it has left?"""

import pytest
from django.urls import reverse
from tests.fixtures.signed_in import signed_in

from bedside.foundation import clock
from bedside.planning.progress import Leaving


@pytest.fixture
def page_of(agreed, became, clinic):
    """The page of a signed post of which every variant became so."""

    def read(state: str, label: str) -> str:
        post = agreed()
        became({variant.pk: Leaving(state, label, clock.now()) for variant in post.variants.all()})
        desk = signed_in(clinic.administrator)
        return desk.get(reverse("planning:post", args=[post.pk])).content.decode()

    return read


def test_its_head_says_that_it_is_public_and_not_only_that_it_is_signed(page_of):
    head = page_of("sent", "Published").partition('class="composer-head"')[2].partition("</header>")[0]
    assert "Published" in head
    assert "Signed" not in head


def test_what_was_taken_down_is_not_on_its_way_and_gets_no_new_time(page_of):
    page = page_of("deleted", "Deleted")
    assert "It was public and was taken down." in page
    assert "on its way" not in page
    assert 'name="planned_on"' not in page
