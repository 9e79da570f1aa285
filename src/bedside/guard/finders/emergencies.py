"""Whether somebody in danger is told the one right thing first: 911, or 988."""

import re
from collections.abc import Iterator
from functools import cache

from bedside.guard.finders.danger import AT_RISK, HAPPENING
from bedside.guard.hits import Case, Hit
from bedside.guard.phrases import Pattern
from bedside.guard.phrases import pattern as compiled_phrase
from bedside.guard.rulebook import Rule

URGENT = (
    "(chest pain|chest pressure|crushing (chest|pain)|pain in (my|your|the) chest|face (is )?droop*|facial "
    "droop*|arm (is )?(weak*|numb)|left arm (is )?(numb|pain|hurts|tingling)|slurred speech|slurring"
    "|stroke (symptoms|signs)|signs of (a )?(stroke|heart attack)|having (a|an) (stroke|heart attack|"
    "seizure|allergic reaction)|heart attack symptoms|(trouble|difficulty|hard time|struggling) breathing|"
    "hard to breathe|(can't|cannot|can not|unable to|barely) breathe|not breathing|turning blue|blue lips|"
    "short of breath"
    "|overdos*|took too many (pills|meds)|swallowed (bleach|poison|pills|a battery|batteries|a magnet|"
    "antifreeze)|poisoned|unconscious|passed out|unresponsive|won't wake up|coughing (up )?blood|vomiting "
    "blood|throwing up blood|bleeding (that )?(won't|will not) stop|won't stop bleeding|heavy bleeding|"
    "severe bleeding|bleeding heavily|throat (is )?(closing|swelling)|anaphyla*|worst headache|sudden "
    "(vision loss|weakness|confusion|severe headache|numbness)|suicidal|stiff neck and fever|water broke|"
    "baby (isn't|is not|not) (moving|breathing)|choking|seizing|crowning"
    "|dolor (de|en el) pecho|dolor fuerte en el pecho|cara (caida|torcida|dormida)|no puede respirar|no "
    "puedo respirar|dificultad para respirar|falta de aire|le cuesta respirar|sobredosis|sangrado que no "
    "para|no deja de sangrar|derrame|desmay*|inconsciente|convulsion*|se trago (cloro|pastillas|una pila)|"
    "envenen*|brazo (dormido|debil))"
)
_WRONG_WAY = (
    "((send|shoot|drop) (us )?(a |an )?(message|dm|note|email|text|comment)|message (us|our)|dm (us|me)|"
    "email (us|our)|text (us|our)|comment below|tell us (below|more)|book (a|an|your|online|now|in)|we'll "
    "book|book you|schedule (a|an|your|online|now|today|with|at)|make an appointment|set up an appointment|"
    "get an appointment|request an appointment|appointment|see (our|the) (blog|website|page|post|faq)|read "
    "(our|the|more)|check (out )?(our|the) (blog|website|page|faq|app|portal)|visit (our (blog|website|page"
    "|site|clinic)|us (online|at|this|tomorrow|monday)|the (blog|website))|learn more|come (see|in|by|to)|"
    "stop (by|in)|walk ins?|drop (by|in)|call (our|the|us|your) (office|clinic|doctor|nurse line|us|front "
    "desk|team)?|wait|sleep it off|take (a|an|our) (quiz|nap|walk|deep|aspirin|tylenol|bath)|ask (us|our|in"
    " the comments)|chat with|download|sign up|log in|use (our|the) (portal|app|symptom)|click|link in bio|"
    "telehealth|virtual visit|try (our|this|these|some)|relax|monday|tomorrow|next (week|available)|office "
    "hours|business hours|our (new )?(program|package|special)|home remed*"
    "|mand*nos|envi*nos|escrib*nos|mensaje|agende|agendar|haga (una|su) cita|le damos cita|pida (una|su) "
    "cita|saque (una|su) cita|cita|visite (nuestr*|la)|lea (nuestr*|mas)|vea nuestr*|llame a (nuestr*|la) "
    "(oficina|clinica|consultorio)|espere|venga|pase por|consulte nuestr*|descargue|te de)"
)
_RIGHT_WAY = (
    "(911|9 1 1|9-1-1|nine one one|emergency (room|department|services|number|help)|nearest (er|ed|"
    "emergency|hospital)|go to (the|an|your|our|any) (\\w* )?(er|ed|emergency|hospital)|1-?800-?222-?1222|"
    "222 ?1222|poison (control|help|center)|988|112|999|ambulance|er (right away|now|if|today)|(means|"
    "head to|get to) (the|an) er|go in (now|right away)|emergency care|labor and delivery|498 ?8666|662 "
    "?4357|life ?threatening|urgencias|sala de emergencias|emergencias|ambulancia|narcan|naloxone)"
)
_NOW = (
    "(i|i'm|my|me|he|she|his|her|my (son|daughter|husband|wife|mom|dad|baby|father|mother|friend)|right now|now|"
    "help|having|been|just|mi|me|yo|mi (hijo|hija|esposo|mama|papa)|ahora|ayuda|tengo)"
)
_ASIDE = (
    "(class|training|learn cpr|course|hiring|awareness (day|week|month)|research|screening|chest of|stroke of luck|"
    "poison ivy|poison oak|trial|take back|workshop|symptoms of (asthma|covid|flu)|water safety|shortness of breath"
    " with exercise|drill|simulacro|curso|clase|recovery|rehab|after (a )?stroke|survivors?|support group|"
    "prevention|prevencion)"
)
_HELP = (
    "(988|9 8 8|911|9 1 1|crisis (line|lifeline|text)|lifeline|hotline|help ?line|741741|799 ?7233|656 "
    "?4673|shelter|police|linea de (crisis|prevencion|ayuda|la vida)|emergenc*|urgencias)"
)


