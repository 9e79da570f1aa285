"""What the author of a one-person practice confirms before clearing a post alone."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bedside.foundation.refusal import Refusal

QUESTIONS: dict[str, Promise] = {
    "nobody_recognizable": gettext_lazy(
        "No patient, relative or household member can be recognized: not by name, picture, date, place or story."
    ),
    "claims_hold": gettext_lazy("Every medical statement is general education, and I could show its source."),
    "pictures_ours": gettext_lazy(
        "We may use every picture, and nothing in its background identifies a person."
    ),
    "would_stand_by": gettext_lazy(
        "I read it once more in the preview and would stand by it in front of my board."
    ),
}


def check_answers(answers: Mapping[str, bool]) -> dict[str, bool]:
    """The answers, complete and all yes; a Refusal (`checklist_open`) otherwise."""
    if not all(answers.get(key) is True for key in QUESTIONS):
        raise Refusal(
            "checklist_open",
            _("Tick every line of the checklist, or send the post to somebody else for approval."),
            field="checklist",
        )
    return dict.fromkeys(QUESTIONS, True)
