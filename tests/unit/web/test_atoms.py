"""Atoms: times as short as they can be understood, initials, counts, and nothing that breaks out of its attribute."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from bedside.web import atoms


def test_today_is_a_time_and_another_day_says_which():
    now = timezone.now()
    assert (
        ":" in words_of(atoms.when(now))
        or "noon" in words_of(atoms.when(now))
        or "m." in words_of(atoms.when(now))
    )
    old = datetime(2019, 3, 5, 12, tzinfo=UTC)
    assert words_of(atoms.when(old)) == "03/05/2019"


def test_the_whole_date_and_its_zone_stand_in_the_title():
    with timezone.override("America/Chicago"):
        html = atoms.when(datetime(2026, 11, 1, 15, 30, tzinfo=UTC))
    assert 'title="Nov. 1, 2026, 9:30 a.m. CST"' in html
    assert 'datetime="2026-11-01T09:30:00-06:00"' in html


def test_a_missing_time_is_said_to_be_missing():
    assert "no time" in atoms.when(None)


def test_a_time_that_a_template_could_not_find_is_missing_and_no_error():
    assert "no time" in Template("{% when row.nothing %}").render(Context({"row": {}}))


def test_a_relative_time_asks_the_browser_to_keep_it_right():
    assert "data-relative" in atoms.when(timezone.now() - timedelta(minutes=5), relative=True)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana M. Ruiz, MD", "AR"), ("Cher", "C"), ("dana whitfield", "DW"), ("@riverside", "?"), ("", "?")],
)
def test_initials_leave_credentials_out(name, letters):
    assert atoms.initials(name) == letters


def test_the_same_name_keeps_its_color():
    assert atoms.avatar("Dana Whitfield") == atoms.avatar("Dana Whitfield")


def test_a_count_of_nothing_is_nothing_and_a_large_one_stays_short():
    assert atoms.count(0, "waiting") == ""
    assert "99+" in atoms.count(1200, "waiting")
    assert "visually-hidden" in atoms.count(3, "waiting")


def test_words_of_people_are_escaped():
    assert "<script>" not in atoms.person("<script>", '"><script>')
    assert "<script>" not in atoms.pill("<script>")


def test_progress_of_unknown_length_has_no_value():
    assert "value=" not in atoms.progress(None, label="Looking")
    assert 'value="42" max="100"' in atoms.progress(42, 100, "Uploading")


def test_a_chart_cannot_end_its_own_data_block():
    chart = atoms.vega_chart({"title": "</script><script>alert(1)</script>"}, "Replies")
    assert str(chart["data"]).count("</script>") == 1


def words_of(html):
    return html.rpartition("</time>")[0].rpartition(">")[2]
