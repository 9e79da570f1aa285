"""Which ratings did strangers leave on our page of the practice network? Answering one is publishing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bedside.networks.account import Session
from bedside.networks.incoming import ReviewPage
from bedside.networks.practice import calls
from bedside.networks.practice.translate import review
from bedside.networks.wire import as_promised

PAGE = 100


@as_promised
def read(session: Session, cursor: Mapping[str, Any]) -> ReviewPage:
    """The next hundred reviews after the cursor, `{"since_id": review id}`."""
    since = {"since_id": cursor["since_id"]} if cursor.get("since_id") else {}
    found = calls.wire(session).get("/api/reviews", limit=PAGE, **since)["reviews"]
    next_cursor = {"since_id": found[-1]["id"]} if found else dict(cursor)
    return ReviewPage(tuple(review(each) for each in found), next_cursor, has_more=len(found) == PAGE)
