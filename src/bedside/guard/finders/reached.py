"""Who is reached at a telephone number or an address: a private person, as the words around it tell, or a house.

The numbers and addresses themselves are found in `contacts.py`.
"""

import re
from bisect import bisect_right

import re2

from bedside.guard.finders.owners import (
    is_by_kin,
    is_in_care,
    is_in_family,
    is_nobodys,
    is_spoken_to,
    is_told_of,
)
from bedside.guard.hits import Case
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape

# Whose it is, just before the number.
_THEIRS = re2.compile(
    r"(?i)\b(?:(?:her|his|their|hers|patient'?s?|pt'?s?|mom'?s?|mother'?s?|dad'?s?|father'?s?|daughter'?s?|"
    r"son'?s?|wife'?s?|husband'?s?|sister'?s?|brother'?s?|family'?s?|widow'?s?|caller(?:'s)?|client'?s?|"
    r"resident'?s?|parents?'?|guardian'?s?|reviewer'?s?)"
    r"(?: (?:own|new|old|home|room|hospital|bedside|cell|mobile|work|personal|private|daughter'?s?|son'?s?|"
    r"wife'?s?|husband'?s?|"
    r"mother'?s?|mom'?s?|phone|direct))*"
    r"(?: (?:number|landline|phone|cell|mobile|fax|line|email|e-mail|contact|digits|address|telephone|gmail))?(?: "
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
    r"|(?:hija|hijo|esposa|esposo|mama|madre|padre|familia|paciente)(?: (?:es|al|a|en))[ :,\-(]*"
    r"|(?:her|his|their) (?:hospital )?(?:room|bedside|bed)(?: (?:phone|line|directly))?(?: at)?[ :,\-(]*"
    r"|(?:fax(?:ed)?|sen[dt]|mail(?:ed)?|texted|emailed) (?:her|his|their) (?:\w+ ){1,3}(?:to|at)[ :,\-(]*"
    r"|(?:faxed|texted|emailed|sent|mailed) the (?:results?|reports?|labs?|scans?|news) (?:to|at)[ :,\-(]*"
    r"|\b(?:he|she)(?:'s|'ll| \w+)?\b[^.!?\n]{0,30}\bnew (?:number|cell|phone)(?: is)?[ :,]*"
    r"|\w+'s (?:house|home|place|cell|mobile),? ?(?:fax|phone|cell|number)?(?: (?:is|at|on))?[ :,\-(]*)$",
)
_KIN = (
    r"(?:mom|mommy|mother|dad|daddy|father|sister|brother|sis|bro|daughter|son|wife|husband|hubby|spouse|partner|"
    r"fiancee?|"
    r"niece|nephew|aunt|auntie|uncle|cousin|grand(?:ma|pa|mother|father|son|daughter)|nana|widow|widower|roommate|"
    r"caseworker|"
    r"caregiver|sponsor|in-law|boss|mama|papa|madre|padre|hermana|hermano|hija|hijo|esposa|esposo|marido|sobrina|"
    r"sobrino|tia|"
    r"tio|abuela|abuelita|abuelo|nieta|nieto|nuera|yerno|suegra|prima|primo|viuda|vecina|comadre)"
)

# A relative, by name or not, just before the number.
_BY_KIN = re2.compile(
    rf"(?i)\b(?:(?:his|her|hers|their|su|mi|my|patient's|[a-z]+'s) (?:[\w\-]+ )?{_KIN}|(?:la|el|los) {_KIN} de(?:l| la|"
    rf" los| su)? ?\w+|"
    rf"(?:grandma|grandpa|nana|mama|tia|tio|abuela|abuelo) \w+)"
    r"(?:,? [a-z]+){0,2}?(?:,? (?:is |contesta )?(?:at|on|directly at|straight at|al|en el|en|cell|cel))?[ :,\-(]*$",
)
_OF_A_THIRD = re.compile(r"\b(?:her|his|their|him|them|paciente)\b[\w ]{0,24}[ :,(\-]*$", re.IGNORECASE)
# Our own people and offices: `our director would like you to have her number`.
_STAFF = Shape(
    r"\b(?:director\w*|managers?|officers?|administrador\w*|administrators?|owner|dueno|duena|chief|chair|"
    r"coordinators?|"
    r"liaison|chaplain|supervisors?|hospitalist|dentist|lead|subdirector\w*|jefe|jefa|partera|desk|unit|team|"
    r"security|police|animal control|(?:relaciones|seguridad|atencion)(?: con el| del| al) (?:paciente|publico))\b",
    re.IGNORECASE,
)
_ABOUT_SOMEBODY = Shape(
    r"\b(?:patient'?s|pt'?s|patient (?:phone|cell|contact|email|number)|her cell|his cell|her phone|his "
    r"phone|her number|his number|her email|his email|emergency contact|next of kin|contact de emergencia|"
    r"telefono del paciente|telefono de la paciente|celular de)\b",
    re.IGNORECASE,
)
_ABOUT_YOU = Shape(
    r"\b(?:to|at|on|with) you (?:at|on)[ :]*$|(?<!from )\byou at[ :]*$|\busted (?:al|a|en)[ :]*$",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:her|his|their|your) (?:own |new |old )?(?:landline|home phone|house phone)(?: number)?(?: is)?[ :,(]*$",
    re.IGNORECASE,
)
_BOUNCED = re.compile(r"\b(?:bounced e?-?mail from|correo devuelto:?|your mail) ?$", re.IGNORECASE)


def is_theirs(before: str) -> bool:
    """Whether the words just before a number or address say that it is somebody's."""
    plain = before.encode("ascii")
    return bool(_THEIRS.search(plain) or _BY_KIN.search(plain))


