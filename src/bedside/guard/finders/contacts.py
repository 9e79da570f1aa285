"""Telephone numbers and e-mail addresses of private persons, against those the organization publishes.

A number alone is no finding: public health lives from numbers to call. It becomes one where the words around
it say that it belongs to somebody, or that somebody will be reached there.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from bedside.guard.finders import homes
from bedside.guard.finders.owners import (
    is_by_kin,
    is_in_care,
    is_in_family,
    is_nobodys,
    is_spoken_to,
    is_told_of,
)
from bedside.guard.hits import Case, Hit
from bedside.guard.l33t import as_letters
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.signs import Signs
from bedside.guard.traits import AT, LOCAL_PHONE, PHONE

_PHONE = re.compile(
    r"(?<![\d\-./])(?:\+?1[ .\-]{0,2})?(?:\([2-9]\d{2}\)|[2-9]\d{2})[ .\-]{0,3}\d{3}[ .\-]{1,3}\d{4}(?!\d)"
    r"|(?<![\d\-./#])(?:\+?1)?[2-9]\d{2}[2-9]\d{6}(?![\d\-])|\+\d{1,3}[ .\-]?\d[\d .\-]{7,14}\d"
    r"|(?<![\d.\-])[2-9]\d{2}[ .]\d{3}(?:[ .]\d\d){2}(?!\d)"
)
# A number as the neighbors dial it. Seven digits are many things, so somebody must be spoken of.
_LOCAL = re.compile(r"(?<![\d\-./)])(?<!\d )(?<!\) )\b([2-9]\d\d[\-.]?\d{4})(?![\d\-]|[.,]\d)")
_WRITTEN_MAIL = r"[a-z0-9][\w.+\-]{0,63}@[a-z0-9][\w\-]{0,62}(?:\.[a-z0-9\-]{1,40})+"
_SAID_MAIL = (
    r"\b[a-z0-9][\w.+\-]{0,40} ?(?:\(at\)|\[at\]| at | arroba ) ?[a-z0-9\-]{2,30} ?(?:\(dot\)|\[dot\]|\.|"
    r" dot | punto ) ?(?:com|org|net|edu|gov|us|io|es|mx|example)\b"
)
_EMAIL = re.compile(f"{_WRITTEN_MAIL}|{_SAID_MAIL}", re.IGNORECASE)
_EMAIL_SAID = re.compile(_SAID_MAIL, re.IGNORECASE)
_TOLL_FREE = re.compile(r"^\+?1?(?:800|888|877|866|855|844|833|822|900)")
_FREE_MAIL = re.compile(
    r"@(?:gmail|yahoo|ymail|hotmail|outlook|icloud|aol|msn|live|me|mac|comcast|verizon|att|sbcglobal|"
    r"protonmail|proton|mail|gmx)\.",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:info|front ?desk|desk|compliance|garden|ideas|webmaster|reminders?|referrals?|resul\w+|citas?|"
    r"contact|press|media|hello|help|support|office|admin|hr|jobs|careers|billing|appointments?|"
    r"schedul\w*|privacy|relations|patient\w*"
    r"|service|volunteer\w*|donat\w*|foundation|events?|rsvp|news|communications?|marketing|customer\w*|"
    r"questions?|feedback|team|clinic|health|covid\w*|vaccin\w*|register\w*|records?)",
    re.IGNORECASE,
)
# Whose it is, just before the number.
_THEIRS = re.compile(
    r"\b(?:(?:her|his|their|hers|patient'?s?|pt'?s?|mom'?s?|mother'?s?|dad'?s?|father'?s?|daughter'?s?|"
    r"son'?s?|wife'?s?|husband'?s?|sister'?s?|brother'?s?|family'?s?|widow'?s?|caller'?s?|client'?s?|"
    r"resident'?s?|parents?'?|guardian'?s?|reviewer'?s?)"
    r"(?: (?:own|new|old|home|cell|mobile|work|personal|private|daughter'?s?|son'?s?|wife'?s?|husband'?s?|"
    r"mother'?s?|mom'?s?|phone|direct|direct))*"
    r"(?: (?:number|phone|cell|mobile|fax|line|email|e-mail|contact|digits|address|telephone|gmail))?(?: "
    r"(?:is|was|at|on|listed as|as|to|=))?[ :,\-(]*"
    r"|(?:reach|call|text|contact|phone|e-?mail|write(?: to)?|message|fax|ring|dial|texted|called|emailed|"
    r"reached|messaged|tried|wrote|faxed|try) (?:her|him|them|you|the (?:patient|family|mom|mother|dad|"
    r"father|daughter|son|wife|husband|parents)|(?:mr|mrs|ms)\.? \w+)(?: (?:back|directly|later|today|"
    r"tomorrow|soon|again|personally))*(?: (?:at|on|to|about it at|via))?[ :,\-(]*"
    r"|(?:you|your|ur) (?:(?:cell|phone|mobile|home|number|email|e-mail|contact|fax|gmail|line)\s"
    r"?){1,3}(?:(?:number|address|on file|is|at|of|as)\s?){0,3}[ :,\-(]*"
    r"|(?:su|tu) (?:numero|celular|telefono|correo|email|cel)(?: (?:es|de|al|a|electronico))*[ :,\-(]*"
    r"|(?:llamarle|llamarlo|llamarla|llamarte|escribirle|escribirte|llamaremos|escribiremos|contactarlo|"
    r"contactarla|contactarle|comunicarnos con usted|avisarle)(?: (?:al|a|en))?[ :,\-(]*"
    r"|(?:de la|del|de su|de el) (?:paciente|hija|hijo|esposa|esposo|mama|madre|padre|papa|familia)(?: "
    r"(?:es|al|a))?[ :,\-(]*"
    r"|(?:hija|hijo|esposa|esposo|mama|madre|padre|familia|paciente)(?: (?:es|al|a|en))[ :,\-(]*)$",
    re.IGNORECASE,
)
_ABOUT_SOMEBODY = re.compile(
    r"\b(?:patient'?s|pt'?s|patient (?:phone|cell|contact|email|number)|her cell|his cell|her phone|his "
    r"phone|her number|his number|her email|his email|emergency contact|next of kin|contact de emergencia|"
    r"telefono del paciente|telefono de la paciente|celular de)\b",
    re.IGNORECASE,
)
_ABOUT_YOU = re.compile(
    r"\b(?:to|at|on|with) you (?:at|on)[ :]*$|\byou at[ :]*$|\busted (?:al|a|en)[ :]*$", re.IGNORECASE
)


_MAY_BE_PHONE = re.compile(r"\d\d[) .\-]{0,3}\d{3}[ .\-]{0,3}\d\d[ .]?\d\d|\+\d")
_MAIL_WORDS = listed("dot arroba punto com gmail yahoo hotmail org")
_SAID_AT = frozenset(("at", "arroba"))
SIGNS = Signs(alone=_MAIL_WORDS | homes.CUES, traits=frozenset((AT, PHONE, LOCAL_PHONE)))


def private(case: Case, rule: Rule) -> Iterator[Hit]:
    """Numbers and addresses at which a private person is reached."""
    published = _published(case)
    for reading in case.readings:
        if not reading.is_prose and not reading.field.startswith(("codes", "metadata", "file_names")):
            continue
        if reading.has_digits:
            yield from _phones(case, reading, published)
            yield from homes.of_somebody(case, reading)
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
            if _digits(found[1]) not in ends and _is_reached_there(case, reading, found):
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


def _is_private(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    text = reading.plain.text
    before = text[max(0, found.start() - 90) : found.start()]
    if _TOLL_FREE.match(re.sub(r"\D", "", found[0])) and not re.search(
        r"\b(?:her|his|patient'?s|your)\b", before[-40:], re.IGNORECASE
    ):
        return False
    if _THEIRS.search(before) or _ABOUT_YOU.search(before):
        return True
    return (
        _is_about_somebody(reading, found)
        or _follows_a_person(reading, found.start())
        or _is_reached_there(case, reading, found)
    )


def _is_private_mail(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    mail = found[0]
    before = reading.plain.text[max(0, found.start() - 90) : found.start()]
    # Nothing that says whose it is ends with these: long chains of addresses are not compared again and again.
    is_theirs = before[-1:] not in (".", "@") and bool(_THEIRS.search(before))
    if _OFFICE.match(mail) and not is_theirs:
        return False
    if (
        is_theirs
        or _ABOUT_YOU.search(before)
        or _is_about_somebody(reading, found)
        or _BOUNCED.search(before)
        or before.lower() == " to "
    ):
        return True
    return (
        bool(_FREE_MAIL.search(mail) or _FREE_MAIL.search(as_letters(mail)))
        or _follows_a_person(reading, found.start())
        or _is_reached_there(case, reading, found)
    )


# Lines and boxes that a house keeps for everybody, and who is asked to use them.
_HOUSE_LINE = re.compile(
    r"\b(?:(?:nurse|main|direct|phone|help|crisis|information|info|relations|billing|scheduling|press|"
    r"media|tip|text|after-hours|"
    r"appointment|reservation|referrals?|records?|front) ?(?:line|desk|number)|hot ?line|helpline|"
    r"lifeline|switchboard|"
    r"conmutador|emergency line|eligibility|by calling|health surveys|if (?:you|your|ur) (?:are|have|or|"
    r"need|feel|know|receive|child|test\w*|want more)|loved ones?|concerned about|health (?:department|"
    r"district)|your child|distributor|reception|registration|call us|text us|fax us|email us|write us|"
    r"reach us|llamenos|escribanos|our (?:office|"
    r"clinic|front|main|new|fax|team|number|phone|page|pharmacy|lien|claims|desk|staff)|call the|"
    r"operator|office|advocate|picks? up at|anybody|anyone|families|family's|keeps the|answers|named|"
    r"extension|ext|option|rsvp|"
    r"table sponsors?|tickets?|register|sign up|enroll|questions|book|schedule|reserve|appointments?|"
    r"citas?|press|media|"
    r"for (?:details|information|more|help|rides)|to (?:book|join|volunteer|donate|give|order|learn)|"
    r"center at|robot|reminder texts|"
    r"webmaster|screenings?|walk ins?|join|class|classes|event|camp|workshop|free|volunteers?|hiring|"
    r"apply|chief|manager|"
    r"director|coordinator|counselor|director|para citas|numero nuevo|informes)\b",
    re.IGNORECASE,
)
# What we have written down about the one we answer, or did with it.
_ON_FILE = re.compile(
    r"\b(?:on file|we (?:dialed|called|rang|texted|phoned|sent|resent|have|show|tried|mailed|faxed|"
    r"wrote|emailed|send|text|hold)"
    r"|calling you|calling now|resent|sent (?:it )?to|starts with|lo tenemos|(?:se )?l[oae]s? mandamos|"
    r"still (?:the|your) (?:right|correct|"
    r"good)|is that (?:still )?(?:right|correct)|todavia es|as delivered|yours is|have for you|"
    r"ending with your|(?:husband's|wife's|your|his|her) voicemail)\b",
    re.IGNORECASE,
)
_BOUNCED = re.compile(r"\b(?:bounced e?-?mail from|correo devuelto:?|your mail) ?$", re.IGNORECASE)
_OWNED = re.compile(
    r"\b(?:his|her|mom's|dad's|son's|daughter's|wife's|husband's|sister's|brother's) (?:cell|phone|"
    r"number|mobile|email)\b"
    r"|\b(?:daughter|son|wife|husband|mom|mother|dad|father|sister|brother|niece|nephew) (?:said to|"
    r"takes calls|picks up|is at)",
    re.IGNORECASE,
)


# Everybody is asked to call there: `Call Deanna to inquire more, 509-555-0148`.
_CALL_THERE = re.compile(
    r"(?:^|[.!?:\n]) *(?:please |por favor )?(?:call|text|contact|dial|phone|llame(?: a)?|contacte(?: a)?)\b"
    r"[^.!?\n]{0,60}$",
    re.IGNORECASE,
)


def _is_asked_of_all(reading: Reading, start: int) -> bool:
    """Whether an invitation to call stands before a number, and nobody's relative or patient in it."""
    before = max(0, start - 80)
    asked = _CALL_THERE.search(reading.plain.text[before:start].strip(" "))
    return asked is not None and not is_in_family(reading, before + asked.start(), start)


