"""What strangers do on the public pages, and how the channel hears of it: comments, reactions, reviews, mentions."""

from typing import Any

import pytest
from tests.fixtures.practice import PracticeChannel, PracticeServer


def publish(network: PracticeServer, by: PracticeChannel, text: str, **more: Any) -> dict[str, Any]:
    answer = network.http.post("/api/posts", json={"text": text, **more}, headers=by.headers)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def told(network: PracticeServer, channel: PracticeChannel, **asked: str) -> list[dict[str, Any]]:
    answer = network.http.get("/api/notifications", params=asked, headers=channel.headers)
    return list(answer.json()["notifications"])


def read(network: PracticeServer, channel: PracticeChannel, path: str) -> Any:
    return network.http.get(path, headers=channel.headers).raise_for_status().json()


def comment(network: PracticeServer, post_id: str, text: str, name: str = "Maya") -> str:
    answer = network.as_stranger(name, f"/p/{post_id}/comment", text=text)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("#p-")[2]


def test_a_comment_appears_and_is_told(network, clinic):
    post = publish(network, clinic, "Flu shots")
    written = comment(network, post["id"], "Do you have\r\nany left?")
    [notice] = told(network, clinic)
    assert (notice["kind"], notice["actor"]["name"], notice["about_post_id"]) == ("reply", "Maya", post["id"])
    assert notice["post"]["id"] == written
    assert notice["post"]["text"] == "Do you have\nany left?"
    assert "any left?" in network.http.get(f"/p/{post['id']}").text
    assert len(network.ledger()) == 1


def test_an_answer_below_an_answer_is_told_to_both_channels_concerned(network, clinic):
    other = network.channel("oakhill")
    root = publish(network, clinic, "Root")
    theirs = publish(network, other, "A guest's answer", in_reply_to=root["id"])
    comment(network, theirs["id"], "I agree with @riverbend")
    assert [notice["about_post_id"] for notice in told(network, clinic)] == [root["id"], root["id"]]
    assert [notice["about_post_id"] for notice in told(network, other)] == [theirs["id"]]


def test_our_own_answers_are_not_told_to_us(network, clinic):
    root = publish(network, clinic, "Root, by @riverbend")
    publish(network, clinic, "Our first comment", in_reply_to=root["id"])
    assert told(network, clinic) == []


def test_a_mention_is_told_and_can_be_answered(network, clinic):
    answer = network.as_stranger("Leo", "/post", text="Thanks @Riverbend, and not mail@riverbend")
    mention_id = answer.headers["location"].removeprefix("/p/")
    [notice] = told(network, clinic, kinds="mention")
    assert notice["post"]["mentions"] == ["riverbend"]
    reply = publish(network, clinic, "Glad to hear it", in_reply_to=mention_id)
    comment(network, reply["id"], "One more thing")
    assert [one["kind"] for one in told(network, clinic)] == ["mention", "reply"]


def test_a_like_counts_once_per_name_and_can_be_taken_back(network, clinic):
    post = publish(network, clinic, "Flu shots")
    for name in ("Maya", "Leo"):
        network.as_stranger(name, f"/p/{post['id']}/like")
    network.as_stranger("Maya", f"/p/{post['id']}/repost")
    assert read(network, clinic, f"/api/posts/{post['id']}")["counts"]["likes"] == 2
    network.as_stranger("Maya", f"/p/{post['id']}/like")
    numbers = read(network, clinic, f"/api/posts/{post['id']}/metrics")
    assert (numbers["likes"], numbers["reposts"]) == (1, 1)
    assert [notice["kind"] for notice in told(network, clinic)] == ["like", "like", "repost"]


def test_opening_a_page_counts_and_reading_the_api_does_not(network, clinic):
    post = publish(network, clinic, "Flu shots")
    for _ in range(3):
        network.http.get(f"/p/{post['id']}")
    network.http.get("/")
    network.http.get("/c/riverbend")
    assert read(network, clinic, f"/api/posts/{post['id']}/metrics")["views"] == 3
    numbers = read(network, clinic, "/api/account/metrics")
    assert (numbers["views"], numbers["profile_views"], numbers["posts"]) == (3, 1, 1)


def test_a_hidden_comment_disappears_and_can_come_back(network, clinic):
    post = publish(network, clinic, "Flu shots")
    written = comment(network, post["id"], "Buy cheap pills")
    hidden = network.http.post(f"/api/posts/{written}/hide", headers=clinic.headers).json()
    assert hidden["hidden_at"] is not None
    assert "cheap pills" not in network.http.get(f"/p/{post['id']}").text
    assert read(network, clinic, f"/api/posts/{post['id']}")["counts"]["replies"] == 0
    shown = network.http.post(f"/api/posts/{written}/unhide", headers=clinic.headers).json()
    assert shown["hidden_at"] is None
    assert read(network, clinic, f"/api/posts/{post['id']}")["counts"]["replies"] == 1


