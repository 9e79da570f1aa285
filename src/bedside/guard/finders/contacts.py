"""Telephone numbers and e-mail addresses of private persons, against those the organization publishes.

A number alone is no finding: public health lives from numbers to call. It becomes one where the words around
it say that it belongs to somebody, or that somebody will be reached there (`reached.py`).
"""

import re
from collections.abc import Iterator

from bedside.guard.finders import asked_for, homes
from bedside.guard.finders.reached import (
    follows_a_person,
    has_bounced,
    is_about_somebody,
    is_at_home,
    is_at_you,
    is_of_staff,
    is_reached_there,
    is_theirs,
)
from bedside.guard.hits import Case, Hit
from bedside.guard.l33t import as_letters
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.signs import Signs
from bedside.guard.traits import AT, LOCAL_PHONE, PHONE

_PHONE = Shape(
    r"(?<![\d\-./])(?:\+?1[ .\-]{0,2})?(?:\([2-9]\d{2}\)|[2-9]\d{2}),?[ .\-/]{0,3}\d{3},?[ .\-/]{1,3}\d{4}(?!\d)"
    r"|(?<![\d\-./#])(?:\+?1)?[2-9]\d{2}[2-9]\d{6}(?![\d\-])|\+\d{1,3}[ .\-]?\d[\d .\-]{7,14}\d"
    r"|(?<![\d.\-])[2-9]\d{2}[ .]\d{3}(?:[ .]\d\d){2}(?!\d)|(?<![\d.\-])(?<!\d )[1-9]\d \d{4} \d{4}(?! ?\d)"
)
# A number as the neighbors dial it. Seven digits are many things, so somebody must be spoken of.
_LOCAL = Shape(r"(?<![\d\-./)])(?<!\d )(?<!\) )\b([2-9]\d\d[\-.]?\d{4})(?![\d\-]|[.,]\d)")
_WRITTEN_MAIL = r"[a-z0-9][\w.+\-]{0,63}@[a-z0-9][\w\-]{0,62}(?:\.[a-z0-9\-]{1,40})+"
_SAID_MAIL = (
    r"\b[a-z0-9][\w.+\-]{0,40} ?(?:\(at\)|\[at\]| at | arroba ) ?[a-z0-9\-]{2,30} ?(?:\(dot\)|\[dot\]|\.|"
    r" dot | punto ) ?(?:com|org|net|edu|gov|us|io|es|mx|example)\b"
)
_EMAIL = Shape(f"{_WRITTEN_MAIL}|{_SAID_MAIL}", re.IGNORECASE)
_EMAIL_SAID = Shape(_SAID_MAIL, re.IGNORECASE)
_TOLL_FREE = re.compile(r"^\+?1?(?:800|888|877|866|855|844|833|822|900)")
_FREE_MAIL = re.compile(
    r"@(?:gmail|yahoo|ymail|hotmail|outlook|icloud|aol|msn|live|me|mac|comcast|verizon|att|sbcglobal|"
    r"protonmail|proton|mail|gmx)\.",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:info|ombuds\w*|advocate|sponsor\w*|grants?|"
    r"front ?desk|desk|compliance|garden|ideas|webmaster|reminders?|referrals?|resul\w+|citas?|"
    r"contact|press|media|hello|help|support|office|admin|hr|jobs|careers|billing|appointments?|"
    r"schedul\w*|privacy|relations|patient\w*"
    r"|service|volunteer\w*|donat\w*|foundation|events?|rsvp|news|communications?|marketing|customer\w*|"
    r"questions?|feedback|team|clinic|health|covid\w*|vaccin\w*|register\w*|records?)",
    re.IGNORECASE,
)

# What we sent, or will send, to the one we answer.
_SENT_TO = Shape(
    r"\b(?:we|we'll|we've|we're|i|i'll|i've|i'm|just|now|already)\b[^.!?\n]{0,30}\b(?:send|(?<!email )(?<!mail "
    r")(?<!note )(?<!notes )sent|sending|resent|mail|mailed|"
    r"mailing|email(?! sent)|emailed|emailing|forward|forwarded|shoot|use|used|using|wrote|write|"
    r"replied)\b[^.!?\n]{0,40}?"
    r"(?: to| at| with|) $|\bwent (?:out |over )?to $"
    r"|^ ?sending\b[^.!?\n]{0,50} to $|\b(?:le|se l[oae]s?|te) (?:\w+ )?(?:mandamos|enviamos|escribimos|mandaremos|"
    r"enviaremos)\b"
    r"[^.!?\n]{0,50} a $",
    re.IGNORECASE,
)
_MAY_BE_PHONE = re.compile(r"\d\d[) .\-/,]{0,3}\d{3}[ .\-/,]{0,3}\d\d[ .]?\d\d|\d \d{4} \d{4}|\+\d")
_MAIL_WORDS = listed("dot arroba punto com gmail yahoo hotmail org")
_SAID_AT = frozenset(("at", "arroba"))
SIGNS = Signs(alone=_MAIL_WORDS | homes.CUES | asked_for.CUES, traits=frozenset((AT, PHONE, LOCAL_PHONE)))


