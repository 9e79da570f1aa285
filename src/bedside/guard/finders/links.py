"""What a link gives away: a person's number, a tracker in front of a portal, a condition in a campaign's
name."""

import re
from collections.abc import Iterator

from bedside.guard.finders.link_words import (
    SENSITIVE,
    is_on_topic,
    names_by_initial,
    names_person,
    tells_somebodys_story,
    words_in,
)
from bedside.guard.finders.owners import is_in_care, is_nobodys, is_spoken_to, is_told_of
from bedside.guard.finders.pages import handles, is_of_patient
from bedside.guard.finders.web_links import SHORTENERS, Link, links_of
from bedside.guard.hits import Case, Hit
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.shapes import Shape
from bedside.guard.traits import NETWORK_ADDRESS

_PERSON_KEYS = re.compile(
    r"^(?:pid|patient|patient[_\-]?id|pt|ptid|mrn|member|member[_\-]?id|memberid|dob|ssn|first[_\-]?name|"
    r"last[_\-]?name|fname|lname|name|full[_\-]?name|email|e|mail|phone|tel|token|auth|auth[_\-]?token|"
    r"access[_\-]?token|session|sid|sessionid|result|results|result[_\-]?id|appt|appt[_\-]?id|appointment|"
    r"appointment[_\-]?id|visit|visit[_\-]?id|encounter|encounter[_\-]?id|record|record[_\-]?id|chart|case"
    r"|case[_\-]?id|claim|order|user|user[_\-]?id|uid|userid|guid|account|acct|subscriber|paciente|"
    r"nombre|apellidos?|telefono|correo|accession|acc|accn|acn|acc[_\-]?(?:no|num|number|id)|accession[_\-]?\w{2,6}|client|resident|pac|px|uname|who|patient[_\-]?name|study[_\-]?id|"
    r"expediente|contact[_\-]?id|recipient|recipient[_\-]?id|mc[_\-]?eid|_hsmi|vero_id|mkt[_\-]?tok)$",
    re.IGNORECASE,
)
_PERSON_PATH = re.compile(
    r"/(?:patients?|results?|labs?|appointments?|appt|visits?|charts?|records?|encounters?|members?|mrn|"
    r"claims?|orders?|messages?|reports?|imaging|scans?|bills?|invoices?|statements?|pacientes?|"
    r"resultados?|expedientes?|p|pt|u|user|r)/([\w\-.@]*\d[\w\-.@]*|[a-z]+[._][a-z]+)(?:/|$|\?)",
    re.IGNORECASE,
)
# Plain names of parameters, which tell somebody's only where the page is one of a patient.
_PLAIN_KEYS = re.compile(r"^(?:id|no|num|number|key|k|code|pw|file|f|share)$", re.IGNORECASE)
_PATIENTS_PAGE = re.compile(
    r"(?:^|[/.\-])(?:patients?|results?|labs?|charts?|records?|encounters?|imaging|pacs|scans?|images|visits?|activate|"
    r"pacientes?|resultados?|estudios?|babies|genes|discharge\w*)(?:[/.\-?]|$)",
    re.IGNORECASE,
)
_YEARLIKE = re.compile(r"^(?:19|20)\d\d$|^page\d+$|^v\d+$|^\d$")
_CLOSED = re.compile(
    r"(?:^|[./\-_])(?:portal|my-?chart|patient-?portal|follow-?my-?health|athena-?health|sign-?in|log-?in|"
    r"login|signin|account|schedul\w*|book|booking|book-?online|book-?now|appointments?|"
    r"request-?appointment|intake|forms?|new-?patient\w*|check-?in|bill-?pay|pay-?bill|pay|payments?|"
    r"refill\w*|telehealth|tele-?visit|video-?visit|results?|citas?|portal-?paciente|registration|"
    r"screening|assessment|quiz|symptom-?checker)(?:[./\-_?]|$)",
    re.IGNORECASE,
)
_TRACKERS = re.compile(
    r"(?:^|[?&;])(?:utm[_\-]\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|ttclid|twclid|li_fat_id|igshid|igsh|"
    r"mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|yclid|s_cid|cmpid|epik|sccid|scid|rdt_cid|trk|_ga|_gl|vero_id|ref"
    r"|campaign|cid|click_?id|pixel)=",
    re.IGNORECASE,
)

_CLICK_IDS = Shape(
    r"(?:fbclid|gclid|msclkid|ttclid|twclid|li_fat_id|epik|rdt_cid|sccid|gbraid|wbraid|yclid|mc_eid)=",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"^(?:true|false|yes|no|on|off|\d{0,1}|home|all|new|index)$", re.IGNORECASE)
