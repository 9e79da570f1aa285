"""Forms: every control is tied to its label, help and error, and the summary leads to it."""

from django import forms
from django.template import Context, Template

from bedside.web.form_atoms import error_lines


class Campaign(forms.Form):
    name = forms.CharField(label="Name", help_text="Only your team sees it.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agreed")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Choose another week.")


def render(source, **context):
    return Template(source).render(Context(context))


def test_help_and_error_are_read_with_the_control():
    html = render("{% field form.name %}", form=Campaign({}))
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert '<label class="field-label" for="id_name">' in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in render("{% field form.note %}", form=Campaign())
    assert "(optional)" not in render("{% field form.name %}", form=Campaign())


def test_choices_are_a_group_with_a_name():
    html = render("{% field form.kind %}", form=Campaign())
    assert html.index("<fieldset") < html.index("<legend") < html.index('type="radio"')


def test_further_arguments_become_attributes_of_the_control():
    html = render('{% field form.note help="Short." data_key="n" rows=3 %}', form=Campaign())
    assert 'data-key="n"' in html
    assert 'rows="3"' in html
    assert "Short." in html


def test_a_hidden_field_is_its_control_alone():
    html = render("{% field form.token %}", form=Campaign()).strip()
    assert html.startswith("<input")
    assert "label" not in html


def test_the_summary_leads_to_every_field_with_an_error():
    lines = error_lines(Campaign({}))
    assert {line["id"] for line in lines} == {"", "id_name", "id_kind_0", "id_agrees", "id_token"}
    assert "Choose another week." in [line["sentence"] for line in lines]


def test_a_form_without_errors_has_no_summary():
    assert render("{% error_summary form %}", form=Campaign()).strip() == ""


def test_a_whole_form_wears_the_look_of_the_house():
    html = render("{{ form }}", form=Campaign({}))
    assert "error-summary" in html
    assert html.count('class="field"') == 4
