"""Outside signers: the physician of a small practice, a sponsor. One personal link, one request, expires.

The link's token is stored as a digest only. Opening the link shows that one request and nothing else
of the organization. Whoever vouches for the person must be allowed to manage people or rules. No author is the outside
signer, by none of their addresses, and no author vouches for one while somebody else could; in a practice of one the
link then goes to the signer's address alone.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.forms import ValidationError
from django.utils.translation import gettext as _

from bedside.approvals.actions import decide_outside
from bedside.approvals.models import Decision, OutsideSigner, Request
from bedside.approvals.settling import label_of
from bedside.audit.actions import action, nothing_changed, record
from bedside.foundation import clock
from bedside.foundation.ids import digest, secret_token
from bedside.foundation.refusal import NotAllowed, Refusal
from bedside.foundation.secrets import seal, unseal
from bedside.foundation.work import job, soon
from bedside.people.mailboxes import members_at
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.people.queries import members_with

LINK_LIVES = timedelta(days=7)
VOUCHING = (Power.MANAGE_PEOPLE, Power.MANAGE_RULES)


@action
def invite_signer(
    request: Request, *, signing: str, name: str, email: str, by: Member
) -> tuple[OutsideSigner, str]:
    """Send `name` a personal link to sign this request at the step `signing`.

    Returns the signer and the link's token, which is stored nowhere, so that it can be handed over too.
    """
    _check_voucher(request, by)
    _check_person(request, signing, name, email)
    token, now = secret_token(), clock.now()
    signer = OutsideSigner.objects.create(
        request=request,
        signing=signing,
        name=name.strip(),
        email=email.strip().lower(),
        token_digest=digest(token),
        invited_by=by,
        invited_at=now,
        expires_at=min(now + LINK_LIVES, request.expires_at),
    )
    record(
        request.organization_id,
        by=by.actor,
        verb="request.outside_signer_invited",
        on=(request.subject_kind, request.subject_id, label_of(request)),
        words=_("Asked %(name)s (%(email)s) to sign by a personal link.")
        % {"name": name, "email": signer.email},
        data={"request": str(request.pk), "signer": str(signer.pk), "signing": signing},
    )
    soon(mail_link, str(signer.pk), seal(token))
    return signer, token


def may_hand_over(request: Request, by: Member) -> bool:
    """Whether whoever vouches may see the link: an author who vouches because nobody else can must not."""
    return str(by.pk) not in request.authors


def signing_link(token: str) -> str:
    """The address that the outside signer opens."""
    return f"{settings.BEDSIDE_BASE_URL}/approvals/outside/{token}"


@action
def withdraw_signer(signer: OutsideSigner, *, by: Member) -> None:
    """Make a personal link useless."""
    if not by.can_any(VOUCHING):
        raise NotAllowed(Power.MANAGE_PEOPLE)
    if signer.withdrawn_at is not None:
        nothing_changed()
        return
    signer.withdrawn_at = clock.now()
    signer.save(update_fields=["withdrawn_at"])
    record(
        signer.request.organization_id,
        by=by.actor,
        verb="request.outside_signer_withdrawn",
        on=(signer.request.subject_kind, signer.request.subject_id, label_of(signer.request)),
        words=_("Withdrew the personal link of %(name)s.") % {"name": signer.name},
        data={"signer": str(signer.pk)},
    )


def signer_by(token: str) -> OutsideSigner | None:
    """Who holds this link, if it still opens anything."""
    return (
        OutsideSigner.objects.select_related("request__organization")
        .filter(token_digest=digest(token), withdrawn_at=None, expires_at__gt=clock.now())
        .first()
    )


@action
def sign_outside(signer: OutsideSigner, *, says: str, words: str, fingerprint: str) -> Decision:
    """What the outside signer says about the request that their link shows."""
    if signer.withdrawn_at is not None or signer.expires_at <= clock.now():
        raise Refusal("link_over", _("This link is no longer valid. Ask the organization for a new one."))
    return decide_outside(signer.request, signer=signer, says=says, words=words, fingerprint=fingerprint)


@job
def mail_link(signer_id: str, sealed: str) -> None:
    """Send the personal link, whose token waits sealed. The demonstration writes to nobody."""
    signer = OutsideSigner.objects.select_related("request__organization").get(pk=UUID(signer_id))
    if signer.request.organization.is_demo:
        return
    organization = signer.request.organization.name
    body = _(
        "%(name)s,\n\n%(organization)s asks you to read something before it is published, and to sign it"
        " or say what should change:\n\n%(link)s\n\nThe link is personal and works until %(until)s UTC."
    ) % {
        "name": signer.name,
        "organization": organization,
        "link": signing_link(unseal(sealed)),
        "until": f"{signer.expires_at:%Y-%m-%d %H:%M}",
    }
    send_mail(
        _("%(organization)s asks for your signature") % {"organization": organization},
        body,
        None,
        [signer.email],
    )


def _check_voucher(request: Request, by: Member) -> None:
    if not by.can_any(VOUCHING):
        raise NotAllowed(Power.MANAGE_PEOPLE)
    if by.key is not None:  # whoever finds a lost key would ask themselves to sign
        raise Refusal(
            "needs_a_person",
            _("A key cannot vouch for anybody. Somebody has to choose who signs from outside."),
        )
    others = [m for m in members_with(request.organization, *VOUCHING) if str(m.pk) not in request.authors]
    if str(by.pk) in request.authors and others:
        sentence = _("You wrote this, so somebody else chooses who signs it from outside: %(names)s.")
        raise Refusal("own_material", sentence % {"names": ", ".join(m.name for m in others[:5])})


def _check_person(request: Request, signing: str, name: str, email: str) -> None:
    if request.state != Request.State.OPEN:
        raise Refusal("not_open", _("This request is closed; nobody needs to sign it any more."))
    if signing not in {step.signing for step in request.steps.all() if step.done_at is None}:
        raise Refusal("no_such_step", _("No open step asks for this kind of signature."), field="signing")
    if not name.strip():
        raise Refusal(
            "name_missing", _("Write the person's name; it will stand under the signature."), field="name"
        )
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refusal(
            "email_wrong", _("This is not an e-mail address; write it like name@example.org."), field="email"
        ) from None
    members = members_at(request.organization_id, email)
    if any(str(member.pk) in request.authors for member in members):
        raise Refusal(
            "own_material",
            _("This person wrote the material, so somebody else has to sign it."),
            field="email",
        )
    if any(member.removed_at is None for member in members):
        raise Refusal(
            "is_member", _("This person is a member; they can sign in and sign there."), field="email"
        )
