"""Does the API keep the contract of docs/rooms/practice.md? Posts, keys, threads, deletion, limits; over HTTP."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.fixtures.practice import PracticeChannel, PracticeServer

FILM = (Path(__file__).parents[2] / "fixtures" / "ward.mp4").read_bytes()
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nWelcome to our ward.\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\r\n--x\r\n" * 20


def publish(
    network: PracticeServer, by: PracticeChannel, text: str, key: str = "", **more: Any
) -> httpx.Response:
    headers = by.headers | ({"Idempotency-Key": key} if key else {})
    return network.http.post("/api/posts", json={"text": text, **more}, headers=headers)


def upload(
    network: PracticeServer, by: PracticeChannel, body: bytes, alt_text: str = "A picture"
) -> httpx.Response:
    files = {"file": ("photo.png", body, "image/png")}
    return network.http.post("/api/media", files=files, data={"alt_text": alt_text}, headers=by.headers)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_an_accepted_post_stands_in_the_ledger_with_its_key(network, clinic):
    post = publish(network, clinic, "Flu shots on Saturday", "k1").json()
    assert network.ledger() == [
        {
            "id": post["id"],
            "channel": "riverbend",
            "text": "Flu shots on Saturday",
            "media": [],
            "key": "k1",
            "at": post["created_at"],
            "deleted_at": None,
            "kind": "post",
            "in_reply_to": None,
        }
    ]


def test_a_repeated_key_gives_the_same_post(network, clinic):
    first, second = publish(network, clinic, "Once", "k1"), publish(network, clinic, "Once", "k1")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert len(network.ledger()) == 1


def test_a_repeated_key_with_other_words_is_refused(network, clinic):
    publish(network, clinic, "Once", "k1")
    assert code_of(publish(network, clinic, "Twice", "k1")) == (422, "key_reused")


def test_a_careless_network_stores_a_repeated_key_again(network, clinic):
    network.settings(idempotency=False)
    publish(network, clinic, "Once", "k1")
    assert publish(network, clinic, "Once", "k1").status_code == 201
    found = network.http.get("/api/posts", params={"key": "k1"}, headers=clinic.headers).json()["posts"]
    assert len(found) == 2


def test_keys_of_two_channels_do_not_meet(network, clinic):
    other = network.channel("oakhill")
    assert publish(network, clinic, "Ours", "k1").status_code == 201
    assert publish(network, other, "Theirs", "k1").status_code == 201
    found = network.http.get("/api/posts", params={"key": "k1"}, headers=other.headers).json()["posts"]
    assert [post["text"] for post in found] == ["Theirs"]


def test_an_address_counts_as_23_characters(network, clinic):
    address = "https://example.org/" + "a" * 300
    assert publish(network, clinic, "a" * 476 + " " + address).status_code == 201
    refused = publish(network, clinic, "a" * 477 + " " + address)
    assert code_of(refused) == (422, "text_too_long")
    assert (refused.json()["error"]["limit"], refused.json()["error"]["counted"]) == (500, 501)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "  "}, "text_empty"),
        ({"text": 5}, "field_type"),
        ({"text": "a", "media_ids": "m"}, "field_type"),
        ({"text": "a", "media_ids": ["nowhere"]}, "unknown_media"),
        ({"text": "a", "media_ids": ["m"] * 5}, "too_many_media"),
        ({"text": "a", "in_reply_to": "nowhere"}, "parent_unknown"),
        ({"text": "a\0b"}, "field_type"),
    ],
)
def test_a_post_that_breaks_a_rule_is_refused_for_good(network, clinic, body, code):
    answer = network.http.post("/api/posts", json=body, headers=clinic.headers)
    assert code_of(answer) == (422, code)
    assert network.ledger() == []


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"text": "\\ud800"}', b"\xff\xfe", b"[" * 9000])
def test_a_body_that_is_no_json_object_is_a_bad_request(network, clinic, body):
    answer = network.http.post("/api/posts", content=body, headers=clinic.headers)
    assert code_of(answer) == (400, "bad_request")


def test_a_thread_knows_its_root_and_its_replies(network, clinic):
    root = publish(network, clinic, "1 of 3").json()
    second = publish(network, clinic, "2 of 3", in_reply_to=root["id"]).json()
    third = publish(network, clinic, "3 of 3", in_reply_to=second["id"]).json()
    assert (third["root_id"], third["in_reply_to"], third["kind"]) == (root["id"], second["id"], "reply")
    below = network.http.get(f"/api/posts/{root['id']}/replies", headers=clinic.headers).json()["posts"]
    assert [post["id"] for post in below] == [second["id"], third["id"]]
    rest = network.http.get(
        f"/api/posts/{root['id']}/replies", params={"since_id": second["id"]}, headers=clinic.headers
    )
    assert [post["id"] for post in rest.json()["posts"]] == [third["id"]]
    numbers = network.http.get(f"/api/posts/{root['id']}/metrics", headers=clinic.headers).json()
    assert numbers["replies"] == 2


def test_deleting_leaves_the_evidence_and_can_be_repeated(network, clinic):
    post = publish(network, clinic, "A mistake", "k1").json()
    first = network.http.delete(f"/api/posts/{post['id']}", headers=clinic.headers).json()
    again = network.http.delete(f"/api/posts/{post['id']}", headers=clinic.headers).json()
    assert first["deleted_at"] is not None
    assert again["deleted_at"] == first["deleted_at"]
    assert network.ledger()[0]["text"] == "A mistake"
    assert network.ledger()[0]["deleted_at"] == first["deleted_at"]
    assert "A mistake" not in network.http.get(f"/p/{post['id']}").text


def test_another_channels_post_cannot_be_deleted(network, clinic):
    post = publish(network, network.channel("oakhill"), "Theirs").json()
    answer = network.http.delete(f"/api/posts/{post['id']}", headers=clinic.headers)
    assert code_of(answer) == (403, "not_yours")


def test_a_picture_is_served_back_byte_for_byte_and_harmlessly(network, clinic):
    medium = upload(network, clinic, PNG, "Nurse with a tray").json()
    served = network.http.get(medium["url"])
    assert served.content == PNG
    assert served.headers["content-type"] == "image/png"
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in served.headers["content-security-policy"]
    post = publish(network, clinic, "", media_ids=[medium["id"]]).json()
    assert post["media"] == [
        {"id": medium["id"], "url": medium["url"], "alt_text": "Nurse with a tray", "mime": "image/png"}
    ]
    assert network.ledger()[0]["media"] == post["media"]
    assert 'alt="Nurse with a tray"' in network.http.get(f"/p/{post['id']}").text


def test_pictures_that_break_a_rule_are_refused(network, clinic):
    assert code_of(upload(network, clinic, b"<svg onload=alert(1)>")) == (422, "media_type")
    assert code_of(upload(network, clinic, PNG + b"\0" * 8 * 1024 * 1024)) == (422, "media_too_large")
    assert code_of(upload(network, clinic, PNG, "a" * 1501)) == (422, "alt_text_too_long")
    assert code_of(upload(network, clinic, PNG + b"\0" * 41 * 1024 * 1024)) == (413, "too_large")


def upload_film(
    network: PracticeServer,
    by: PracticeChannel,
    captions: bytes | None = VTT,
    body: bytes = FILM,
    **more: str,
) -> httpx.Response:
    files = {"file": ("film.mp4", body, "video/mp4")}
    if captions is not None:
        files["captions"] = ("film.vtt", captions, "text/vtt")
    return network.http.post(
        "/api/media", files=files, data={"alt_text": "A ward", **more}, headers=by.headers
    )


def test_a_film_is_shown_with_its_controls_its_description_and_its_subtitles(network, clinic):
    film = upload_film(network, clinic, language="es").json()
    assert film["mime"] == "video/mp4"
    post = publish(network, clinic, "A look around", media_ids=[film["id"]]).json()
    (told,) = network.ledger()[0]["media"]
    assert told == post["media"][0]
    assert told["captions"] == {"url": f"{film['url']}/captions", "language": "es"}
    subtitles = network.http.get(told["captions"]["url"])
    assert subtitles.content == VTT
    assert subtitles.headers["content-type"].startswith("text/vtt")
    page = network.http.get(f"/p/{post['id']}").text
    assert f'<video src="/media/{film["id"]}" controls' in page
    assert f'<track kind="captions" src="/media/{film["id"]}/captions" srclang="es"' in page
    assert "<figcaption>A ward</figcaption>" in page


def test_a_film_is_served_byte_for_byte_and_in_the_pieces_that_players_ask_for(network, clinic):
    url = upload_film(network, clinic, captions=None).json()["url"]
    whole = network.http.get(url)
    assert whole.content == FILM
    assert whole.headers["accept-ranges"] == "bytes"
    for asked, start, end in (
        ("bytes=10-19", 10, 20),
        ("bytes=-5", len(FILM) - 5, len(FILM)),
        ("bytes=7-", 7, None),
    ):
        piece = network.http.get(url, headers={"Range": asked})
        assert (piece.status_code, piece.content) == (206, FILM[start:end])
    nothing = network.http.get(url, headers={"Range": f"bytes={len(FILM)}-"})
    assert nothing.content == FILM


def test_films_that_break_a_rule_are_refused(network, clinic):
    assert code_of(upload_film(network, clinic, body=FILM[:8] + b"qt  " + FILM[12:])) == (422, "media_type")
    heavy = FILM + b"\0" * 40_000_000
    assert code_of(upload_film(network, clinic, body=heavy)) == (422, "media_too_large")
    assert code_of(upload_film(network, clinic, b"1\n00:00 words")) == (422, "captions_type")
    assert code_of(upload_film(network, clinic, VTT + b"a" * 64_000)) == (422, "captions_too_large")
    assert code_of(upload_film(network, clinic, body=PNG)) == (422, "captions_type")
    assert code_of(upload_film(network, clinic, language="<b>")) == (422, "field_type")
    both = [upload_film(network, clinic).json()["id"], upload(network, clinic, PNG).json()["id"]]
    assert code_of(publish(network, clinic, "a", media_ids=both)) == (422, "film_alone")


def test_a_film_without_subtitles_has_none_to_read(network, clinic):
    film = upload_film(network, clinic, captions=None).json()
    assert "captions" not in film
    assert network.http.get(f"{film['url']}/captions").status_code == 404


def test_a_reset_takes_films_and_subtitles_away(network, clinic):
    film = upload_film(network, clinic).json()
    network.reset()
    assert network.http.get(film["url"]).status_code == 404
    assert network.http.get(film["captions"]["url"]).status_code == 404


def test_another_channels_picture_cannot_be_used(network, clinic):
    theirs = upload(network, network.channel("oakhill"), PNG).json()
    assert code_of(publish(network, clinic, "a", media_ids=[theirs["id"]])) == (422, "unknown_media")


def test_too_large_a_call_is_answered_with_413(network, clinic):
    assert code_of(publish(network, clinic, "a" * 100_000)) == (413, "too_large")


def test_a_call_without_a_valid_token_says_which_kind_is_wrong(network):
    assert code_of(network.http.get("/api/account")) == (401, "token_missing")
    wrong = network.http.get("/api/account", headers={"Authorization": "Bearer nothing"})
    assert code_of(wrong) == (401, "token_unknown")


def test_the_rate_limit_is_told_and_kept(network, clinic):
    network.settings(rate_limit=2, rate_window_seconds=3600)
    left = [network.http.get("/api/account", headers=clinic.headers) for _ in range(3)]
    assert [answer.headers["x-ratelimit-remaining"] for answer in left] == ["1", "0", "0"]
    assert [answer.status_code for answer in left] == [200, 200, 429]
    assert 0 < int(left[2].headers["retry-after"]) <= 3601


def test_posts_can_be_read_in_pages_and_by_ids(network, clinic):
    ids = [publish(network, clinic, f"Number {number}").json()["id"] for number in range(3)]
    newest = network.http.get("/api/posts", params={"limit": 2}, headers=clinic.headers).json()["posts"]
    assert [post["id"] for post in newest] == [ids[2], ids[1]]
    before = {"before_id": ids[1]}
    older = network.http.get("/api/posts", params=before, headers=clinic.headers).json()["posts"]
    assert [post["id"] for post in older] == [ids[0]]
    some = {"ids": f"{ids[2]},nowhere,{ids[0]}"}
    named = network.http.get("/api/posts", params=some, headers=clinic.headers).json()["posts"]
    assert [post["id"] for post in named] == [ids[0], ids[2]]