def is_of_staff(reading: Reading, before: str, start: int) -> bool:
    """Whether somebody of the house is named before, in this sentence or the last: then "her line" is theirs."""
    if not _OF_A_THIRD.search(before):
        return False
    first, _ = reading.around(start, start)
    return reading.holds(_STAFF, max(first, start - 200), start)


def is_at_you(before: str) -> bool:
    """Whether the words just before say that the one who is spoken to is reached there."""
    return bool(_ABOUT_YOU.search(before))


def is_at_home(before: str) -> bool:
    """Whether the words just before say that it is the telephone in somebody's house, which no office has."""
    return bool(_AT_HOME.search(before))


def has_bounced(before: str) -> bool:
    """Whether the words just before tell of a mail that came back from there."""
    return bool(_BOUNCED.search(before))


# Lines and boxes that a house keeps for everybody, and who is asked to use them.
_HOUSE_LINE = Shape(
    r"\b(?:(?:nurse|main|direct|phone|help|crisis|information|info|relations|billing|scheduling|press|"
    r"media|tip|text|after-hours|"
    r"appointment|reservation|referrals?|records?|front) ?(?:line|desk|number)|hot ?line|helpline|"
    r"lifeline|warm ?line|switchboard|"
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
_ON_FILE = Shape(
    r"\b(?:on file|number you (?:gave|left|put|listed|wrote)|it's still|is it still|isn't it|we (?:got|dialed|"
    r"called|rang|texted|phoned|sent|resent|have|show|tried|mailed|faxed|"
    r"wrote|emailed|send|text|hold)"
    r"|calling you|calling now|(?:voice ?mails?|messages?) were left (?:at|on)|(?:we|they|driver|nurse|crew|then) "
    r"dialed|(?:our|two|three|several) calls to|call(?:s|ed)? (?:you )?at (?:your )?work|(?:to|at) your "
    r"(?:job|work|office)|you in the (?:system|computer|chart) under|gave us|your (?:old|new|other) (?:number|cell)|"
    r"(?:have|has) you (?:as|under|down as)"
    r"|resent|(?<!email )(?<!note )(?<!notes )(?<!receipt )sent (?:it )?to|starts with|lo "
    r"tenemos|(?:se )?l[oae]s? mandamos|"
    r"still (?:a |the |your )?(?:right|correct|good|best)|(?:best|good|right|correct|current) (?:number|phone|one|"
    r"email|"
    r"address)|(?:number|phone|email|address) (?:for|on) you|left (?:you )?(?:a |two |another )?(?:voicemail|"
    r"message|word|vm)|"
    r"le (?:acabo de |acabamos de )?(?:marcar|marcamos|llamamos|dejamos|escribimos|mandamos|enviamos|hablamos)|"
    r"marcamos al|"
    r"try (?:her|him)|ring(?:ing)? (?:you|u)|is that (?:still )?(?:right|correct)|todavia es|as delivered|yours is|"
    r"have for you|"
    r"ending with your|(?:husband's|wife's|your|his|her) voicemail)\b",
    re.IGNORECASE,
)
_OWNED = Shape(
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


_OF_ONE = re.compile(r"\b(?:he|she)(?:'?s)\b", re.IGNORECASE)


def _is_asked_of_all(reading: Reading, start: int) -> bool:
    """Whether an invitation to call stands before a number, and nobody's relative or patient in it."""
    before = max(0, start - 80)
    asked = _CALL_THERE.search(reading.plain.text[before:start].strip(" "))
    if asked is None or is_in_family(reading, before + asked.start(), start):
        return False
    return not _OF_ONE.search(asked[0]) or bool(_STAFF.search(asked[0]))


def is_reached_there(case: Case, reading: Reading, found: re.Match[str]) -> bool:
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


def is_about_somebody(reading: Reading, found: re.Match[str]) -> bool:
    """Whether the sentence speaks of somebody's number or address."""
    first, last = reading.sentence(*found.span())
    return reading.holds(_ABOUT_SOMEBODY, max(first, found.start() - 200), min(last, found.end() + 200))


_NEAR = 14
_ASKED_TO_CALL = re.compile(
    r"\b(?:contact|call|reach|text|email|ask for|register with|rsvp|llame|contacte|schedule|appointment|sign up with|"
    r"arranged with|run by|"
    r"(?:inquiries|questions|forms|applications|donations|resumes|slides|requests|entries) go(?:es)? to)\b",
    re.IGNORECASE,
)
# Whose number a house gives out: `our practice manager, Geneva Strand, is at ...`.
_IN_A_ROLE = re.compile(
    r"\b(?:advocate|ombuds\w*|recruiter|scheduler|(?:grants?|staff) writer|curator|(?:warehouse|team|shift|floor) lead|"
    r"managers?|director\w*|administra\w+|supervisor\w*|coordinator\w*|coordinador\w*|officers?|liaison)[ ,]{1,2}"
    r"(?:(?:m[rsx]|mrs|sra?)\.? )?$",
    re.IGNORECASE,
)


def follows_a_person(reading: Reading, start: int) -> bool:
    """Whether an unknown person is named just before: `Mrs. Vance, 302-555-0148`."""
    text, people = reading.plain.text, reading.people
    behind = bisect_right(people, start, key=lambda person: person.end)
    for person in (people[at] for at in range(behind - 1, -1, -1)):
        if start - person.end > _NEAR:
            return False
        before = text[max(0, person.start - 40) : person.start]
        is_reached_for_all = _ASKED_TO_CALL.search(before) or _IN_A_ROLE.search(before)
        if person.kind == "full_person" and not is_reached_for_all:
            return True
    return False
