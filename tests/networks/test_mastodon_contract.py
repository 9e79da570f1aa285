"""Is every request of the Mastodon connector one that Mastodon's published interface description knows?

The description is not ours and not in this repository; BEDSIDE_CONTRACTS names the folder that holds it.
The requests are those of a whole life of a channel, as they went over the line to a server.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from tests.networks.lossy import Request
from tests.networks.on_mastodon import OnMastodon
from tests.networks.pictures import picture
from tests.networks.sending import sent
from werkzeug.datastructures import Headers, ImmutableMultiDict

from bedside.config.environment import env
from bedside.networks.contract import Outgoing
from bedside.networks.mastodon import sign_in

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = Path(env.contracts or ROOT.parent / "shared" / "contracts") / "mastodon.openapi.json"
HOST = "https://mastodon.example"

pytestmark = [pytest.mark.servers, pytest.mark.filterwarnings("ignore:Unsupported scheme type")]


@pytest.fixture(scope="module")
def description() -> OpenAPI:
    """Mastodon's own interface description."""
    if not DESCRIPTION.exists():
        pytest.skip(  # said where a machine lacks it; in CI that is a failure
            f"{DESCRIPTION.name} is absent (BEDSIDE_CONTRACTS names the folder that holds it)"
        )
    described = json.loads(DESCRIPTION.read_text())
    # A post with a picture and a text is two of its "exactly one of": here at least one has to do.
    body = schema_of(described, "/api/v1/statuses", "application/json")
    body["anyOf"] = body.pop("oneOf")
    # A picture is bytes, which the validator does not count as a string.
    schema_of(described, "/api/v2/media", "multipart/form-data")["properties"]["file"] = {}
    return OpenAPI.from_dict(described, config=Config(spec_validator_cls=None))


def schema_of(described: dict[str, Any], path: str, kind: str) -> dict[str, Any]:
    """The description of what may be posted to a path."""
    schema: dict[str, Any] = described["paths"][path]["post"]["requestBody"]["content"][kind]["schema"]
    return schema


class Described:
    """A request in the words of the description, which knows JSON where servers take forms too.

    A form becomes an object, `types[]` the list `types`, and the one address in `redirect_uris` (which
    servers before 4.3 want as a string) a list of one.
    """

    def __init__(self, request: Request) -> None:
        address = urlsplit(request.path)
        kind = request.headers.get("content-type", "")
        self.host_url, self.path, self.full_url_pattern = HOST, address.path, HOST + address.path
        self.method = request.method.lower()
        query = [(name.removesuffix("[]"), value) for name, value in parse_qsl(address.query)]
        headers = Headers(list(request.headers.items()))
        self.parameters = RequestParameters(query=ImmutableMultiDict(query), header=headers)
        self.body: bytes | None = request.body or None
        self.content_type = kind or "application/json"
        if kind == "application/x-www-form-urlencoded":
            self.content_type = "application/json"
            form: dict[str, Any] = dict(parse_qsl(request.body.decode()))
            if "redirect_uris" in form:
                form["redirect_uris"] = [form["redirect_uris"]]
            self.body = json.dumps(form).encode()


def life_of_a_channel(place: OnMastodon) -> list[Request]:
    """Every call that the connector knows, made once."""
    connector, session = place.connector, place.session
    assert connector.converse is not None
    assert connector.measure is not None
    start = sign_in.start(
        place.http(), {"server": place.line.url}, return_url="https://desk.example/back", state="s"
    )
    receipt = sent(place, Outgoing("One", media=(picture(),), thread=("Two",), first_comment="Three"))
    theirs = place.stranger_answers(receipt, "Hello?")
    page = connector.converse.read(session, {}, posts=[receipt.ref])
    connector.converse.read(session, page.cursor)
    message = next(
        each for each in connector.converse.thread(session, receipt.ref) if each.remote_id == theirs
    )
    sent(place, Outgoing("Hello!", in_reply_to=message.ref))
    connector.measure.posts(session, [receipt.ref])
    connector.measure.account(session)
    connector.connect.check(session)
    connector.publish.verify(session, receipt.ref)
    connector.publish.delete(session, receipt.ref)
    assert start.remember["client_id"]
    return place.line.seen


def operations(requests: list[Request]) -> set[str]:
    return {f"{request.method} {urlsplit(request.path).path.split('/')[3]}" for request in requests}


def test_every_request_is_one_that_mastodon_describes(description: OpenAPI, on_mastodon: OnMastodon) -> None:
    requests = life_of_a_channel(on_mastodon)
    assert {"POST statuses", "DELETE statuses", "POST media", "POST apps", "GET notifications"} <= operations(
        requests
    )
    problems = [problem for request in requests if (problem := why_not(description, request))]
    assert problems == []


def test_the_description_would_notice_a_wrong_request(description: OpenAPI) -> None:
    wrong = Request("POST", "/api/v1/statuses", {"content-type": "application/json"}, b'{"status": 5}')
    assert why_not(description, wrong)
    unknown = Request("POST", "/api/v1/toots", {"content-type": "application/json"}, b"{}")
    assert why_not(description, unknown)


def why_not(description: OpenAPI, request: Request) -> str:
    """What the description has against a request; "" when nothing."""
    described: Any = Described(with_token(request))
    found = description.unmarshal_request(described).errors
    return "; ".join(f"{request.method} {request.path}: {error!r} {error.__cause__!r}" for error in found)


def with_token(request: Request) -> Request:
    """Without a token only what strangers may ask is described."""
    headers: Mapping[str, str] = {"authorization": "Bearer x"} | request.headers
    return Request(request.method, request.path, dict(headers), request.body)
