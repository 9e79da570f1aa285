"""The parts of a channel's page: who it is, what is said about it, and the form to say something."""

import sqlite3

from bedside.practice import cards, reviews
from bedside.practice.markup import Child, Html, tag

PAGE = 25


def profile_card(db: sqlite3.Connection, found: sqlite3.Row, name: str) -> Html:
    """Who the channel is, how it is rated, and the button to follow it."""
    follows = (
        name
        and db.execute(
            "SELECT 1 FROM follows WHERE channel_id = ? AND name = ?", (found["id"], name)
        ).fetchone()
    )
    rated = db.execute(
        "SELECT count(*), avg(stars) FROM reviews WHERE channel_id = ?", (found["id"],)
    ).fetchone()
    stars = (
        f"{rated[1]:.1f} stars from {rated[0]} review{'s' if rated[0] != 1 else ''}"
        if rated[0]
        else "No reviews yet"
    )
    return tag(
        "section",
        cards.avatar(found["name"]),
        tag("div", tag("h1", found["name"]), tag("p", f"@{found['handle']}", class_="handle")),
        tag(
            "form",
            tag("button", "Following" if follows else "Follow", class_="primary"),
            method="post",
            action=f"/c/{found['handle']}/follow",
        ),
        tag("p", found["about"], class_="text") if found["about"] else None,
        tag("p", f"{found['followers']:,} followers · ", tag("a", stars, href="#reviews"), class_="facts"),
        class_="card profile",
    )


def review_list(db: sqlite3.Connection, found: sqlite3.Row) -> list[Child]:
    """The newest reviews with the channel's replies."""
    rows = reviews.reviews_of(db, found["id"], limit=PAGE, newest_first=True)
    if not rows:
        return [tag("p", "Nobody has written a review yet.", class_="card nothing")]
    return [cards.review_card(row, reviews.reply_row(db, row["seq"])) for row in rows]


def review_form(found: sqlite3.Row, name: str) -> Html:
    """The form for a review: stars as choices, words if wanted."""
    choices = [
        tag(
            "label",
            tag("input", type="radio", name="stars", value=count, required=True),
            f" {count} ★",
            class_="choice",
        )
        for count in range(5, 0, -1)
    ]
    return tag(
        "form",
        tag("fieldset", tag("legend", f"Review {found['name']}"), tag("div", choices, class_="choices")),
        tag("label", "What was it like?", for_="text"),
        tag("textarea", id="text", name="text", rows=3),
        cards.name_field(name),
        tag("button", "Send the review", class_="primary"),
        method="post",
        action=f"/c/{found['handle']}/review",
        class_="card write",
    )
