"""One post's numbers, read from a real practice network: each with its definition, its source and its time."""

from datetime import timedelta

from tests.fixtures.signed_in import signed_in

from bedside.insights.post import numbers_of
from bedside.insights.reading import read_all
from bedside.planning.models import Post


def post_of(delivery) -> Post:
    return Post.objects.get(variants=delivery.subject_id)


def test_every_number_of_a_post_says_what_it_is_and_when_it_was_read(square):
    sent = square.publish(ago=timedelta(hours=2))
    square.follow()
    square.like(sent, "Pat")
    square.comment(sent, "Kim")
    read_all()
    found = numbers_of(square.clinic.member("viewer"), post_of(sent).pk)
    (here,) = found.channels
    shown = {number.name: number for number in here.numbers}
    assert {name: number.shown for name, number in shown.items()} == {
        "Views": "0",
        "Likes": "1",
        "Shares": "0",
        "Replies": "1",
    }
    assert shown["Shares"].definition == "How many people repost the post now."
    assert shown["Shares"].source == "reposts, as the network counts it (practice-1)"
    assert here.read_at is not None
    assert here.network_name


def test_the_page_and_the_part_show_the_same_numbers(square):
    sent = square.publish(ago=timedelta(hours=2))
    square.follow()
    read_all()
    browser = signed_in(square.clinic.member("viewer"))
    address = f"/insights/posts/{post_of(sent).pk}"
    page, part = browser.get(address), browser.get(address, headers={"HX-Request": "true"})
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    for answer in (page, part):
        assert "How many people like the post now." in answer.content.decode()


def test_a_post_that_was_not_read_yet_says_when_it_will_be(square):
    sent = square.publish()
    square.follow()
    page = signed_in(square.clinic.member("viewer")).get(f"/insights/posts/{post_of(sent).pk}")
    assert "Not read yet" in page.content.decode()


def test_a_curve_is_drawn_where_there_is_one(square):
    sent = square.publish()
    square.follow()
    for number, later in enumerate((0.02, 0.1, 1)):
        square.like(sent, f"Stranger {number}")
        square.read(days=later)
    chart = numbers_of(square.clinic.member("viewer"), post_of(sent).pk).chart
    assert chart is not None
    assert [point["n"] for point in chart.spec["data"]["values"]] == [1, 2, 3]
    assert "3 likes" in chart.summary
