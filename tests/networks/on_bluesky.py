"""A Bluesky server as a place to keep promises on: its repositories are what is really public."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.networks.ask import ask
from tests.networks.places import Place, Seen, eventually

from bedside.networks.account import Session
from bedside.networks.contract import Receipt

POST = "app.bsky.feed.post"


def _now() -> str:
    """As a stranger's own program would write it: the test server orders by it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Person:
    """Somebody with an account on the server."""

    did: str
    handle: str
    token: str


class OnBluesky(Place):
    """A new account and a new stranger for every test."""

    key = "bluesky"

    def signed_in(self) -> Session:
        self.us, self.stranger = self._person("clinic"), self._person("pat")
        made = self._call("com.atproto.server.createAppPassword", {"name": "Bedside"}, self.us)
        answers = {"handle": self.us.handle, "app_password": made["password"], "server": self.line.url}
        signed_in = self.connector.connect.sign_in(self.http(), "app_password", answers)
        return self.on_the_line(Session(signed_in.account, signed_in.credentials, self.http()))

    def published(self) -> list[Seen]:
        path = f"com.atproto.repo.listRecords?repo={self.us.did}&collection={POST}&limit=100&reverse=true"
        records = ask("GET", f"{self.server}/xrpc/{path}")["records"]
        records.sort(key=lambda record: str(record["value"]["createdAt"]))
        return [_seen(record) for record in records]

    def record(self, remote_id: str) -> dict[str, Any]:
        """A record as the server keeps it."""
        did, collection, key = remote_id.removeprefix("at://").split("/")
        path = f"com.atproto.repo.getRecord?repo={did}&collection={collection}&rkey={key}"
        found: dict[str, Any] = ask("GET", f"{self.server}/xrpc/{path}")["value"]
        return found

    def stranger_answers(self, receipt: Receipt, text: str) -> str:
        parent = {"uri": receipt.remote_id, "cid": receipt.extra["cid"]}
        root = {
            "uri": receipt.extra.get("root_uri", receipt.remote_id),
            "cid": receipt.extra.get("root_cid", receipt.extra["cid"]),
        }
        return self._writes(text, reply={"root": root, "parent": parent})

    def stranger_mentions_us(self, text: str) -> str:
        start = len(f"{text} ".encode())
        index = {"byteStart": start, "byteEnd": start + len(self.us.handle) + 1}
        feature = {"$type": "app.bsky.richtext.facet#mention", "did": self.us.did}
        return self._writes(f"{text} @{self.us.handle}", facets=[{"index": index, "features": [feature]}])

    def stranger_likes(self, receipt: Receipt) -> None:
        subject = {"uri": receipt.remote_id, "cid": receipt.extra["cid"]}
        record = {"$type": "app.bsky.feed.like", "subject": subject, "createdAt": _now()}
        self._create("app.bsky.feed.like", record)

    def wait_until_known(self, receipt: Receipt) -> None:
        """Until the part of the network that knows conversations has heard of a post."""
        path = f"/xrpc/app.bsky.feed.getPosts?uris={receipt.remote_id}"

        def known() -> Any:
            return ask("GET", self.server + path, token=self.us.token)["posts"]

        assert eventually(known), "The AppView never heard of the post."

    def _writes(self, text: str, **more: Any) -> str:
        record = {"$type": POST, "text": text, "createdAt": _now(), **more}
        return str(self._create(POST, record)["uri"])

    def _create(self, collection: str, record: dict[str, Any]) -> Any:
        body = {"repo": self.stranger.did, "collection": collection, "record": record}
        return self._call("com.atproto.repo.createRecord", body, self.stranger)

    def _person(self, name: str) -> Person:
        handle = f"{name}-{uuid.uuid4().hex[:8]}.test"
        body = {"handle": handle, "email": f"{handle}@example.org", "password": "only-for-this-test"}
        made = ask("POST", f"{self.server}/xrpc/com.atproto.server.createAccount", body)
        return Person(made["did"], handle, made["accessJwt"])

    def _call(self, name: str, body: dict[str, Any], by: Person) -> Any:
        return ask("POST", f"{self.server}/xrpc/{name}", body, token=by.token)


def _seen(record: dict[str, Any]) -> Seen:
    value = record["value"]
    embed = value.get("embed", {})
    shown = embed.get("images", ()) or ([embed] if "video" in embed else ())
    parent = value.get("reply", {}).get("parent", {}).get("uri", "")
    return Seen(record["uri"], value["text"], tuple(each["alt"] for each in shown), parent)
