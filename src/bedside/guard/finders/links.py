"""What a link gives away: a person's number, a tracker in front of a portal, a condition in a campaign's
name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bedside.guard.finders.owners import is_nobodys
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import lexicon
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.unfold import addresses

_PERSON_KEYS = re.compile(
    r"^(?:pid|patient|patient[_\-]?id|pt|ptid|mrn|member|member[_\-]?id|memberid|dob|ssn|first[_\-]?name|"
    r"last[_\-]?name|fname|lname|name|full[_\-]?name|email|e|mail|phone|tel|token|auth|auth[_\-]?token|"
    r"access[_\-]?token|session|sid|sessionid|result|results|result[_\-]?id|appt|appt[_\-]?id|appointment|"
    r"appointment[_\-]?id|visit|visit[_\-]?id|encounter|encounter[_\-]?id|record|record[_\-]?id|chart|case"
    r"|case[_\-]?id|claim|order|user|user[_\-]?id|uid|userid|guid|account|acct|subscriber|paciente|"
    r"nombre|apellidos?|telefono|correo|"
    r"expediente|contact[_\-]?id|recipient|recipient[_\-]?id|mc[_\-]?eid|_hsmi|vero_id|mkt[_\-]?tok)$",
    re.IGNORECASE,
)
_PERSON_PATH = re.compile(
    r"/(?:patients?|results?|labs?|appointments?|appt|visits?|charts?|records?|encounters?|members?|mrn|"
    r"claims?|orders?|messages?|reports?|imaging|scans?|bills?|invoices?|statements?|pacientes?|"
    r"resultados?|expedientes?|p|pt|u|user|r)/([\w\-.@]*\d[\w\-.@]*|[a-z]+[._][a-z]+)(?:/|$|\?)",
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
_CLICK_IDS = re.compile(
    r"(?:fbclid|gclid|msclkid|ttclid|twclid|li_fat_id|epik|rdt_cid|sccid|gbraid|wbraid|yclid|mc_eid)=",
    re.IGNORECASE,
)
SHORTENERS = frozenset(
    [
        "bit.ly",
        "bitly.com",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "buff.ly",
        "is.gd",
        "rebrand.ly",
        "cutt.ly",
        "tiny.cc",
        "lnkd.in",
        "shorturl.at",
        "t.ly",
        "rb.gy",
        "bl.ink",
        "short.io",
        "soo.gd",
        "s.id",
        "v.gd",
        "adf.ly",
        "shorte.st",
        "clck.ru",
        "trib.al",
        "dlvr.it",
        "ift.tt",
        "hubs.ly",
        "hubs.la",
        "spr.ly",
        "smarturl.it",
        "linktr.ee",
        "bit.do",
        "mcaf.ee",
        "qr.ae",
        "po.st",
        "snip.ly",
        "t2m.io",
        "tny.im",
        "x.gd",
        "yourls.org",
        "fb.me",
        "me-qr.com",
        "qrco.de",
        "urlz.fr",
        "bit.example",
        "lnk.bio",
        "linkin.bio",
        "beacons.ai",
        "tap.bio",
        "short.example",
        "tiny.example",
    ]
)
_PLACEHOLDER = re.compile(r"^(?:true|false|yes|no|on|off|\d{0,1}|home|all|new|index)$", re.IGNORECASE)
_ALLOWED_TOPICS = frozenset(
    [
        "flu",
        "covid",
        "vaccine",
        "vaccines",
        "vaccination",
        "health",
        "wellness",
        "clinic",
        "care",
        "hospital",
        "shot",
        "shots",
        "er",
    ]
)
_IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])|(?<![\w"
    r":])(?:[0-9a-f]{1,4}:){2,6}:(?:[0-9a-f]{1,4})?(?![\w:])",
    re.IGNORECASE,
)
_MAY_BE_IP = re.compile(r"\d\.\d{1,3}\.\d|[0-9a-fA-F]:[0-9a-fA-F]*:[0-9a-fA-F]")
_VERSION = re.compile(r"(?:version|ver\.?|v|release|section|figure|table|icd|code)[ :]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A web address in a field, and where it stands in the plain text of the field."""

    reading: Reading
    start: int
    end: int
    url: str

    @property
    def host(self) -> str:
        """The host without `www.`, lower case."""
        return _parts(self.url)[0]

    def hit(self) -> Hit:
        """The whole link, as a place in the original."""
        return Hit(self.reading.field, *self.reading.plain.span(self.start, self.end))


