"""Does the same desk speak on a network that others wrote? A post to a real Bluesky, and an answer from there."""

import uuid
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from servers.running import Bluesky
from tests.fixtures.desk import Desk
from tests.journeys import steps
from tests.journeys.conftest import Door
from tests.journeys.lakeside import email_of
from tests.journeys.watching import faults_of
from tests.networks.ask import ask
from tests.networks.conftest import bluesky_servers

__all__ = ["bluesky_servers"]

pytestmark = pytest.mark.servers

POST = "app.bsky.feed.post"
TEXT = "Flu shots are here. Walk in any weekday, 8 to 5, no appointment needed."
ASKED = "Is there parking behind the building?"


def test_a_post_is_seen_on_bluesky_and_a_strangers_reply_in_the_inbox(
    lakeside: Desk, bluesky_servers: Bluesky, door: Door
) -> None:
    clinic, stranger = account(bluesky_servers, "clinic"), account(bluesky_servers, "pat")
    jo = door.member(lakeside, email_of("administrator"))
    found = connect(jo, lakeside, bluesky_servers, clinic)
    publish_everywhere(lakeside, door)

    steps.look_until(jo, lambda: bool(records(bluesky_servers, clinic)), seconds=120)
    (record,) = records(bluesky_servers, clinic)
    assert record["value"]["text"] == TEXT
    assert TEXT in jo.request.get(f"{lakeside.practice_url}/_control/ledger").text()

    reply(bluesky_servers, stranger, record)
    if not bluesky_servers.is_whole:
        pytest.skip(  # said where a machine lacks it; in CI that is a failure
            "The posts were seen; answers need the whole network, which stands on PostgreSQL and Redis"
        )
    jo.goto(f"{lakeside.base_url}/inbox/")
    line = jo.get_by_text(ASKED)
    steps.look_until(jo, line.first.is_visible, seconds=150)
    assert found == []


def connect(page: Page, desk: Desk, servers: Bluesky, clinic: dict[str, str]) -> list[str]:
    """With an app password, as the page asks for."""
    made = call(servers, "com.atproto.server.createAppPassword", {"name": "Bedside"}, clinic)
    page.goto(f"{desk.base_url}/networks/connect/bluesky/app_password")
    page.get_by_label("Handle").fill(clinic["handle"])
    page.get_by_label("App password").fill(made["password"])
    page.get_by_label("Server").fill(servers.url)
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(page.get_by_text(clinic["handle"]).first).to_be_visible()
    return faults_of(page)


def publish_everywhere(desk: Desk, door: Door) -> None:
    """Written for both channels, signed, and sent at once."""
    author = door.member(desk, email_of("author"))
    steps.write(author, TEXT)
    for channel in author.locator("input[name=channel]").all():
        channel.check()
    steps.send_for_approval(author)
    steps.sign(door.member(desk, email_of("brand_approver")), TEXT)
    publisher = door.member(desk, email_of("administrator"))
    publisher.goto(author.url)
    publisher.get_by_role("button", name="Publish now").click()
    expect(publisher.get_by_role("link", name="Its story")).to_have_count(2)


def account(servers: Bluesky, name: str) -> dict[str, str]:
    """A new account on the server."""
    handle = f"{name}-{uuid.uuid4().hex[:8]}.test"
    body = {"handle": handle, "email": f"{handle}@example.org", "password": "only-for-this-test"}
    made: dict[str, str] = ask("POST", f"{servers.url}/xrpc/com.atproto.server.createAccount", body)
    return made


def records(servers: Bluesky, clinic: dict[str, str]) -> list[dict[str, Any]]:
    """What the clinic's repository holds, which is what is public."""
    path = f"com.atproto.repo.listRecords?repo={clinic['did']}&collection={POST}"
    found: list[dict[str, Any]] = ask("GET", f"{servers.url}/xrpc/{path}")["records"]
    return found


def reply(servers: Bluesky, stranger: dict[str, str], record: dict[str, Any]) -> None:
    """A stranger answers."""
    ours = {"uri": record["uri"], "cid": record["cid"]}
    value = {
        "$type": POST,
        "text": ASKED,
        "createdAt": record["value"]["createdAt"],
        "reply": {"root": ours, "parent": ours},
    }
    body = {"repo": stranger["did"], "collection": POST, "record": value}
    call(servers, "com.atproto.repo.createRecord", body, stranger)


def call(servers: Bluesky, name: str, body: dict[str, Any], by: dict[str, str]) -> Any:
    return ask("POST", f"{servers.url}/xrpc/{name}", body, token=by["accessJwt"])