def private(case: Case, rule: Rule) -> Iterator[Hit]:
    """Numbers and addresses at which a private person is reached."""
    published = _published(case)
    for reading in case.readings:
        if not reading.is_prose and not reading.field.startswith(("codes", "metadata", "file_names")):
            continue
        if reading.has_digits:
            yield from _phones(case, reading, published)
            if not case.is_of_the_house:
                yield from homes.of_somebody(case, reading)
            for span in asked_for.endings(case, reading):
                yield Hit(reading.field, *reading.span(*span))
        if AT in reading.traits or _may_say_mail(reading.word_set):
            yield from _mails(case, reading, published)


def _may_say_mail(words: set[str]) -> bool:
    """Whether the words of `ana at clinic dot org` stand in a text."""
    return not words.isdisjoint(_MAIL_WORDS) and not words.isdisjoint(_SAID_AT)


def _phones(case: Case, reading: Reading, published: frozenset[str]) -> Iterator[Hit]:
    text = reading.plain.text
    if PHONE in reading.traits and _MAY_BE_PHONE.search(text):
        for found in _PHONE.finditer(text):
            if _digits(found[0]) not in published and _is_private(case, reading, found):
                yield Hit(reading.field, *reading.span(*found.span()))
    if LOCAL_PHONE in reading.traits:
        ends = tuple(number[-7:] for number in published)
        for found in _LOCAL.finditer(text):
            if _digits(found[1]) not in ends and _is_private_here(case, reading, found):
                yield Hit(reading.field, *reading.span(*found.span(1)))


def _mails(case: Case, reading: Reading, published: frozenset[str]) -> Iterator[Hit]:
    sites = tuple(site.lower().removeprefix("www.") for site in case.organization.sites)
    form = _EMAIL if AT in reading.traits else _EMAIL_SAID
    for found in form.finditer(reading.plain.text):
        mail = found[0].lower()
        if mail in published or mail.endswith(sites):
            continue
        if _is_private_mail(case, reading, found):
            yield Hit(reading.field, *reading.span(*found.span()))


def _published(case: Case) -> frozenset[str]:
    facts = case.organization
    return frozenset([*map(_digits, facts.phones), *(email.lower() for email in facts.emails)])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]


def _is_private_here(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    """Whether a number as the neighbors dial it is somebody's."""
    before = reading.plain.text[max(0, found.start() - 40) : found.start()]
    if is_at_home(before):
        return not is_of_staff(reading, before, found.start())
    return asked_for.is_asked_for(case, reading, found) or is_reached_there(case, reading, found)


def _is_private(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    text = reading.plain.text
    before = text[max(0, found.start() - 90) : found.start()]
    if _TOLL_FREE.match(re.sub(r"\D", "", found[0])) and not re.search(
        r"\b(?:her|his|patient'?s|your)\b", before[-40:], re.IGNORECASE
    ):
        return False
    if case.is_of_the_house:
        return is_theirs(before) or is_about_somebody(reading, found)
    if is_theirs(before) or is_at_you(before):
        return not (case.is_reply and is_of_staff(reading, before, found.start()))
    return (
        is_about_somebody(reading, found)
        or follows_a_person(reading, found.start())
        or is_reached_there(case, reading, found)
        or asked_for.is_asked_for(case, reading, found)
    )


def _is_private_mail(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    mail = found[0]
    before = reading.plain.text[max(0, found.start() - 90) : found.start()]
    # Nothing that says whose it is ends with these: long chains of addresses are not compared again and again.
    is_said_theirs = before[-1:] not in (".", "@") and is_theirs(before)
    if _OFFICE.match(mail) and not is_said_theirs:
        return False
    if case.is_reply and before.endswith(" ") and _SENT_TO.search(before):
        return True
    if is_said_theirs and case.is_reply and is_of_staff(reading, before, found.start()):
        return False
    if (
        is_said_theirs
        or is_at_you(before)
        or is_about_somebody(reading, found)
        or has_bounced(before)
        or before.lower() == " to "
    ):
        return True
    return (
        bool(_FREE_MAIL.search(mail) or _FREE_MAIL.search(as_letters(mail)))
        or follows_a_person(reading, found.start())
        or is_reached_there(case, reading, found)
        or asked_for.is_written_to(reading, found)
    )
