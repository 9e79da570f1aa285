"""The composer through the front door: with and without script, alone and when two people write."""

import io
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image
from tests.fixtures.signed_in import signed_in
from tests.rooms.planning.conftest import picture, sign_all

from bedside.approvals.queries import comments_on
from bedside.foundation import clock
from bedside.library.jobs import judge_asset
from bedside.library.models import Asset
from bedside.people.models import Organization
from bedside.planning.actions import agree_post, save_post, submit_post
from bedside.planning.checklist import QUESTIONS
from bedside.planning.content import Content, Picture, Wording
from bedside.planning.models import Post

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(clinic, author):
    return signed_in(author)


def url(name: str, post: Post | object, *more: object) -> str:
    return reverse(f"planning:{name}", args=[getattr(post, "pk", post), *more])


def html(answer) -> str:
    return answer.content.decode()


def png() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "sign.png"
    return out


def test_the_first_autosave_creates_the_post_under_the_id_of_the_page(desk, channel):
    page = html(desk.get(reverse("planning:compose")))
    post_id = re.search(r"posts/([0-9a-f-]{36})/save", page)[1]
    assert not Post.objects.exists()
    form = {"revision": "0", "text": "Flu shots\r\nare here.", "channel": str(channel.pk)}
    answer = desk.post(url("save", post_id), form, headers=HTMX)
    assert answer.headers["HX-Replace-Url"] == url("post", post_id)
    post = Post.objects.get(pk=post_id)
    assert post.text == "Flu shots\nare here."
    assert 'name="revision" id="revision" value="1"' in html(answer)
    desk.post(url("save", post_id), form | {"revision": "1", "text": "Flu shots today"}, headers=HTMX)
    assert Post.objects.get().revision == 2


def test_a_look_judges_counts_and_previews_without_keeping_anything(desk, channel):
    form = {"text": "Use SSN 219-09-9999 at https://riverside.example/a", "channel": str(channel.pk)}
    seen = html(desk.post(url("look", uuid4()), form, headers=HTMX))
    assert 'data-control="text"' in seen
    assert "19, &quot;danger&quot;]" in seen
    assert "<b>https://riverside.example/a</b>" in seen
    assert "The guard stops this at 1 place" in seen
    assert not Post.objects.exists()


def test_words_that_look_like_html_stay_words(desk, channel):
    form = {"text": "<script>alert(1)</script>", "channel": str(channel.pk)}
    assert "<script>alert" not in html(desk.post(url("look", uuid4()), form, headers=HTMX))


def test_what_is_too_long_is_struck_out_where_the_network_cuts(desk, channel):
    form = {"text": "x" * 500 + "TOOMUCH", "channel": str(channel.pk)}
    seen = html(desk.post(url("look", uuid4()), form, headers=HTMX))
    assert '<span class="preview-over">TOOMUCH</span>' in seen
    assert "It does not fit yet on Riverside" in seen


def test_a_stale_autosave_answers_409_with_what_the_other_changed(desk, clinic, write, channel):
    post = write("Flu shots are here.")
    other = clinic.member("author", "Second Author")
    wordings = {channel.pk: Wording()}
    save_post(post, by=other, content=Content(text="Flu shots are over.", wordings=wordings), revision=1)
    form = {"revision": "1", "text": "My words", "channel": str(channel.pk)}
    answer = desk.post(url("save", post), form, headers=HTMX)
    assert answer.status_code == 409
    assert "Second Author" in html(answer)
    assert "<ins>over</ins>" in html(answer)
    assert Post.objects.get().text == "Flu shots are over."
    page = desk.post(url("post", post), form | {"do": "save"})
    assert page.status_code == 422
    assert "My words" in html(page)
    assert desk.post(url("post", post), form | {"do": "save", "on_top_of": "2"}).status_code == 302
    assert Post.objects.get().text == "My words"


