"""The list of posts: upcoming, without a time, past, or all, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from bedside.foundation import clock
from bedside.people.models import Member
from bedside.planning import progress
from bedside.planning.entries import state_of
from bedside.planning.filters import Filter
from bedside.planning.models import Post, Variant

PAGE = 40
SPANS = ("upcoming", "unplanned", "past", "all")


@dataclass(frozen=True)
class Row:
    """One post of the list with what became of it."""

    post: Post
    state: str


def page_of(member: Member, *, span: str, chosen: Filter, number: str | None) -> tuple[Page[Post], list[Row]]:
    """One page of the list and its rows."""
    posts = chosen.apply(_span(Post.objects.filter(organization_id=member.organization_id), span))
    variants = Variant.objects.select_related("channel").only(
        "post", "planned_at", "channel__network", "channel__name"
    )
    shown = (
        posts.select_related("campaign", "edited_by__user")
        .only("text", "state", "planned_at", "edited_at", "campaign__name", "edited_by__user__name")
        .prefetch_related(Prefetch("variants", variants), "tags")
    )
    page = Paginator(shown, PAGE).get_page(number)
    found = list(page.object_list)
    page.object_list = found
    states = progress.states_of([v.pk for post in found for v in post.variants.all()])
    rows = [
        Row(post, state_of(post.state, [states[v.pk] for v in post.variants.all() if v.pk in states]))
        for post in found
    ]
    return page, rows


def _span(posts: QuerySet[Post], span: str) -> QuerySet[Post]:
    now = clock.now()
    if span == "upcoming":
        return posts.filter(planned_at__gte=now).order_by("planned_at")
    if span == "past":
        return posts.filter(planned_at__lt=now).order_by("-planned_at")
    if span == "unplanned":
        return posts.filter(planned_at=None).order_by("-edited_at")
    return posts.order_by("-edited_at")