def misdirected(case: Case, rule: Rule) -> Iterator[Hit]:
    """Urgent symptoms answered with anything but the emergency number."""
    if _is_urgent(case) and not _told(case, _RIGHT_WAY):
        yield Hit("text", 0, len(case.material.text))
    for reading in case.readings:
        if not reading.is_prose or _stands(_RIGHT_WAY, reading.marked):
            continue
        found = _pattern(URGENT).search(reading.marked)
        if found is None:
            continue
        first, last = reading.around(*found)
        around = reading.marked[first:last]
        if _stands(_WRONG_WAY, around) and not _stands(_ASIDE, around):
            yield Hit(reading.field, *reading.span(*found))


def unanswered(case: Case, rule: Rule) -> Iterator[Hit]:
    """Somebody who is in danger, from themselves or another, gets an answer that names no help."""
    at_risk = case.is_reply and case.parent is not None and _stands(AT_RISK, case.parent.marked)
    if at_risk and not _told(case, _HELP):
        yield Hit("text", 0, len(case.material.text))


def _is_urgent(case: Case) -> bool:
    """Whether what is answered tells of an emergency that is happening now."""
    if not case.is_reply or case.parent is None:
        return False
    said = case.parent.marked
    happens = _stands(HAPPENING, said) or (_stands(URGENT, said) and _stands(_NOW, said))
    return happens and not _stands(_ASIDE, said) and not _PAST.search(said)


def _told(case: Case, what: str) -> bool:
    reading = case.reading("text")
    return reading is None or _stands(what, reading.marked)


def _stands(phrase: str, marked: bytes) -> bool:
    return _pattern(phrase).search(marked) is not None


_PAST = re.compile(
    rb"\b(?:last (?:year|month|week|summer|winter|fall|spring)|years? ago|months? ago|weeks? ago|in \d{4}|"
    rb"used to|thank you for|thanks to|saved|was in your|when i (?:was|came)|ignored my|hace (?:un|dos|tres"
    rb"|\d+) (?:ano|mes|semana)s?|waited|hours? (?:for|in)|your (?:er|staff|doctor|nurse)s? (?:was|were|did"
    rb"|didn|ignored|told|made))"
)


@cache
def _pattern(phrase: str) -> Pattern:
    return compiled_phrase(phrase)
