"""In which order should people look at what came in, and why? A short list of rules that anybody can read.

First form: words and punctuation in English and Spanish, the stars of a review, and what the guard finds in
inbound text. It puts a conversation where it is seen; it never decides what is done. Better to look once too
often: near misses cost a glance, a miss may cost a life.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bedside.guard import Finding

URGENT, PERSONAL, QUESTION, COMPLAINT, OTHER, THANKS = 90, 70, 50, 40, 20, 10


@dataclass(frozen=True)
class Reason:
    """Why a conversation stands where it stands; the higher the rank, the earlier it is shown."""

    code: str
    rank: int
    word: Promise
    sentence: Promise

    @property
    def is_urgent(self) -> bool:
        return self.rank >= URGENT


SELF_HARM = Reason(
    "self_harm",
    99,
    _("Possible self-harm"),
    _("It may speak of self-harm. Look at it now and follow your plan."),
)
EMERGENCY = Reason(
    "emergency", 97, _("Possible emergency"), _("It may be a medical emergency. Point to 911 at once.")
)
THREAT = Reason(
    "threat", 95, _("Possible threat"), _("It may threaten somebody. Tell whoever is in charge of safety.")
)
PERSONAL_DATA = Reason(
    "personal",
    PERSONAL,
    _("Personal details"),
    _("It shows something personal in public. Consider hiding it, and go on by phone."),
)
QUESTION_ASKED = Reason("question", QUESTION, _("Question"), _("Somebody asks something."))
COMPLAINT_MADE = Reason("complaint", COMPLAINT, _("Complaint"), _("Somebody is unhappy."))
SOMETHING = Reason("other", OTHER, _("Message"), _("Neither question, complaint nor thanks."))
THANKS_GIVEN = Reason("thanks", THANKS, _("Thanks"), _("Somebody is content."))

REASONS = {
    each.code: each
    for each in (
        SELF_HARM,
        EMERGENCY,
        THREAT,
        PERSONAL_DATA,
        QUESTION_ASKED,
        COMPLAINT_MADE,
        SOMETHING,
        THANKS_GIVEN,
    )
}


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(phrases) + r")(?!\w)", re.IGNORECASE)


# The organization's tone is not judged, nor the patient's grammar: apostrophes and accents may be missing.
_SELF_HARM = _any(
    r"suicid\w*",
    r"(?:kill|hurt|harm|cut|cutting|hurting|killing|harming) (?:myself|himself|herself|themselves)",
    r"(?:end|take|ending|taking) my (?:own )?life",
    r"(?:want|wanna|wants|ready) to die",
    r"(?:dont|don.?t|do not) want to (?:live|be here|wake up)(?: any ?more)?",
    r"self[- ]?harm\w*",
    r"no (?:reason|point) (?:to|in) liv(?:e|ing)",
    r"better off without me",
    r"overdos(?:e|ed|ing)",
    r"(?:me )?quiero morir\w*",
    r"(?:matarme|suicidarme|hacerme daño|hacerme dano|quitarme la vida|cortarme)",
    r"no quiero (?:seguir viviendo|vivir)",
)
_EMERGENCY = _any(
    r"(?:cant|can.?t|cannot|can not|unable to|trouble|hard to|difficulty) breath\w*",
    r"(?:not|isn.?t|stopped|isnt) breathing",
    r"chest (?:is )?(?:pain|pains|hurts|tight\w*)",
    r"(?:having|had) (?:a )?(?:heart attack|stroke|seizure)",
    r"(?:heart attack|stroke) (?:right )?now",
    r"(?:passed out|unconscious|unresponsive|wont wake up|won.?t wake up|not waking up|collapsed)",
    r"(?:bleeding (?:a lot|heavily|badly|out|wont stop|won.?t stop)|heavy bleeding|coughing up blood|vomiting blood)",
    r"(?:face|arm) (?:is )?(?:drooping|numb)",
    r"(?:anaphyla\w+|throat (?:is )?(?:closing|swelling)|lips (?:are )?(?:blue|turning blue))",
    r"(?:swallowed|drank) (?:a )?(?:battery|bleach|poison|magnets?)",
    r"(?:call|calling|called|need) (?:911|an ambulance)",
    r"(?:this is|its|it.?s|medical) an? emergency",
    r"medical emergency",
    r"(?:no puede|no puedo|le cuesta|me cuesta) respirar",
    r"dolor (?:en el|de) pecho",
    r"(?:se desmay[oó]|est[aá] inconsciente|no despierta|no reacciona)",
    r"(?:sangra mucho|no para de sangrar|vomita sangre|convulsion\w*|ambulancia)",
    r"es una emergencia",
)
_THREAT = _any(
    r"(?:i.?ll|i will|im going to|i.?m going to|gonna|going to|we will) "
    r"(?:kill|shoot|hurt|stab|burn|bomb|attack|destroy) "
    r"(?:you|him|her|them|everyone|everybody|someone|somebody|all of you|this place|the clinic|your|that doctor|"
    r"the doctor)",
    r"(?:bring|get|have) (?:a|my) gun",
    r"(?:shoot|burn|blow) (?:up |down )?(?:this|the|your|that) (?:place|clinic|hospital|office|building)",
    r"(?:bomb|shoot) (?:threat|you)",
    r"(?:i know|we know) where (?:you|she|he|they) lives?",
    r"(?:you|he|she|they) (?:deserves?|should) (?:to )?die",
    r"watch your back",
    r"(?:te|los|las|la|lo) (?:voy|vamos) a matar",
    r"s[eé] d[oó]nde vives",
)
_COMPLAINT = _any(
    r"(?:worst|terrible|horrible|awful|rude|disgusting|unacceptable|ridiculous|incompetent|disappoint\w*)",
    r"(?:never (?:again|going back|coming back|called (?:me )?back)|waste of (?:time|money)|rip ?off|scam)",
    r"(?:waited|waiting) (?:for )?(?:over |more than |almost )?(?:\d+|an?|two|three|four) (?:hours?|weeks?|months?)",
    r"(?:overcharged|double.?billed|billed (?:me )?(?:twice|wrong)|misdiagnos\w*|malpractice|lawsuit|lawyer|"
    r"complain\w*)",
    r"(?:nobody|no ?one) (?:answers|answered|called|picks up|cares)",
    r"(?:p[eé]sim\w+|horribles?|grosser\w+|mal servicio|mala atenci[oó]n|una verg[uü]enza|queja|nunca m[aá]s)",
)
_THANKS = _any(
    r"(?:thank(?:s| you|ful)\w*|thx|grateful|appreciate\w*|kudos|well done|great (?:job|team|staff|care)|"
    r"love (?:this|you|the|your)|amazing|wonderful|awesome|best (?:clinic|doctor|staff|team|nurses?))",
    r"(?:gracias|agradecid\w+|excelente|maravillos\w+|muy amables?)",
)
_QUESTION = _any(
    r"(?:do|does|can|could|is|are|will|would|when|where|what|how|who|which|why) "
    r"(?:you|i|we|it|the|your|there|my|is|are|do|does|much|many|long|time|late|can|should)",
    r"(?:anyone|anybody) know",
    r"(?:cu[aá]ndo|d[oó]nde|c[oó]mo|cu[aá]nto|qui[eé]n|qu[eé] hora\w*|tienen|aceptan|puedo|puede)",
)
_RED_FLAGS = ((_SELF_HARM, SELF_HARM), (_EMERGENCY, EMERGENCY), (_THREAT, THREAT))
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


def triage(text: str, *, rating: int | None = None, findings: Sequence[Finding] = ()) -> Reason:
    """Why a message stands where it stands. `findings` are the guard's about this very text (surface inbound)."""
    plain = " ".join(text.translate(_STRAIGHT).split())
    for pattern, reason in _RED_FLAGS:
        if pattern.search(plain):
            return reason
    if any(finding.weight != "advises" for finding in findings):
        return PERSONAL_DATA
    if rating is not None:
        return COMPLAINT_MADE if rating <= 2 else THANKS_GIVEN if rating >= 4 else SOMETHING
    if "?" in plain or "¿" in plain:
        return QUESTION_ASKED
    if _COMPLAINT.search(plain):
        return COMPLAINT_MADE
    if _THANKS.search(plain):
        return THANKS_GIVEN
    return QUESTION_ASKED if _QUESTION.match(plain) else SOMETHING


def reason_of(code: str) -> Reason | None:
    """The reason behind a stored code; None when there is none (not open, or a code of another version)."""
    return REASONS.get(code)
