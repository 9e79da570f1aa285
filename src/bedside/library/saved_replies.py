"""Saved replies: safe answers that an organization uses again, and a first set of them in English and Spanish.

Each text of the first set says nothing about whether the reader is a patient, gives no personal advice, and leads
to a private way of talking. Where they are offered, and by which key, is the inbox's matter.
"""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.refusal import Refusal
from bedside.library.models import SavedReply
from bedside.people.doers import Doer, insist, organization_of
from bedside.people.gate import or_404
from bedside.people.models import Member, Organization
from bedside.people.powers import Power

TITLE_LENGTH, TEXT_LENGTH = 120, 2000

PHONE = "{phone}"  # replaced by the organization's first published number when the set is made

# Language, title, text; the order is the order of the keys.
STARTER_SET: tuple[tuple[str, str, str], ...] = (
    (
        "en",
        "Emergency",
        "If this is an emergency, please call 911 now. In the US you can call or text 988 at any hour to talk to "
        "somebody about a crisis. We cannot help with emergencies here.",
    ),
    (
        "en",
        "Personal: let's talk privately",
        "Thank you for writing. To protect everybody's privacy we do not talk about anybody's care here. Please "
        f"call us at {PHONE}, so that we can listen and help.",
    ),
    (
        "en",
        "Unhappy",
        "Thank you for telling us. We take every comment seriously and would like to hear more. Please call us at "
        f"{PHONE}. For privacy reasons we do not talk about details here.",
    ),
    ("en", "Thanks", "Thank you for your kind words. We will share them with our team."),
    (
        "en",
        "Medical question",
        "Good question for a clinician who can look at the whole picture. We cannot give personal advice here. "
        f"Please call us at {PHONE}, or ask your own doctor or nurse.",
    ),
    (
        "en",
        "Appointments",
        f"You can make an appointment by phone at {PHONE}. Please do not post personal details here.",
    ),
    (
        "es",
        "Emergencia",
        "Si es una emergencia, llame al 911 ahora. En EE. UU. puede llamar o enviar un mensaje de texto al 988 a "
        "cualquier hora para hablar con alguien sobre una crisis. Aquí no podemos atender emergencias.",
    ),
    (
        "es",
        "Hablemos en privado",
        "Gracias por escribir. Para proteger la privacidad de todos, aquí no hablamos de la atención de nadie. Por "
        f"favor llámenos al {PHONE} para poder escucharle y ayudarle.",
    ),
    ("es", "Gracias", "Gracias por sus amables palabras. Las compartiremos con nuestro equipo."),
)


def saved_replies_for(member: Member) -> list[SavedReply]:
    """The saved replies of the member's organization in their order; the first nine have keys in the inbox."""
    return list(SavedReply.objects.filter(organization_id=member.organization_id, archived_at=None))


def saved_reply_for(member: Member, reply_id: UUID | str) -> SavedReply:
    """One saved reply of the member's organization; anything else is a 404."""
    return or_404(SavedReply.objects.filter(archived_at=None), member, reply_id)


@action
def keep_saved_reply(
    organization: Organization,
    *,
    title: str,
    text: str,
    language: str,
    by: Doer,
    place: int | None = None,
    reply: SavedReply | None = None,
) -> SavedReply:
    """Keep a text for use again, or change one (`reply`). It is judged anew whenever it is used.

    `place` is where it stands in the list, 1 first; left out, a new one stands last.
    """
    _insist(organization, by)
    title, text = title.strip(), text.strip()
    if not title:
        raise Refusal("no_title", _("Give the text a title, so that it can be found."), field="title")
    if not text:
        raise Refusal("no_text", _("Write the text."), field="text")
    if len(title) > TITLE_LENGTH:
        raise Refusal("title_too_long", _("The title is too long. Shorten it."), field="title")
    if len(text) > TEXT_LENGTH:
        raise Refusal("text_too_long", _("The text is too long. Shorten it."), field="text")
    kept = reply or SavedReply(organization=organization)
    kept.title, kept.text, kept.language = title, text, language
    if place is not None:
        kept.place = place
    kept.save()
    _tell(kept, by, "saved_reply.kept", _("Kept the text “%(title)s”.") % {"title": title})
    return kept


@action
def archive_saved_reply(reply: SavedReply, *, by: Doer) -> SavedReply:
    """Put a saved reply away: it is offered no more."""
    _insist(reply.organization, by)
    if reply.archived_at is not None:
        nothing_changed()
        return reply
    reply.archived_at = clock.now()
    reply.save(update_fields=["archived_at"])
    _tell(reply, by, "saved_reply.archived", _("Put the text “%(title)s” away.") % {"title": reply.title})
    return reply


@action
def add_starter_set(organization: Organization, *, by: Doer) -> list[SavedReply]:
    """Give an organization the first set of safe answers, with its own phone number; titles it has are kept."""
    _insist(organization, by)
    known = set(SavedReply.objects.filter(organization=organization).values_list("title", flat=True))
    phone = _phone_of(organization)
    made = [
        SavedReply(
            organization=organization,
            language=language,
            title=title,
            text=text.replace(PHONE, phone[language]),
            place=place,
        )
        for place, (language, title, text) in enumerate(STARTER_SET, start=1)
        if title not in known
    ]
    if not made:
        nothing_changed()
        return []
    SavedReply.objects.bulk_create(made)
    words = ngettext("Took over %(count)d safe answer.", "Took over %(count)d safe answers.", len(made))
    record(
        organization.pk,
        by=by.actor,
        verb="saved_reply.starter_set",
        on=("organization", organization.pk, organization.name),
        words=words % {"count": len(made)},
    )
    return made


def _phone_of(organization: Organization) -> dict[str, str]:
    published = organization.locations.exclude(phone="").values_list("phone", flat=True).first()
    phone = str(organization.phones[0]) if organization.phones else published
    return {"en": phone or "our office", "es": phone or "nuestra oficina"}


def _insist(organization: Organization, by: Doer) -> None:
    insist(by, Power.ANSWER)
    if organization_of(by) not in (None, organization.pk):
        raise Refusal("unknown", _("There is no such organization."))


def _tell(reply: SavedReply, by: Doer, verb: str, words: str) -> None:
    on = ("saved_reply", reply.pk, reply.title)
    record(reply.organization_id, by=by.actor, verb=verb, on=on, words=words)
