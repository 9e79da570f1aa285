"""Telling members what they should know: on their Today page at once, by e-mail soon after.

The e-mail carries the sentence and a link, never a post's or a patient's words.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import override

from bedside.foundation.work import job, soon
from bedside.people.models import Member, Notice


def notify(members: Iterable[Member], *, kind: str, sentence: str, url: str = "") -> list[Notice]:
    """Give each of `members` a notice of this `kind`; `url` is a path of this installation."""
    told = [
        Notice(member=member, kind=kind, sentence=str(sentence)[:400], url=url)
        for member in {m.pk: m for m in members}.values()
        if member.removed_at is None
    ]
    Notice.objects.bulk_create(told)
    for notice in told:
        soon(mail_notice, str(notice.pk))
    return told


def notices_of(member: Member) -> QuerySet[Notice]:
    """The member's notices, the newest first."""
    return member.notices.order_by("-created_at")


def notice_for(member: Member, notice_id: UUID) -> Notice:
    """One notice of the member's own; anybody else's is a 404."""
    found = notices_of(member).filter(pk=notice_id).first()
    if found is None:
        raise Http404
    return found


@job
def mail_notice(notice_id: str) -> None:
    """Send one notice by e-mail, unless it was read meanwhile."""
    notice = (
        Notice.objects.select_related("member__user", "member__organization").filter(pk=notice_id).first()
    )
    if notice is None or notice.read_at is not None or notice.member.organization.is_demo:
        return
    user = notice.member.user
    with override(user.language or notice.member.organization.language):
        subject = _("Bedside: something needs you at %(organization)s") % {
            "organization": notice.member.organization.name
        }
        body = f"{notice.sentence}\n\n{settings.BEDSIDE_BASE_URL}{notice.url or '/'}\n"
        send_mail(subject, body, None, [user.email])