def _is_reached_there(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    """Whether the words around speak of one person, or of what we know about the writer, and of no house."""
    first, last = reading.sentence(*found.span())
    first, last = max(first, found.start() - 160), min(last, found.end() + 120)
    if reading.holds(_HOUSE_LINE, first, last):
        return False
    if case.is_reply:
        said = reading.holds(_ON_FILE, first, last) or reading.holds(_OWNED, first, last)
        return said and not is_nobodys(reading, *found.span())
    if _is_asked_of_all(reading, found.start()):
        return False
    if is_by_kin(reading, *found.span()) or reading.holds(_OWNED, first, last):
        return True
    is_meant = is_told_of(reading, first, last) or ("@" in found[0] and is_spoken_to(reading, first, last))
    return is_meant and is_in_care(reading, *found.span())


def _is_about_somebody(reading: Reading, found: re.Match[str]) -> bool:
    first, last = reading.sentence(*found.span())
    return reading.holds(_ABOUT_SOMEBODY, max(first, found.start() - 200), min(last, found.end() + 200))


_NEAR = 14
_ASKED_TO_CALL = re.compile(
    r"\b(?:contact|call|reach|text|email|ask for|register with|rsvp|llame|contacte|schedule|appointment)\b",
    re.IGNORECASE,
)


def _follows_a_person(reading: Reading, start: int) -> bool:
    """Whether an unknown person is named just before: `Mrs. Vance, 302-555-0148`."""
    text, people = reading.plain.text, reading.people
    behind = bisect_right(people, start, key=lambda person: person.end)
    for person in (people[at] for at in range(behind - 1, -1, -1)):
        if start - person.end > _NEAR:
            return False
        before = text[max(0, person.start - 40) : person.start]
        if person.kind == "full_person" and not _ASKED_TO_CALL.search(before):
            return True
    return False
