"""The kinds of news that a webhook can ask for, with the sentence that the settings page shows."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "delivery.sent": _("Something was published"),
    "delivery.held": _("Something was held before it left"),
    "delivery.failed": _("A network refused something"),
    "delivery.unsure": _("It is not certain whether something was published"),
    "delivery.deleted": _("Something published was taken down"),
    "request.asked": _("A signature is asked for"),
    "request.agreed": _("Everybody has signed"),
    "request.returned": _("A signer wants a change or refused"),
    "message.arrived": _("Somebody wrote to us"),
    "hold.placed": _("Sending was stopped"),
    "hold.lifted": _("Sending goes on"),
}

# Sent on demand, to try an address out; nobody asks for it as news.
TRIAL = "webhook.trial"
