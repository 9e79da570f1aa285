"""Every component at once: axe finds nothing, nothing overflows, the content policy has nothing to say."""

import pytest
from tests.journeys.examined import Examined
from tests.journeys.watching import overflow

from bedside.web.showroom import PARTS

WIDTHS = {"wide": 1440, "phone": 360}


@pytest.fixture(scope="module")
def examined() -> Examined:
    """What axe had nothing against here; in the other scheme only colors are asked about."""
    return Examined()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_any_component(stage, member_page, examined, scheme, width):
    member_page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    member_page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    member_page.goto(f"{stage.url}/components/")
    member_page.wait_for_selector("vega-chart[data-drawn]")
    assert examined.objections(member_page) == []
    assert overflow(member_page) == 0


@pytest.mark.parametrize("path", ["/", "/search/?q=to", "/no-such-page"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_shell(stage, page, examined, scheme, path):
    page.context.add_cookies([{"name": "bedside_session", "value": stage.session, "url": stage.url}])
    page.emulate_media(color_scheme=scheme)
    page.goto(stage.url + path)
    assert examined.objections(page) == []


def test_every_part_of_the_showroom_has_a_page_of_its_own(stage, member_page):
    for part in PARTS:
        assert member_page.goto(f"{stage.url}/components/{part}/").status == 200
        assert member_page.locator("h1").count() >= 1


def test_the_narrowest_phone_scrolls_in_one_direction(stage, member_page):
    member_page.set_viewport_size({"width": 320, "height": 640})
    member_page.goto(f"{stage.url}/components/")
    assert overflow(member_page) == 0


def test_nothing_moves_for_those_who_asked_for_rest(stage, member_page):
    member_page.emulate_media(reduced_motion="reduce")
    member_page.goto(f"{stage.url}/components/actions/")
    moving = """[...document.querySelectorAll('*')].filter((element) => {
        const style = getComputedStyle(element);
        const long = (times) => times.split(',').some((time) => parseFloat(time) > 0);
        return long(style.transitionDuration) || (style.animationName !== 'none' && long(style.animationDuration));
    }).map((element) => element.className)"""
    assert member_page.evaluate(moving) == []


def test_paper_shows_the_page_without_the_house(stage, member_page):
    member_page.goto(f"{stage.url}/components/lists/")
    member_page.emulate_media(media="print", color_scheme="dark")
    assert not member_page.locator(".rail").is_visible()
    assert not member_page.locator(".phone-bar").is_visible()
    assert member_page.locator("table").is_visible()
    ground = member_page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_a_chart_is_drawn_under_the_policy_and_again_in_the_other_theme(stage, member_page):
    member_page.emulate_media(color_scheme="light")
    member_page.goto(f"{stage.url}/components/numbers/")
    member_page.wait_for_selector("vega-chart[data-drawn] svg")
    color = "document.querySelector('vega-chart svg .mark-line path').getAttribute('stroke')"
    before = member_page.evaluate(color)
    member_page.get_by_role("button", name="Dark").click()
    member_page.wait_for_function(f"{color} !== '{before}'")