def test_without_script_a_form_with_files_is_saved_planned_and_sorted(desk, channel, clinic):
    post_id = uuid4()
    form = {
        "revision": "0",
        "text": "Walk with us",
        "thread": ["Part two", " "],
        "sources": "https://cdc.gov/a\r\n\r\nhttps://cdc.gov/b",
        "channel": str(channel.pk),
        "tags": "Walk, 5k",
        "planned_on": "2031-07-01",
        "planned_time": "09:00",
        "file": png(),
        "do": "save",
    }
    with clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        assert desk.post(url("post", post_id), form).status_code == 302
    post = Post.objects.get(pk=post_id)
    assert (post.thread, post.sources) == (["Part two"], ["https://cdc.gov/a", "https://cdc.gov/b"])
    assert post.planned_at == datetime(2031, 7, 1, 14, 0, tzinfo=UTC)
    assert sorted(tag.name for tag in post.tags.all()) == ["5k", "Walk"]
    assert post.media.get().asset.mime == "image/png"


def test_a_time_in_the_past_is_told_at_its_field_and_the_words_are_kept(desk, channel):
    post_id = uuid4()
    form = {
        "revision": "0",
        "text": "Kept",
        "channel": str(channel.pk),
        "planned_on": "2020-01-01",
        "planned_time": "09:00",
    }
    answer = desk.post(url("save", post_id), form, headers=HTMX)
    assert answer.status_code == 422
    assert "That time is over" in html(answer)
    assert answer["X-Bedside-Kept"] == "words"
    assert Post.objects.get().text == "Kept"
    assert 'id="revision" value="1"' in html(answer)


def test_a_skipped_hour_is_told_while_planning(desk, channel):
    form = {"text": "x", "channel": str(channel.pk), "planned_on": "2031-03-09", "planned_time": "02:30"}
    assert "The clocks skip 02:30" in html(
        desk.post(url("save", uuid4()), form | {"revision": "0"}, headers=HTMX)
    )


def test_the_button_sends_for_approval_and_the_page_says_who_is_waited_for(desk, write, channel):
    post = write("Flu shots are here.")
    form = {"revision": "1", "text": "Flu shots are here.", "channel": str(channel.pk), "do": "submit"}
    answer = desk.post(url("post", post), form, follow=True)
    assert "Waits for a brand signature." in html(answer)
    assert Post.objects.get().state == "submitted"


def test_a_stopped_post_comes_back_with_its_notes(desk, write, channel):
    post = write("SSN 219-09-9999")
    form = {"revision": "1", "text": "SSN 219-09-9999 now", "channel": str(channel.pk), "do": "submit"}
    answer = desk.post(url("post", post), form)
    assert answer.status_code == 422
    assert "nobody may pass" in html(answer)
    assert 'id="revision" value="2"' in html(answer)


def test_a_solo_practice_sees_the_checklist_and_clears(desk, clinic, write, channel):
    Organization.objects.update(allows_solo_clearance=True)
    post = write("Flu shots are here.")
    assert "Before you clear it yourself" in html(desk.get(url("post", post)))
    form = {"revision": "1", "text": "Flu shots are here.", "channel": str(channel.pk), "do": "clear"}
    assert "Tick every line" in html(desk.post(url("post", post), form))
    desk.post(url("post", post), form | {f"check-{key}": "on" for key in QUESTIONS})
    assert Post.objects.get().state == "agreed"


def test_a_channel_can_say_it_differently_and_follow_again(desk, write, channel, second_channel):
    post = write("Shared", on=[channel, second_channel])
    form = {
        "revision": "1",
        "text": "Shared",
        "channel": [str(channel.pk), str(second_channel.pk)],
        f"own-{second_channel.pk}": "on",
        f"own-{second_channel.pk}-text": "Own words",
        f"own-{second_channel.pk}-first_comment": "",
    }
    desk.post(url("save", post), form, headers=HTMX)
    assert post.variants.get(channel=second_channel).text == "Own words"
    assert post.variants.get(channel=second_channel).first_comment is None
    desk.post(
        url("save", post), form | {"revision": "2", f"own-{second_channel.pk}-text": "Shared"}, headers=HTMX
    )
    assert post.variants.get(channel=second_channel).text is None


def test_dropping_a_picture_brings_its_card_and_a_bad_file_a_sentence(desk, write):
    post = write()
    answer = desk.post(url("picture", post), {"file": png()}, headers=HTMX)
    asset = Asset.objects.get()
    assert f'name="alt-{asset.pk}"' in html(answer)
    bad = io.BytesIO(b"nothing")
    bad.name = "x.png"
    answer = desk.post(url("picture", post), {"file": bad}, headers=HTMX)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")
    judge_asset(str(asset.pk))
    assert asset.name in html(desk.get(url("library", post)))
    assert f'value="{asset.pk}"' in html(desk.get(reverse("planning:chosen", args=[asset.pk])))


