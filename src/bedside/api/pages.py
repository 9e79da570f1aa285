"""How long lists are read: by pages that stay right while rows are added.

A page names the next one by an opaque `cursor` (the id of its last row: ids sort by the time they were made).
"""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from ninja import Field, Schema

from bedside.foundation.refusal import Refusal

M = TypeVar("M", bound=Model)


class Paging(Schema):
    """Which page, and how many rows (1 to 200)."""

    cursor: str = Field("", max_length=60, description="The `next` of the page before; empty for the first.")
    size: int = Field(50, ge=1, le=200)


def page_of(rows: QuerySet[M], paging: Paging) -> dict[str, Any]:
    """One page of `rows`, newest first, with the cursor of the next (None at the end)."""
    if paging.cursor:
        rows = rows.filter(pk__lt=_id(paging.cursor))
    found = list(rows.order_by("-pk")[: paging.size + 1])
    has_more = len(found) > paging.size
    items = found[: paging.size]
    return {"items": items, "next": str(items[-1].pk) if has_more else None}


def _id(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Refusal(
            "cursor_wrong", "The cursor is not one that Bedside gave. Begin with an empty one."
        ) from None