def links_of(case: Case) -> list[Link]:
    """Every web address in every field, e-mail addresses left out; found once per case."""
    if case.links is None:
        case.links = [link for reading in case.readings for link in _links_in(reading)]
    return case.links


def _links_in(reading: Reading) -> Iterator[Link]:
    if reading.prose is reading.plain.text:
        return
    text = reading.plain.text
    for start, stop in addresses(text):
        end = start + len(text[start:stop].rstrip(".,;:!?)'\"\x03"))
        first, last = reading.plain.span(start, end)
        written = reading.original[first:last]
        url = written if written.isascii() else text[start:end]
        if "@" not in url.split("/")[0] or "://" in url:
            yield Link(reading, start, end, url)


def of_patients(case: Case, rule: Rule) -> Iterator[Hit]:
    """Links that carry a person's number, token or name, and bare network addresses."""
    for link in links_of(case):
        _, path, query = _parts(link.url)
        keys = [(key, value) for key, _, value in (pair.partition("=") for pair in re.split(r"[&;]", query))]
        named = any(
            _PERSON_KEYS.match(key) and value and not _PLACEHOLDER.match(value) for key, value in keys
        )
        owned = _PERSON_PATH.search(path)
        if named or (owned and not _YEARLIKE.match(owned[1])) or "@" in query:
            yield link.hit()
    for reading in case.readings:
        if reading.has_digits and _MAY_BE_IP.search(reading.plain.text):
            for found in _IP.finditer(reading.plain.text):
                if not _VERSION.search(
                    reading.plain.text[max(0, found.start() - 12) : found.start()]
                ) and not (_is_nobodys_address(found[0]) or is_nobodys(reading, *found.span())):
                    yield Hit(reading.field, *reading.plain.span(*found.span()))


def _is_nobodys_address(number: str) -> bool:
    """An address of an inner network, or one kept for examples, as far as the text does not say whose it is."""
    return number.startswith(("10.", "127.", "192.168.", "0.", "255."))


def tracked_to_closed(case: Case, rule: Rule) -> Iterator[Hit]:
    """Tracked or shortened links into portals, booking, forms and payment."""
    for link in links_of(case):
        host, path, query = _parts(link.url)
        tracked = bool(_TRACKERS.search("?" + query))
        closed = bool(_CLOSED.search(f"{host}{path}"))
        if (
            (tracked and closed)
            or (_CLICK_IDS.search(query) and _topics(path))
            or (host in SHORTENERS and _leads_inside(link))
        ):
            yield link.hit()


def telling(case: Case, rule: Rule) -> Iterator[Hit]:
    """A condition, a program or a person in a link's parameters."""
    for link in links_of(case):
        host, path, query = _parts(link.url)
        for pair in re.split(r"[&;]", query):
            key, _, value = pair.partition("=")
            if value and (_topics(value) or _topics(key) or _names_person(value)):
                yield link.hit()
                break
        else:
            if (
                _tells_somebodys_story(path)
                or ("-" in path and _is_short(host) and _topics(path))
                or (_TRACKERS.search("?" + query) and _topics(path, sensitive_only=True))
            ):
                yield link.hit()


_OWN_PEOPLE = re.compile(
    r"\b(?:dr|dra|md|do|np|rn|doctors?|providers?|physicians?|clinicians?|team|staff|speakers?|bio|"
    r"author|founder|foundation|hall|day|walk|"
    r"run|memorial|fund|awards?|scholar\w*|nurse|careers?|board|lecture|center|clinic|gift|donor|"
    r"volunteers?|museum)\b"
)


