"""A privacy officer writes a rule, an author meets it, and together they find out where it is wrong."""

from playwright.sync_api import Page, expect
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of

BEGUN = "Ask us about the tummy tuck evening."
MENDED = "Ask us about the abdominoplasty evening."
CURES = "The tonic of 1931 promised that it cures diabetes, guaranteed."
REASON = "A quotation of a flyer that hangs in our hall."


def test_a_rule_is_written_met_mended_marked_and_let_pass(lakeside: Desk, door: Door) -> None:
    pat = door.member(lakeside, email_of("privacy_officer"))
    found = write_rule(pat, lakeside)
    al = door.member(lakeside, email_of("author"))
    found += mend_with_one_click(al)
    found += ask_and_mark(al)
    found += agree(pat, lakeside)
    found += agree(door.member(lakeside, email_of("brand_approver")), lakeside)
    al.reload()
    expect(al.get_by_role("region", name="Notes of the guard")).to_contain_text("put aside or let pass")
    steps.send_for_approval(al)
    found += review(pat, lakeside)
    assert found == []


def write_rule(page: Page, desk: Desk) -> list[str]:
    """The rule is tried while it is written, refused while an example fails, and then saved."""
    page.goto(f"{desk.base_url}/people/settings")
    page.get_by_role("link", name="Rules", exact=True).click()
    page.get_by_role("link", name="Write the first rule").click()
    page.get_by_label("Name of the rule").fill("No pet names")
    page.get_by_label("Words and phrases to look for").fill("tummy tuck")
    page.get_by_label("What it does").select_option("stops")
    page.get_by_label("Why", exact=True).fill("We do not sell operations by pet names.")
    page.get_by_label("Replacement with one click").fill("abdominoplasty")
    page.get_by_label("Texts that it has to find").fill("A tummy tuck in June")
    page.get_by_label("Harmless texts that it must not find").fill("The tummy tuck of a teddy bear")
    trial = page.get_by_role("complementary", name="Try the rule")
    expect(trial.get_by_text("must not be").first).to_be_visible()
    page.get_by_role("button", name="Save the rule").click()
    expect(page.get_by_role("alert")).to_contain_text("teddy bear")
    found = faults_of(page)
    page.get_by_label("Harmless texts that it must not find").fill("My tummy hurts")
    page.get_by_role("button", name="Save the rule").click()
    expect(page.get_by_role("link", name="No pet names")).to_be_visible()
    return found + faults_of(page)


def mend_with_one_click(page: Page) -> list[str]:
    words = steps.write(page, BEGUN)
    notes = page.get_by_role("region", name="Notes of the guard")
    expect(notes.get_by_text("pet names").first).to_be_visible()
    found = faults_of(page)
    notes.get_by_role("button", name="Write “abdominoplasty”").click()
    expect(words).to_have_value(MENDED)
    expect(notes.get_by_text("pet names")).to_have_count(0)
    return found


def ask_and_mark(page: Page) -> list[str]:
    """The author calls the note wrong, which lets nothing pass, and asks that it passes."""
    page.get_by_label("Text", exact=True).fill(CURES)
    notes = page.get_by_role("region", name="Notes of the guard")
    notes.get_by_text("Wrong, or fine here?").first.click()
    notes.get_by_role("button", name="Mark the note as wrong").first.click()
    expect(page.get_by_text("Noted for review")).to_be_visible()
    notes.get_by_text("Marked as wrong").first.click()
    notes.get_by_label("Why, in a few words").first.fill(REASON)
    found = faults_of(page)
    notes.get_by_role("button", name="Ask that it passes here").first.click()
    expect(page.get_by_text("Asked. Whoever may decide")).to_be_visible()
    expect(page.locator("#save-state")).to_contain_text("Saved")
    expect(page.get_by_role("button", name="Send for approval")).to_have_count(0)
    return found


def agree(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.base_url}/rules/waivers")
    waiting = page.get_by_role("region", name="Waits for you")
    waiting.get_by_role("link").first.click()
    expect(page.get_by_text("cures diabetes").first).to_be_visible()
    found = faults_of(page)
    page.get_by_label("Why this is right").fill(REASON)
    page.get_by_role("button", name="Let it pass in this text").click()
    expect(page.get_by_text("been told").first).to_be_visible()
    return found


def review(page: Page, desk: Desk) -> list[str]:
    page.goto(f"{desk.base_url}/rules/marks")
    page.get_by_role("region", name="To be reviewed").get_by_role("link").first.click()
    expect(page.get_by_role("region", name="Your review")).to_be_visible()
    found = faults_of(page)
    page.get_by_role("button", name="The rule was wrong: keep the example").click()
    page.get_by_role("link", name="Examples today").click()
    expect(page.get_by_text("Still fires", exact=True)).to_be_visible()
    found += faults_of(page)
    page.get_by_role("link", name="Accuracy").click()
    expect(page.get_by_role("row").filter(has_text="claim-cure-or-guarantee")).to_contain_text("1")
    return found + faults_of(page)