def test_versions_are_shown_with_their_difference_and_can_come_back(desk, write, author, channel):
    post = write("Flu shots start Monday.")
    with clock.at(datetime(2031, 1, 1, tzinfo=UTC)):
        wordings = {channel.pk: Wording()}
        save_post(
            post, by=author, content=Content(text="Flu shots start Friday.", wordings=wordings), revision=1
        )
    page = html(desk.get(url("versions", post)))
    assert "<del>Monday</del>" in page
    assert "<ins>Friday</ins>" in page
    first = post.versions.last()
    desk.post(url("restore", post, first.pk))
    assert Post.objects.get().text == "Flu shots start Monday."


def test_remarks_verbs_and_planning_of_an_agreed_post(desk, clinic, agreed):
    post = agreed()
    desk.post(url("comment", post), {"text": "Which entrance?"})
    assert [remark.text for remark in comments_on("post", post.pk)] == ["Which entrance?"]
    page = html(desk.get(url("post", post)))
    assert "Choose when it should leave" in page
    assert "Which entrance?" in page
    answer = desk.post(url("plan", post), {"planned_on": "2020-01-01", "planned_time": "09:00"})
    assert answer.status_code == 422
    desk.post(url("plan", post), {"do": "now"})
    assert Post.objects.get(pk=post.pk).planned_at is not None
    desk.post(url("act", post, "duplicate"))
    assert Post.objects.count() == 2
    desk.post(url("act", post, "withdraw"))
    assert Post.objects.get(pk=post.pk).state == "withdrawn"
    desk.post(url("act", post, "reopen"))
    assert Post.objects.get(pk=post.pk).state == "draft"


def test_a_viewer_reads_a_draft_and_cannot_write(clinic, write):
    post = write("Flu shots are here.")
    viewer = signed_in(clinic.member("viewer"))
    page = html(viewer.get(url("post", post)))
    assert "Flu shots are here." in page
    assert '<form class="composer-write"' not in page
    assert viewer.post(url("save", post), {"text": "x"}).status_code == 403
    assert viewer.post(url("post", post), {"text": "x"}).status_code == 403


def test_another_organizations_post_is_a_404(write, other_clinic):
    post = write()
    stranger = signed_in(other_clinic.member("author"))
    for name in ("post", "versions"):
        assert stranger.get(url(name, post)).status_code == 404
    for name in ("save", "plan", "comment"):
        assert stranger.post(url(name, post), {"revision": "1", "text": "Mine now"}).status_code == 404
    assert Post.objects.get().text == "Flu shots are here."


def test_an_agreed_post_whose_rules_changed_says_what_to_do(desk, clinic, write, author):
    asset = picture(clinic)
    post = submit_post(write(pictures=()), by=author)
    sign_all(clinic, post)
    post = agree_post(post.pk)
    post.media.create(asset=asset, order=0, alt_text="Slipped in")
    assert "Take back and submit again" in html(desk.get(url("post", post)))


def test_a_note_on_a_film_names_the_second(clinic, desk, write):
    film = picture(clinic, name="tour.mp4")
    film.kind = "video"
    film.facts = {"text_in_picture": "Welcome\nRm 12 Hendricks NPO", "moments": [[0, 0.0], [8, 1.6]]}
    film.save()
    post = write(pictures=(Picture(film.pk, "A tour of our ward"),))
    assert "Words in film 1, second 1.6" in html(desk.get(url("post", post)))


@pytest.mark.parametrize("has_channel", [True, False])
def test_a_note_on_a_film_that_flashes_says_from_which_second_to_which(clinic, desk, channel, has_channel):
    film = picture(clinic, name="tour.mp4")
    film.kind = "video"
    film.facts = {"flashes": [[0.4, 3.2], [7, 8.5], [11, 12], [20, 21]]}
    film.save()
    form = {"picture": str(film.pk), f"alt-{film.pk}": "A tour of our ward"}
    form |= {"channel": str(channel.pk)} if has_channel else {}
    seen = html(desk.post(url("look", uuid4()), form, headers=HTMX))
    assert "Film 1 flashes: second 0.4 to 3.2, second 7 to 8.5, second 11 to 12 …" in seen
    assert "set off a seizure" in seen
