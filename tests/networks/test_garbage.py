"""What if a server answers with anything at all? No connector may be thrown off: every call ends in one of
its outcomes.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.networks.pictures import picture
from tests.networks.samples import NOON

from bedside.foundation.http import Http
from bedside.networks.account import Account, Credentials, Session
from bedside.networks.catalogue import connectors
from bedside.networks.contract import (
    Connector,
    NotDone,
    Outgoing,
    Progress,
    Receipt,
    RemoteRef,
    TryLater,
    Unsure,
)
from bedside.networks.mastodon import translate as mastodon
from bedside.networks.practice import translate as practice
from bedside.networks.wire import as_promised

# An answer of one kind on each line; the short ones together.
GARBAGE = [
    "", "null", "[]", "{}", "5", '"words"', "[null]", "[[]]", '{"error": null}', "<html>Hello</html>", "\ufffd",
    '{"id": null, "uri": 7, "did": [], "accessJwt": 1, "access_token": []}',
    '{"notifications": 5, "posts": {"a": 1}, "thread": null, "records": "x", "reviews": [[]], "next_since_id": {}}',
    '{"notifications": [{}], "posts": [{}], "thread": {"post": {}}, "reviews": [{}], "next_since_id": null}',
    '{"notifications": [{"reason": "reply", "indexedAt": 5}], "posts": [{"uri": 1}], "value": {"text": 3}}',
    "[" * 100_000,
]  # fmt: skip
REF = RemoteRef(
    "at://did:plc:us/app.bsky.feed.post/3k", {"root_uri": "at://did:plc:us/app.bsky.feed.post/3k"}
)
every_network = pytest.mark.parametrize("network", connectors(), ids=lambda each: each.card.key)
every_garbage = pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))


class Babbler(ThreadingHTTPServer):
    """A server that answers everything with the same status and body."""

    daemon_threads = True
    status, body = 200, b""


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves as one piece
    server: Babbler

    def babble(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response_only(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST = do_PUT = do_DELETE = babble

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture(scope="module")
def babbler() -> Iterator[Babbler]:
    server = Babbler(("127.0.0.1", 0), _Answer)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def calls(network: Connector, session: Session) -> dict[str, Callable[[], object]]:
    """Everything that can be asked of a connector."""
    http, ref = session.http, REF
    outgoing = Outgoing("Hello @pat.example", media=(picture(),))
    progress = Progress.from_json(network.publish.begin(outgoing, key="k", at=NOON).as_json()).asking(NOON)
    prepared = progress.with_prepared(NOON, is_ready=True, images=[], dids={}, media_ids=["1"])
    answers = {
        "server": http.base_url,
        "handle": "a.example",
        "app_password": "aaaa-bbbb-cccc-dddd",
        "access_token": "t",
    }
    remember = {
        "client_id": "c",
        "client_secret": "s",
        "return_url": "https://d.example/",
        "code_verifier": "v",
    }
    wanted: dict[str, Callable[[], object]] = {
        "sign in": lambda: network.connect.sign_in(http, network.connect.ways[-1].key, answers),
        "start": lambda: network.connect.start(http, answers, return_url="https://d.example/", state="s"),
        "finish": lambda: network.connect.finish(http, remember, code="c"),
        "refresh": lambda: network.connect.refresh(session),
        "check": lambda: network.connect.check(session),
        "sign out": lambda: network.connect.sign_out(session),
        "prepare": lambda: network.publish.prepare(session, outgoing, progress),
        "poll": lambda: network.publish.poll(session, outgoing, prepared),
        "commit": lambda: network.publish.commit(session, outgoing, prepared),
        "reconcile": lambda: network.publish.reconcile(session, outgoing, prepared),
        "verify": lambda: network.publish.verify(session, ref),
        "delete": lambda: network.publish.delete(session, ref),
    }
    if converse := network.converse:
        wanted["read"] = lambda: converse.read(session, {}, posts=[ref])
        wanted["thread"] = lambda: converse.thread(session, ref)
    if moderate := network.moderate:
        wanted["hide"] = lambda: moderate.hide(session, ref)
    if review := network.review:
        wanted["reviews"] = lambda: review.read(session, {})
    if measure := network.measure:
        wanted["posts"] = lambda: measure.posts(session, [ref])
        wanted["account"] = lambda: measure.account(session)
    return wanted


@every_network
@every_garbage
@pytest.mark.parametrize("status", [200, 400, 401, 404, 500])
def test_garbage_ends_every_call_in_an_outcome(
    babbler: Babbler, network: Connector, garbage: str, status: int
) -> None:
    babbler.status, babbler.body = status, garbage.encode()
    url = f"http://127.0.0.1:{babbler.server_address[1]}"
    account = Account("did:plc:us", "@us", "Us", url, url, network.card.limits)
    session = Session(account, Credentials("t", "r"), Http(url, allow_private=True))
    surprises = {
        name: outcome for name, call in calls(network, session).items() if (outcome := surprise(call))
    }
    assert surprises == {}


def surprise(call: Callable[[], object]) -> str:
    """How a call ended, if not as it may: with a value or with an outcome that has a sentence."""
    try:
        call()
    except NotDone as outcome:
        return "" if str(outcome).endswith(".") else "no sentence"
    except Exception as other:  # whatever it is, it is what this test looks for
        return repr(other)[:200]
    return ""


@pytest.mark.parametrize("receipt", [mastodon.receipt, practice.receipt])
@pytest.mark.parametrize(
    "wrong", [{"id": "9" * 301}, {"id": ""}, {"id": "9\0"}, {"url": f"https://us.example/{'9' * 1000}"}]
)
def test_what_no_table_keeps_is_no_receipt(
    receipt: Callable[[object], Receipt], wrong: Mapping[str, str]
) -> None:
    """It stays unsure and is looked up; written down, it would undo what others' deliveries came to."""
    named = {"id": "9", "url": "https://us.example/9", "created_at": "2026-01-05T12:00:00Z", "root_id": ""}
    assert receipt(named).remote_id == "9"
    with pytest.raises(Unsure):
        receipt(named | wrong)


def test_a_message_with_an_id_that_no_table_keeps_is_read_later() -> None:
    with pytest.raises(TryLater):
        as_promised(RemoteRef)("9" * 301)
