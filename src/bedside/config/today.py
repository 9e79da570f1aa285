"""What do the rooms put on a member's Today page? Signatures, deliveries in trouble, drafts, notices; what leaves.

Each source is one or two indexed reads and gives at most twenty lines, however much there is. What came in is
the inbox's. Notices about things that stand here by themselves are left out: the thing itself is the truth.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bedside.approvals.models import Route
from bedside.approvals.queries import turns_of
from bedside.config.drafts import drafts
from bedside.config.first_steps import first_steps
from bedside.foundation import clock
from bedside.people.models import Member, Notice
from bedside.people.powers import Power
from bedside.planning.models import Post, Variant
from bedside.publishing.models import Delivery
from bedside.publishing.queries import first_in
from bedside.web import today
from bedside.web.pills import Tone, pill_for
from bedside.web.shell_atoms import url_or_none
from bedside.web.today import TodayItem

MOST = 20
RECENT = timedelta(days=30)  # older trouble is the ledger's: nobody mends it this morning

State = Delivery.State

# Told by the thing itself, which vanishes from the page when it is done; these notices go by e-mail.
STANDS_BY_ITSELF = (
    "request.asked",
    "request.returned",
    "post.returned",
    "DeliveryHeld",
    "DeliveryFailed",
    "DeliveryUnsure",
    "ChannelNeedsSignIn",
    "waiver.asked",
    "waiver.begun",
)


def connect() -> None:
    """Register every source. May be called again."""
    for source in (signatures, troubled, drafts, notices, leaving, unsigned, first_steps):
        today.register(source)


def signatures(member: Member) -> Iterator[TodayItem]:
    """The requests whose next signature may be this member's."""
    for request in turns_of(member, MOST):
        needs = ", ".join(str(Route.Need(need).label) for need in request.needs if need in Route.Need.values)
        sentence = _("Waits for your signature. %(needs)s.") % {"needs": needs}
        url = reverse("approvals:request", args=[request.pk])
        yield _needs_me(request.title, sentence, url, request.wanted_by_at, 50, "approvals", "person")


def troubled(member: Member) -> Iterator[TodayItem]:
    """Deliveries that are held, were refused, or of which only a person can tell whether they are public."""
    look = {State.UNSURE: 80, State.FAILED: 70, State.HELD: 60}
    for delivery in first_in(look, _in_trouble(member), MOST):
        pill = pill_for(delivery.state)
        sentence = delivery.reason or _("It did not leave for %(channel)s.") % {
            "channel": delivery.channel.name
        }
        title = f"{pill.word}: {delivery.excerpt}"
        weight = look[State(delivery.state)]
        url = reverse("publishing:delivery", args=[delivery.pk])
        yield _needs_me(title, sentence, url, delivery.due_at, weight, pill.icon, pill.tone)


def notices(member: Member) -> Iterator[TodayItem]:
    """What the member was told and has not put down."""
    unread = Notice.objects.filter(member=member, read_at=None).exclude(kind__in=STANDS_BY_ITSELF)
    for notice in unread.order_by("-created_at")[:MOST]:
        yield TodayItem(
            "needs_me",
            notice.sentence,
            "",
            notice.url or "/",
            notice.created_at,
            30,
            "bell",
            "info",
            done_url=reverse("people:notice_read", args=[notice.pk]),
        )


def leaving(member: Member) -> Iterator[TodayItem]:
    """Today's deliveries, in the organization's day: what is still to leave first, then what has left."""
    start, end = _day(member)
    now = max(start, min(clock.now(), end))
    shown = _shown(member).exclude(state=State.CANCELLED)
    ahead = list(shown.filter(due_at__gte=now, due_at__lt=end).order_by("due_at", "id")[: MOST + 1])
    room = max(MOST - len(ahead), 5)
    past = list(shown.filter(due_at__gte=start, due_at__lt=now).order_by("-due_at", "-id")[:room])
    for delivery in [*ahead[:MOST], *past]:
        pill = pill_for(delivery.state)
        sentence = f"{pill.word} · {delivery.channel.name}"
        url = reverse("publishing:delivery", args=[delivery.pk])
        yield TodayItem("goes_out", delivery.excerpt, sentence, url, delivery.due_at, 0, pill.icon, pill.tone)
    if len(ahead) > MOST and (ledger := url_or_none("publishing:ledger")):
        yield TodayItem("goes_out", _("And more"), _("The ledger shows all of them."), ledger, None, -1)


def unsigned(member: Member) -> Iterator[TodayItem]:
    """Posts planned for today that will stay here unless somebody signs them."""
    start, end = _day(member)
    found = Post.objects.filter(
        organization_id=member.organization_id,
        planned_at__gte=start,
        planned_at__lt=end,
        state__in=[Post.State.SUBMITTED, Post.State.DRAFT],
    )
    for post in found.order_by("planned_at").only("text", "planned_at", "state")[:MOST]:
        pill = pill_for(post.state)
        sentence = _("Does not leave as it stands: %(state)s.") % {"state": pill.word}
        title = Truncator(post.text).chars(120) or _("Empty post")
        url = f"/planning/posts/{post.pk}"
        yield TodayItem("goes_out", title, sentence, url, post.planned_at, 0, pill.icon, "person")


def _in_trouble(member: Member) -> QuerySet[Delivery]:
    needs_person = Q(state=State.UNSURE, reason_code="needs_person")
    found = _shown(member).filter(
        Q(state__in=[State.HELD, State.FAILED]) | needs_person,
        due_at__gte=clock.now() - RECENT,
    )
    if member.can(Power.PUBLISH):
        return found
    authors = Post.authors.through.objects.filter(
        post_id__in=Variant.objects.filter(pk=OuterRef(OuterRef("subject_id"))).values("post_id"),
        member_id=member.pk,
    )
    return found.filter(Exists(authors), subject_kind="variant")


def _shown(member: Member) -> QuerySet[Delivery]:
    fields = ("excerpt", "state", "reason", "due_at", "channel__name")
    mine = Delivery.objects.filter(organization_id=member.organization_id)
    return mine.select_related("channel").only(*fields)


def _day(member: Member) -> tuple[datetime, datetime]:
    """The organization's present day: the moment it began and the moment the next one begins."""
    zone = member.organization.time_zone
    today_on = clock.now().astimezone(ZoneInfo(zone)).date()
    return clock.local(today_on, 0, 0, zone), clock.local(today_on + timedelta(days=1), 0, 0, zone)


def _needs_me(
    title: str, sentence: str, url: str, at: datetime | None, weight: int, icon: str, tone: Tone
) -> TodayItem:
    return TodayItem("needs_me", title, sentence, url, at, weight, icon, tone)
