"""Does every form that wants a web address say the same of what is none?"""

import pytest
from tests.house.source import PACKAGE

from bedside.api.views import WebhookForm
from bedside.people.forms import ClinicianForm
from bedside.people.web_address import WebAddressField
from bedside.publishing.forms import ResolveForm

ASKING = [(WebhookForm, "url"), (ClinicianForm, "booking_link"), (ResolveForm, "remote_url")]


@pytest.mark.parametrize(("form", "name"), ASKING)
@pytest.mark.parametrize("typed", ["our web site", "https://", "https://exa mple.org", "ftp://example.org/x"])
def test_what_is_no_web_address_is_answered_with_what_to_write(clinic, form, name, typed):
    options = {"organization": clinic.organization} if form is ClinicianForm else {}
    (said,) = form({name: typed}, **options).errors[name]
    assert said.startswith("This is not a web address. Write it whole and without spaces, like https://")


def test_https_is_added_to_an_address_without_it():
    field = WebAddressField(example="https://example.org/")
    assert field.clean("example.org/flu") == "https://example.org/flu"
    assert "url" not in str(field.widget.render("address", "")).split("type=")[1][:8], (
        "the browser would refuse it"
    )


def test_no_form_asks_for_an_address_in_another_way():
    forms = [path for path in PACKAGE.rglob("*.py") if "forms.URLField(" in path.read_text(encoding="utf-8")]
    assert forms == []