def _tells_somebodys_story(path: str) -> bool:
    """Whether a page's address names a person and an illness or an operation."""
    words = re.sub(r"[^a-z]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path).lower())
    if _OWN_PEOPLE.search(words) or not _topics(path, with_procedures=True):
        return False
    titled = re.search(r"\b(?:mr|mrs|ms|sr|sra) [a-z]{3,}", words) if "-" in path else None
    return bool(titled) or _names_person(path, in_full=True)


def _is_short(host: str) -> bool:
    """Whether the host is a shortener, or a customer's name before one."""
    return (
        host in SHORTENERS or host.partition(".")[2] in SHORTENERS or host in ("discord.gg", "t.me", "wa.me")
    )


def shortened(case: Case, rule: Rule) -> Iterator[Hit]:
    """Links through a stranger's shortener."""
    for link in links_of(case):
        if link.host in SHORTENERS and not any(link.host in site for site in case.organization.sites):
            yield link.hit()


def _parts(url: str) -> tuple[str, str, str]:
    """Host, path and query of a link, decoded; an address that cannot be parsed is all path."""
    try:
        parsed = urlsplit(url if "://" in url else "http://" + url)
        host = (parsed.hostname or "").removeprefix("www.")
    except ValueError:
        return "", url, ""
    return (
        host,
        unquote(parsed.path),
        unquote(parsed.query + ("&" + parsed.fragment if parsed.fragment else "")),
    )


_INSIDE = re.compile(
    r"\b(?:portal|log ?in|sign ?in|mychart|results?|lab|labs|appointment|appointments|book|schedule|intake"
    r"|form|forms|pay|bill|prescription|refill|check ?in|patient|cita|resultados|pagar|factura|formulario)"
    r"\b",
    re.IGNORECASE,
)


def _leads_inside(link: Link) -> bool:
    first, last = link.reading.sentence(link.start, link.end)
    return link.reading.holds(_INSIDE, max(0, min(first, link.start - 80)), max(last, link.end))


def _topics(text: str, *, sensitive_only: bool = False, with_procedures: bool = False) -> bool:
    """Whether a condition or a program is written in a piece of a link."""
    words = re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower())
    known = lexicon()
    wanted = ["sensitive"] if sensitive_only else ["condition", "sensitive", "rx"]
    wanted += ["procedure"] if with_procedures else []
    marks = {
        int(mark, 16) for name in wanted for mark in re.findall(r"x([0-9a-f]{2})", known.marks[name].decode())
    }
    for at, word in enumerate(words):
        if word in _ALLOWED_TOPICS:
            continue
        if known.single.get(word) in marks:
            return True
        if any(
            tuple(words[at + 1 : at + 1 + len(rest)]) == rest and mark in marks
            for rest, mark in known.longer.get(word, ())
        ):
            return True
    return any(word in _JOINED_TOPICS or word.startswith(_TOPIC_STEMS) for word in words)


_JOINED_TOPICS = frozenset(
    [
        "oncology",
        "oncologia",
        "chemo",
        "psych",
        "ivf",
        "prep",
        "hospice",
        "dialysis",
        "nicu",
        "rehab",
        "detox",
        "prenatal",
        "maternity",
        "bariatric",
        "std",
        "sti",
        "bpd",
        "bypass",
        "knees",
        "biopsy",
        "bx",
        "replacement",
        "aml",
        "embarazo",
    ]
)
_TOPIC_STEMS = (
    "diabet",
    "cancer",
    "hivpos",
    "depress",
    "addict",
    "pregnan",
    "oncolog",
    "psychiat",
    "infertil",
    "abort",
    "alzheim",
    "dementia",
    "bipolar",
)


def _names_person(value: str, *, in_full: bool = False) -> bool:
    """`jvance`, `jordan-vance`, `jordan.vance@...`: a person's name as a parameter."""
    known = lexicon()
    words = re.findall(r"[a-z]+", value.lower())
    given = [
        word
        for word in words
        if word in known.first_names and word not in known.common and word not in known.ambiguous
    ]
    family = [word for word in words if word in known.last_names and word not in known.vocabulary]
    if in_full:
        return bool(given and family)
    initialed = any(
        word[1:] in known.last_names and word[1:] not in known.vocabulary and len(word) > 5 for word in words
    )
    return bool((given and family) or "@" in value or initialed)
