"""Telephone numbers and e-mail addresses of private persons, against those the organization publishes.

A number alone is no finding: public health lives from numbers to call. It becomes one where the words around
it say that it belongs to somebody, or that somebody will be reached there.
"""

import re
from collections.abc import Iterator

from bedside.guard.hits import Case, Hit
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule

_PHONE = re.compile(
    r"(?<![\d\-./])(?:\+?1[ .\-]{0,2})?(?:\([2-9]\d{2}\)|[2-9]\d{2})[ .\-]{0,3}\d{3}[ .\-]{1,3}\d{4}(?!\d)"
    r"|(?<![\d\-./#])(?:\+?1)?[2-9]\d{2}[2-9]\d{6}(?![\d\-])|\+\d{1,3}[ .\-]?\d[\d .\-]{7,14}\d"
)
_SPOKEN = re.compile(
    r"\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|"
    r"siete|ocho|nueve)[ ,\-]{1,3}){6,}"
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|"
    r"ocho|nueve)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"[a-z0-9][\w.+\-]{0,63}@[a-z0-9][\w\-]{0,62}(?:\.[a-z0-9\-]{1,40})+"
    r"|\b[a-z0-9][\w.+\-]{0,40} ?(?:\(at\)|\[at\]| at | arroba ) ?[a-z0-9\-]{2,30} ?(?:\(dot\)|\[dot\]|\.|"
    r" dot | punto ) ?(?:com|org|net|edu|gov|us|io|es|mx|example)\b",
    re.IGNORECASE,
)
_TOLL_FREE = re.compile(r"^\+?1?(?:800|888|877|866|855|844|833|822|900)")
_FREE_MAIL = re.compile(
    r"@(?:gmail|yahoo|ymail|hotmail|outlook|icloud|aol|msn|live|me|mac|comcast|verizon|att|sbcglobal|"
    r"protonmail|proton|mail|gmx)\.",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"^(?:info|contact|press|media|hello|help|support|office|admin|hr|jobs|careers|billing|appointments?|"
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


_MAY_BE_PHONE = re.compile(r"\d\d[) .\-]{0,3}\d{3}[ .\-]{0,3}\d{4}|\+\d")
_MAIL_WORDS = frozenset(("dot", "arroba", "punto", "com", "gmail", "yahoo", "hotmail", "org"))
_DIGIT_WORDS = frozenset(
    [
        "zero",
        "oh",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
    ]
)


def _spells_digits(reading: Reading) -> bool:
    return sum(word in _DIGIT_WORDS for word in reading.tokens.words) >= 7


def private(case: Case, rule: Rule) -> Iterator[Hit]:
    """Numbers and addresses at which a private person is reached."""
    published = _published(case)
    for reading in case.readings:
        if not reading.is_prose and not reading.field.startswith(("codes", "metadata", "file_names")):
            continue
        text = reading.plain.text
        if reading.has_digits and _MAY_BE_PHONE.search(text):
            for found in _PHONE.finditer(text):
                if _digits(found[0]) not in published and _is_private(reading, text, found):
                    yield Hit(reading.field, *reading.span(*found.span()))
        for found in _SPOKEN.finditer(text) if _spells_digits(reading) else ():
            yield Hit(reading.field, *reading.span(*found.span()))
        if "@" in text or not reading.word_set.isdisjoint(_MAIL_WORDS):
            for found in _EMAIL.finditer(text):
                if found[0].lower() not in published and _is_private_mail(reading, text, found):
                    yield Hit(reading.field, *reading.span(*found.span()))


def _published(case: Case) -> frozenset[str]:
    facts = case.organization
    return frozenset([*map(_digits, facts.phones), *(email.lower() for email in facts.emails)])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]


def _is_private(reading: Reading, text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 90) : found.start()]
    if _TOLL_FREE.match(re.sub(r"\D", "", found[0])) and not re.search(
        r"\b(?:her|his|patient'?s|your)\b", before[-40:], re.IGNORECASE
    ):
        return False
    if _THEIRS.search(before) or _ABOUT_YOU.search(before):
        return True
    return bool(_ABOUT_SOMEBODY.search(_sentence(reading, found))) or _follows_a_person(
        reading, found.start()
    )


def _is_private_mail(reading: Reading, text: str, found: re.Match[str]) -> bool:
    mail = found[0]
    before = text[max(0, found.start() - 90) : found.start()]
    if _OFFICE.match(mail) and not _THEIRS.search(before):
        return False
    if (
        _THEIRS.search(before)
        or _ABOUT_YOU.search(before)
        or _ABOUT_SOMEBODY.search(_sentence(reading, found))
    ):
        return True
    return bool(_FREE_MAIL.search(mail)) or _follows_a_person(reading, found.start())


def _sentence(reading: Reading, found: re.Match[str]) -> str:
    first, last = reading.sentence(*found.span())
    return reading.plain.text[first:last]


_ASKED_TO_CALL = re.compile(
    r"\b(?:contact|call|reach|text|email|ask for|register with|rsvp|llame|contacte|schedule|appointment)\b",
    re.IGNORECASE,
)


def _follows_a_person(reading: Reading, start: int) -> bool:
    """Whether an unknown person is named just before: `Mrs. Vance, 302-555-0148`."""
    text = reading.plain.text
    return any(
        person.kind == "full_person"
        and 0 <= start - person.end <= 14
        and not _ASKED_TO_CALL.search(text[max(0, person.start - 40) : person.start])
        for person in reading.people
    )
