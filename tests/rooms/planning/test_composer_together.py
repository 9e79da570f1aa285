"""Nothing that somebody typed or set is lost: beside each other, in two windows, and when one field is refused."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image
from tests.fixtures.signed_in import signed_in

from bedside.foundation import clock
from bedside.planning.actions import create_post, label_post, plan_post, save_post
from bedside.planning.content import Content, Wording
from bedside.planning.models import Post

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(author):
    return signed_in(author)


def controls(desk, post: Post | None) -> dict[str, str]:
    """What the composer's hidden fields and its time and label controls say when the page is drawn."""
    at = reverse("planning:post", args=[post.pk]) if post else reverse("planning:compose")
    page = desk.get(at).content.decode()
    names = ("revision", "screen", "was_time", "was_labels", "planned_on", "planned_time", "tags")
    found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) for name in names}
    return {name: match[1] if match else "" for name, match in found.items()} | {"campaign": ""}


def save(desk, post: Post, form, **typed):
    return desk.post(reverse("planning:save", args=[post.pk]), form | typed, headers=HTMX)


def test_a_time_that_somebody_else_set_meanwhile_stays(desk, clinic, write, channel):
    post = write()
    form = controls(desk, post) | {"channel": str(channel.pk)}
    at = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    plan_post(post, at=at, by=clinic.member("author", "Second Author"))
    assert save(desk, post, form, text="Flu shots are here today.").status_code == 200
    found = Post.objects.get()
    assert (found.text, found.planned_at) == ("Flu shots are here today.", at)


def test_a_page_whose_saves_answer_got_lost_saves_on(desk, channel):
    """The page still says the revision before that save, because it never heard of a newer one."""
    post = Post(pk=uuid4())
    form = controls(desk, None) | {"channel": str(channel.pk)}
    for text in ("Flu", "Flu shots", "Flu shots are here."):
        assert save(desk, post, form, text=text).status_code == 200
    assert Post.objects.get().text == "Flu shots are here."


def test_a_page_left_open_overwrites_nothing_that_came_from_another_page_of_the_same_person(
    desk, write, channel
):
    post = write("Flu shots")
    one, two = (controls(desk, post) | {"channel": str(channel.pk)} for _ in range(2))
    assert save(desk, post, one, text="Flu shots are here.").status_code == 200
    assert save(desk, post, two, text="No more flu shots.").status_code == 409
    assert save(desk, post, two | {"on_top_of": "2"}, text="No more flu shots.").status_code == 200
    assert save(desk, post, one, text="Flu shots are here, at last.").status_code == 409
    assert Post.objects.get().text == "No more flu shots."


@pytest.mark.parametrize(("text", "status"), [("Flu shots", 200), ("Flu shots are here.", 409)])
def test_two_first_saves_at_the_same_moment_make_one_post(desk, author, channel, text, status):
    """What differs is told as a conflict with both wordings, never as a fault that loses one."""
    post, content = Post(pk=uuid4()), Content(text="Flu shots", wordings={channel.pk: Wording()})
    began = []

    def other_save_between_look_and_create(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if 'FROM "planning_post"' in sql and not began:
            began.append(sql)
            create_post(by=author, content=content, post_id=post.pk)
        return answer

    form = controls(desk, None) | {"channel": str(channel.pk)}
    with connection.execute_wrapper(other_save_between_look_and_create):
        answer = save(desk, post, form, text=text)
    assert (answer.status_code, len(began), Post.objects.get().text) == (status, 1, "Flu shots")
    assert text in answer.content.decode() or status == 200


def test_labels_that_somebody_else_gave_meanwhile_stay(desk, clinic, write, channel):
    post = write()
    form = controls(desk, post) | {"channel": str(channel.pk)}
    label_post(post, by=clinic.member("author", "Second Author"), campaign=None, tags=["Flu"])
    save(desk, post, form, text="Flu shots are here today.")
    assert [tag.name for tag in Post.objects.get().tags.all()] == ["Flu"]


def test_a_time_that_was_typed_counts_and_the_next_save_begins_from_it(desk, clinic, write, channel):
    post = write()
    form = controls(desk, post) | {"channel": str(channel.pk), "text": "Flu shots are here."}
    day = f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    typed = {"planned_on": day, "planned_time": "09:00"}
    answer = save(desk, post, form, **typed).content.decode()
    assert Post.objects.get().planned_at is not None
    assert f'name="was_time" value="{day} 09:00"' in answer
    plan_post(post, at=None, by=clinic.member("author", "Second Author"))
    save(desk, post, form, **typed, was_time=f"{day} 09:00", text="Once more.")
    assert Post.objects.get().planned_at is None, "it was not touched again"


def test_a_refused_label_keeps_the_words_and_makes_no_conflict_with_oneself(desk, write, channel):
    post = write()
    form = controls(desk, post) | {"channel": str(channel.pk)}
    tags = ", ".join(f"tag {n}" for n in range(30))
    answer = save(desk, post, form, text="First.", tags=tags)
    assert answer.status_code == 422
    assert answer["X-Bedside-Kept"] == "words"
    assert Post.objects.get().text == "First."
    revision = re.search(r'id="revision" value="(\d+)"', answer.content.decode())[1]
    assert save(desk, post, form, text="Second.", tags="flu", revision=revision).status_code == 200
    assert Post.objects.get().text == "Second."


def test_a_file_that_came_with_a_refused_form_is_still_in_it(desk, clinic, write, channel):
    post = write()
    other = Content(text="Theirs.", wordings={channel.pk: Wording()})
    save_post(post, by=clinic.member("author", "Second Author"), content=other, revision=1)
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(file, "PNG")
    file.seek(0)
    file.name = "sign.png"
    form = {"revision": "1", "text": "Mine.", "channel": str(channel.pk), "file": file, "do": "save"}
    page = desk.post(reverse("planning:post", args=[post.pk]), form)
    assert page.status_code == 422
    assert re.search(r'name="picture"[^>]*value="[0-9a-f-]{36}"', page.content.decode())


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "tomorrow"])
def test_a_day_that_no_calendar_shows_is_told_at_its_field(desk, write, channel, day):
    form = {"text": "Kept.", "channel": str(channel.pk), "planned_on": day, "planned_time": "23:59"}
    answer = desk.post(reverse("planning:save", args=[uuid4()]), form, headers=HTMX)
    assert answer.status_code == 422
    assert "This is no day and time" in answer.content.decode()
    many = {"post": str(write().pk), "do": "plan", "planned_on": day, "planned_time": "23:59"}
    told = desk.post(reverse("planning:many"), many, follow=True)
    assert "This is no day and time" in told.content.decode()


def test_a_character_that_no_database_keeps_is_left_out(desk, write, channel):
    post_id = uuid4()
    form = {"text": "Flu\x00 shots", "thread": "More\x00", "tags": "flu\x00", "channel": str(channel.pk)}
    assert desk.post(reverse("planning:save", args=[post_id]), form, headers=HTMX).status_code == 200
    post = Post.objects.get(pk=post_id)
    assert (post.text, post.thread) == ("Flu shots", ["More"])


@pytest.mark.parametrize("page", ["/planning/", "/planning/posts", "/library/", "/search/", "/rules/all"])
def test_no_list_stumbles_over_it_in_its_address(clinic, page):
    desk = signed_in(clinic.administrator)
    assert desk.get(f"{page}?q=flu%00shots&span=all").status_code == 200