_IP = Shape(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){0,5}(?:(?<=:)|(?<=[0-9a-f]))(?![\w:])",
    re.IGNORECASE,
)
_MAY_BE_IP = re.compile(r"\d\.\d{1,3}\.\d|[0-9a-fA-F]:[0-9a-fA-F]*:[0-9a-fA-F]")
_VERSION = Shape(r"(?:version|ver\.?|v|release|section|figure|table|icd|code)[ :]*$", re.IGNORECASE)


def of_patients(case: Case, rule: Rule) -> Iterator[Hit]:
    """Links that carry a person's number, token or name, a patient's pages and handles, and bare network addresses."""
    for link in links_of(case):
        owned = _PERSON_PATH.search(link.path)
        if (
            _has_persons_key(link)
            or (owned and not _YEARLIKE.match(owned[1]))
            or "@" in link.query
            or (names_by_initial(link.path) and _PATIENTS_PAGE.search(link.host + link.path))
            or is_of_patient(case, link)
        ):
            yield link.hit()
    yield from handles(case)
    for reading in case.readings:
        for found in _IP.finditer(reading.plain.text) if _may_hold_address(reading) else ():
            if _is_somebodys_address(reading, found):
                yield Hit(reading.field, *reading.plain.span(*found.span()))


def _may_hold_address(reading: Reading) -> bool:
    return NETWORK_ADDRESS in reading.traits and bool(_MAY_BE_IP.search(reading.plain.text))


def _has_persons_key(link: Link) -> bool:
    if "=" not in link.query:
        return False
    is_of_patient = _PATIENTS_PAGE.search(link.host + link.path)
    return any(
        value
        and not _PLACEHOLDER.match(value)
        and (
            _PERSON_KEYS.match(key)
            or (is_of_patient and _PLAIN_KEYS.match(key) and any(map(str.isdigit, value)))
        )
        for key, value in link.parameters
    )


def _is_somebodys_address(reading: Reading, found: re.Match[str]) -> bool:
    """Whether no version is meant, no machine of the house, and, on an inner network, one person's."""
    if _VERSION.search(reading.plain.text[max(0, found.start() - 12) : found.start()]):
        return False
    if found[0].startswith(("127.", "0.", "255.")):
        return False
    first, last = reading.sentence(*found.span())
    first, last = max(first, found.start() - 160), min(last, found.end() + 160)
    is_personal = is_told_of(reading, first, last) or is_spoken_to(reading, first, last)
    if is_nobodys(reading, *found.span()):
        return is_told_of(reading, first, last) and is_in_care(reading, *found.span())
    return is_personal or not found[0].startswith(("10.", "192.168."))


def tracked_to_closed(case: Case, rule: Rule) -> Iterator[Hit]:
    """Tracked or shortened links into portals, booking, forms and payment."""
    for link in links_of(case):
        if (
            (_is_tracked(link) and _CLOSED.search(link.host + link.path))
            or (_CLICK_IDS.search(link.query) and is_on_topic(words_in(link.path)))
            or (link.host in SHORTENERS and _leads_inside(link))
        ):
            yield link.hit()


def _is_tracked(link: Link) -> bool:
    return "=" in link.query and bool(_TRACKERS.search("?" + link.query))


def telling(case: Case, rule: Rule) -> Iterator[Hit]:
    """A condition, a program or a person in a link's parameters."""
    for link in links_of(case):
        if (
            ("=" in link.query and any(value and _tells(key, value) for key, value in link.parameters))
            or tells_somebodys_story(link.path)
            or ("-" in link.path and link.is_shortened and is_on_topic(words_in(link.path)))
            or (_is_tracked(link) and is_on_topic(words_in(link.path), SENSITIVE))
        ):
            yield link.hit()


def _tells(key: str, value: str) -> bool:
    return is_on_topic(words_in(value)) or is_on_topic(words_in(key)) or names_person(value)


def shortened(case: Case, rule: Rule) -> Iterator[Hit]:
    """Links through a stranger's shortener."""
    for link in links_of(case):
        if link.host in SHORTENERS and not any(link.host in site for site in case.organization.sites):
            yield link.hit()


_INSIDE = Shape(
    r"\b(?:portal|log ?in|sign ?in|mychart|results?|lab|labs|appointment|appointments|book|schedule|intake"
    r"|form|forms|pay|bill|prescription|refill|check ?in|patient|cita|resultados|pagar|factura|formulario)"
    r"\b",
    re.IGNORECASE,
)


def _leads_inside(link: Link) -> bool:
    first, last = link.reading.sentence(link.start, link.end)
    return link.reading.holds(_INSIDE, max(0, min(first, link.start - 80)), max(last, link.end))
