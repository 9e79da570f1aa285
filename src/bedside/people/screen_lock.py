"""When a screen is locked: after the organization's minutes without a touch, or when asked for.

45 CFR 164.312(a)(2)(iii), automatic logoff. The session stays, so that nothing unsaved is lost; until
the person has shown again who they are, every page leads to the lock. The moment of the last touch is
written at most once a minute, because every write costs a transaction.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from bedside.people.models import Member

SEEN, LOCKED = "seen_at", "locked_at"
WRITE_EVERY_SECONDS = 60


def lock(request: HttpRequest) -> None:
    """Lock the screen of the one who asks, now."""
    request.session[LOCKED] = time.time()


def is_locked(request: HttpRequest, member: Member) -> bool:
    """Whether the person has to show who they are; notes the touch when not.

    Requests that a page makes by itself (header `X-Bedside-Background`) are no touch.
    """
    session, now = request.session, time.time()
    seen = float(session.get(SEEN, now))
    if LOCKED not in session and now - seen > member.organization.lock_after_minutes * 60:
        session[LOCKED] = seen
    if LOCKED in session and not _has_shown_since(request, float(session[LOCKED])):
        return True
    session.pop(LOCKED, None)
    is_old_news = SEEN not in session or now - seen > WRITE_EVERY_SECONDS
    if is_old_news and "X-Bedside-Background" not in request.headers:
        session[SEEN] = now
    return False


def _has_shown_since(request: HttpRequest, moment: float) -> bool:
    """Whether the person signed in or showed a factor after `moment` (allauth keeps the times)."""
    return any(float(shown["at"]) > moment for shown in get_authentication_records(request, request.user))