def test_comments_below_somebody_elses_post_cannot_be_hidden(network, clinic):
    other = network.channel("oakhill")
    written = comment(network, publish(network, other, "Theirs")["id"], "Fine")
    assert network.http.post(f"/api/posts/{written}/hide", headers=clinic.headers).status_code == 403


def test_a_review_is_told_and_gets_one_reply(network, clinic):
    network.as_stranger("J. Alvarez", "/c/riverbend/review", stars="4", text="Kind staff")
    [notice] = told(network, clinic)
    review = notice["review"]
    assert (notice["kind"], review["stars"], review["text"], review["reply"]) == (
        "review",
        4,
        "Kind staff",
        None,
    )
    path, headers = f"/api/reviews/{review['id']}/reply", clinic.headers | {"Idempotency-Key": "k1"}
    first = network.http.post(path, json={"text": "Thank you for writing."}, headers=headers)
    again = network.http.post(path, json={"text": "Thank you for writing."}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    second = network.http.post(path, json={"text": "And another"}, headers=clinic.headers)
    assert (second.status_code, second.json()["error"]["code"]) == (409, "already_replied")
    [line] = network.ledger()
    assert (line["kind"], line["in_reply_to"], line["key"]) == ("review_reply", review["id"], "k1")
    assert read(network, clinic, f"/api/reviews/{review['id']}")["reply"]["id"] == line["id"]
    assert "Thank you for writing." in network.http.get("/c/riverbend").text


def test_a_deleted_reply_makes_room_for_another(network, clinic):
    network.as_stranger("J", "/c/riverbend/review", stars="1", text="")
    [review] = read(network, clinic, "/api/reviews")["reviews"]
    path = f"/api/reviews/{review['id']}/reply"
    reply = network.http.post(path, json={"text": "Oh"}, headers=clinic.headers).json()
    network.http.delete(f"/api/posts/{reply['id']}", headers=clinic.headers)
    assert network.http.post(path, json={"text": "Better"}, headers=clinic.headers).status_code == 201


def test_notifications_can_be_read_on_from_where_one_stopped(network, clinic):
    post = publish(network, clinic, "Flu shots")
    for number in range(5):
        comment(network, post["id"], f"Comment {number}")
    seen, since = [], "0"
    while True:
        page = network.http.get(
            "/api/notifications", params={"since_id": since, "limit": 2}, headers=clinic.headers
        ).json()
        if not page["notifications"]:
            break
        seen += [notice["post"]["text"] for notice in page["notifications"]]
        since = page["next_since_id"]
    assert seen == [f"Comment {number}" for number in range(5)]
    network.reset()
    comment(network, publish(network, clinic, "New")["id"], "After the reset")
    assert [notice["post"]["text"] for notice in told(network, clinic, since_id=since)] == ["After the reset"]


def test_a_follower_is_counted_and_may_leave(network, clinic):
    network.as_stranger("Maya", "/c/riverbend/follow")
    assert read(network, clinic, "/api/account/metrics")["followers"] == 1
    network.as_stranger("Maya", "/c/riverbend/follow")
    assert read(network, clinic, "/api/account/metrics")["followers"] == 0


def test_a_nameless_visitor_is_asked_for_a_name_first(network, clinic):
    post = publish(network, clinic, "Flu shots")
    network.http.cookies.clear()
    answer = network.http.post(f"/p/{post['id']}/like")
    assert answer.headers["location"] == f"/me?next=/p/{post['id']}"
    assert network.http.post(f"/p/{post['id']}/comment", data={"text": "Hi"}).status_code == 422


def test_what_strangers_write_is_never_markup(network, clinic):
    post = publish(network, clinic, '<script>alert(1)</script> https://x.example/"onmouseover=alert(1)')
    comment(network, post["id"], "<img src=x onerror=alert(1)>", name='"><b>x</b>')
    page = network.http.get(f"/p/{post['id']}")
    assert "<script" not in page.text
    assert "<img src=x" not in page.text
    assert "<b>x" not in page.text
    assert 'href="https://x.example/"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_form_leads_only_to_our_own_pages(network, target):
    answer = network.as_stranger("Maya", "/me", next=target)
    assert answer.headers["location"] == "/"


def test_a_form_on_another_site_does_nothing(network, clinic):
    headers = {"Origin": "https://evil.example"}
    answer = network.http.post("/post", data={"name": "x", "text": "@riverbend"}, headers=headers)
    assert answer.status_code == 403
    assert told(network, clinic) == []


@pytest.mark.parametrize("stars", ["", "0", "6", "4.5", "many"])
def test_stars_go_from_one_to_five(network, clinic, stars):
    assert network.as_stranger("J", "/c/riverbend/review", stars=stars, text="x").status_code == 422
    assert read(network, clinic, "/api/reviews")["reviews"] == []
