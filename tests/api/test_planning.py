"""A program plans: the queue, many posts at once, and everything there is to know of one post."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from tests.fixtures.clinic import Clinic

from bedside.approvals.queries import latest_request
from bedside.audit.models import Record
from bedside.foundation import clock
from bedside.networks.models import Channel
from bedside.planning.actions import create_post, submit_post
from bedside.planning.content import Content, Wording
from bedside.planning.models import Post
from bedside.publishing.models import Delivery

MORNING = {"weekday": 0, "time": "09:30"}


def connected(clinic: Clinic, handle: str = "riverside") -> Channel:
    return Channel.objects.create(
        organization=clinic.organization,
        network="practice",
        remote_id=handle,
        handle=handle,
        name=handle.title(),
        connected_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def channel(clinic) -> Channel:
    return connected(clinic)


def draft(clinic: Clinic, channel: Channel, text: str = "Flu shots are here.") -> Post:
    content = Content(text=text, wordings={channel.pk: Wording()})
    return create_post(by=clinic.member("author"), content=content)


class TestTheQueue:
    def test_times_are_added_listed_used_and_removed(self, program, clinic, channel):
        author, post = program(clinic, "author"), draft(clinic, channel)
        made = author.call("POST", f"/channels/{channel.pk}/queue-times", MORNING)
        assert (made.status_code, made.json()["time"]) == (201, "09:30")
        (queue,) = author.call("GET", "/queue").json()
        assert queue["times"] == [made.json()]
        planned = author.call("POST", f"/posts/{post.pk}/queue").json()
        assert planned["planned_at"] == queue["next_free_at"]
        assert author.call("GET", "/queue").json()[0]["next_free_at"] > queue["next_free_at"]
        path = f"/queue-times/{made.json()['id']}"
        assert author.call("DELETE", path).status_code == 204
        assert author.call("DELETE", path).status_code == 404
        verbs = Record.objects.filter(object_kind="channel", actor_kind="token").values_list(
            "verb", flat=True
        )
        assert list(verbs.order_by("number")) == ["slot.added", "slot.removed"]

    @pytest.mark.parametrize(
        ("slot", "field"),
        [
            ({"weekday": 7, "time": "09:30"}, "weekday"),
            ({"weekday": 0, "time": "9:30"}, "time"),
            ({"weekday": 0, "time": "24:00"}, "time"),
            ({"weekday": 0, "time": "09:30Z"}, "time"),
        ],
    )
    def test_a_time_that_is_none_is_told_at_its_field(self, program, clinic, channel, slot, field):
        answer = program(clinic, "author").call("POST", f"/channels/{channel.pk}/queue-times", slot)
        assert (answer.status_code, answer.json()["field"]) == (422, field)

    def test_a_time_is_there_once_and_a_post_without_times_is_told_so(self, program, clinic, channel):
        author, post = program(clinic, "author"), draft(clinic, channel)
        assert author.call("POST", f"/posts/{post.pk}/queue").json()["code"] == "no_slot"
        path = f"/channels/{channel.pk}/queue-times"
        codes = [author.call("POST", path, MORNING).status_code for _ in range(2)]
        assert codes == [201, 422]

    def test_another_organizations_queue_is_not_there_and_the_power_is_needed(
        self, program, clinic, other_clinic
    ):
        theirs = connected(other_clinic)
        path = f"/channels/{theirs.pk}/queue-times"
        slot = program(other_clinic, "author").call("POST", path, MORNING).json()["id"]
        author = program(clinic, "author")
        assert author.call("POST", path, MORNING).status_code == 404
        assert author.call("DELETE", f"/queue-times/{slot}").status_code == 404
        assert author.call("GET", "/queue").json() == []
        assert program(clinic, "viewer").call("POST", path, MORNING).status_code == 403


class TestOnePost:
    def test_its_check_tells_findings_lengths_and_whose_signature_it_needs(self, program, clinic, channel):
        author = program(clinic, "author")
        post = draft(clinic, channel, "Maria Lopez came in for her knee surgery. " + "x" * 500)
        found = author.call("GET", f"/posts/{post.pk}/check").json()
        (there,) = found["channels"]
        assert (there["channel"], there["decision"]) == (str(channel.pk), "block")
        assert there["findings"][0]["says"] in post.text
        assert there["parts"][0]["used"] > there["parts"][0]["limit"] == 500
        assert "Shorten by" in there["problems"][0]
        assert found["needs"]
        post.refresh_from_db()
        assert post.state == "draft", "looking changes nothing"

    def test_a_post_without_a_channel_is_checked_in_its_shared_words(self, program, clinic):
        author = program(clinic, "author")
        made = author.call("POST", "/posts", {"text": "Your SSN 219-09-9999 is on file."}).json()
        found = author.call("GET", f"/posts/{made['id']}/check").json()
        assert found["channels"] == []
        assert found["shared"][0]["rule"]

    def test_the_same_words_twice_are_told(self, program, clinic, channel):
        first, second = (
            draft(clinic, channel, "Flu shots are here for all families of our town") for _ in "12"
        )
        author = program(clinic, "author")
        author.call("POST", f"/posts/{first.pk}/plan", {"at": (clock.now() + timedelta(days=1)).isoformat()})
        (caution,) = author.call("GET", f"/posts/{second.pk}/check").json()["cautions"]
        assert (caution["kind"], caution["post"]) == ("duplicate", str(first.pk))

    def test_its_versions_are_compared_and_one_is_brought_back(self, program, clinic, channel):
        author, post = (
            program(clinic, "author"),
            submit_post(draft(clinic, channel), by=clinic.member("author")),
        )
        path = f"/posts/{post.pk}"
        author.call("POST", f"{path}/reopen")
        revision = author.call("GET", path).json()["revision"]
        author.call("PUT", path, {"text": "Flu shots are gone.", "revision": revision})
        newest, oldest = author.call("GET", f"{path}/versions").json()
        pieces = [p["text"].strip() for c in newest["changes"] for p in c["pieces"] if p["kind"] == "added"]
        assert "gone" in " ".join(pieces)
        assert (oldest["was_submitted"], oldest["saved_by"]) == (True, "Author")
        back = author.call("POST", f"{path}/versions/{oldest['id']}/restore")
        assert back.json()["text"] == "Flu shots are here."
        other = draft(clinic, channel)
        wrong = author.call("POST", f"/posts/{other.pk}/versions/{oldest['id']}/restore")
        assert wrong.status_code == 404, "a version of another post"

    def test_its_deliveries_are_found(self, program, clinic, channel):
        post, other = draft(clinic, channel), draft(clinic, channel)
        for each in (post, other):
            Delivery.objects.create(
                organization=clinic.organization,
                channel=channel,
                subject_kind="variant",
                subject_id=each.variants.get().pk,
                fingerprint="f",
                due_at=clock.now(),
                scheduled_at=clock.now(),
            )
        (found,) = program(clinic, "viewer").call("GET", f"/posts/{post.pk}/deliveries").json()
        assert found["subject_id"] == str(post.variants.get().pk)

    def test_remarks_are_left_before_and_read_beside_a_request(self, program, clinic, channel):
        author, post = program(clinic, "author"), draft(clinic, channel)
        said = author.call("POST", f"/posts/{post.pk}/remarks", {"text": "Please hurry."})
        assert (said.status_code, said.json()["who"]) == (201, "Author")
        submit_post(post, by=clinic.member("author"))
        request = latest_request("post", post.pk)
        for path in (f"/posts/{post.pk}", f"/requests/{request.pk}"):
            assert author.call("GET", f"{path}/remarks").json() == [said.json()]
        assert (
            program(clinic, "viewer").call("POST", f"/posts/{post.pk}/remarks", {"text": "x"}).status_code
            == 403
        )
        empty = author.call("POST", f"/posts/{post.pk}/remarks", {"text": "  "})
        assert (empty.status_code, empty.json()["code"]) == (422, "empty")

    def test_another_organizations_post_is_not_there(self, program, clinic, other_clinic):
        theirs, author = draft(other_clinic, connected(other_clinic)), program(clinic, "author")
        version = theirs.versions.first().pk
        for method, path, body in (
            ("GET", "/check", None),
            ("GET", "/deliveries", None),
            ("GET", "/versions", None),
            ("GET", "/remarks", None),
            ("POST", "/remarks", {"text": "x"}),
            ("POST", "/queue", None),
            ("POST", f"/versions/{version}/restore", None),
        ):
            assert author.call(method, f"/posts/{theirs.pk}{path}", body).status_code == 404


class TestManyPosts:
    def test_each_is_done_or_refused_by_itself(self, program, clinic, other_clinic, channel):
        author = program(clinic, "author")
        clean, stopped = draft(clinic, channel), draft(clinic, channel, "Your SSN 219-09-9999 is on file.")
        theirs = draft(other_clinic, connected(other_clinic))
        ids = [str(post.pk) for post in (clean, stopped, theirs)]
        outcome = author.call("POST", "/posts/many", {"posts": ids, "deed": {"do": "submit"}}).json()
        assert outcome["done"] == [ids[0]]
        assert [(each["post"], bool(each["sentence"])) for each in outcome["refused"]] == [(ids[1], True)]
        assert outcome["absent"] == [ids[2]]
        assert Post.objects.get(pk=theirs.pk).state == "draft"

    def test_they_are_tagged_planned_moved_and_withdrawn(self, program, clinic, channel):
        author, posts = program(clinic, "author"), [draft(clinic, channel) for _ in range(2)]
        ids = [str(post.pk) for post in posts]
        at = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
        for deed in (
            {"do": "tag", "tag": "Flu"},
            {"do": "plan", "at": at.isoformat()},
            {"do": "shift", "days": 1},
        ):
            outcome = author.call("POST", "/posts/many", {"posts": ids, "deed": deed}).json()
            assert sorted(outcome["done"]) == sorted(ids)
        (tag,) = author.call("GET", "/tags").json()
        found = author.call("GET", f"/posts?tag={tag['id']}").json()["items"]
        assert [post["tags"] for post in found] == [["Flu"], ["Flu"]]
        assert author.call("POST", "/posts/many", {"posts": ids, "deed": {"do": "withdraw"}}).json()["done"]
        assert set(Post.objects.values_list("state", flat=True)) == {"withdrawn"}

    @pytest.mark.parametrize(
        "deed",
        [{"do": "burn"}, {"do": "tag"}, {"do": "plan", "at": "soon"}, {"do": "shift", "days": 367}, {}],
    )
    def test_what_cannot_be_done_gets_one_sentence(self, program, clinic, deed):
        answer = program(clinic, "author").call(
            "POST", "/posts/many", {"posts": [str(uuid4())], "deed": deed}
        )
        assert answer.status_code == 422
        assert answer.json()["sentence"].endswith(".")

    def test_who_only_reads_does_nothing(self, program, clinic):
        body = {"posts": [str(uuid4())], "deed": {"do": "withdraw"}}
        assert program(clinic, "viewer").call("POST", "/posts/many", body).status_code == 403


def test_posts_are_found_by_channel_campaign_words_and_time(program, clinic, channel):
    author, flu = program(clinic, "author"), draft(clinic, channel)
    draft(clinic, connected(clinic, "north"), "Our parking garage is open again.")
    campaign = author.call(
        "POST", "/campaigns", {"name": "Flu", "starts_on": "2026-10-01", "ends_on": "2026-12-01"}
    ).json()["id"]
    assert author.call("GET", f"/campaigns/{campaign}").json()["name"] == "Flu"
    author.call("PUT", f"/posts/{flu.pk}/labels", {"campaign": campaign})
    at = (clock.now() + timedelta(days=3)).replace(microsecond=0)
    author.call("POST", f"/posts/{flu.pk}/plan", {"at": at.isoformat()})
    before, after = ((at + timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M:%SZ") for h in (-1, 1))
    for query in (
        f"channel={channel.pk}",
        f"campaign={campaign}",
        "words=shots",
        f"planned_from={before}&planned_until={after}",
    ):
        assert [post["id"] for post in author.call("GET", f"/posts?{query}").json()["items"]] == [str(flu.pk)]
    assert author.call("GET", f"/posts?planned_from={after}").json()["items"] == []
    far_zone = quote("2492-04-09T00:37:12+22:35")
    assert author.call("GET", f"/posts?planned_from={far_zone}").json()["items"] == []
    assert author.call("GET", f"/posts?planned_from={quote('0001-01-01T00:00:00+10:00')}").status_code == 422
    assert author.call("GET", "/posts?words=%00").status_code == 200
