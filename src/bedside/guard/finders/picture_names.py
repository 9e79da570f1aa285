"""Names that stand in pictures: on wristbands, boards, monitors, labels, badges and screens.

Such texts are no sentences. A name there is recognized by its place: the family name first with a comma, behind
a room's or bed's number, behind "Patient:" or "Hi", before a sex and an age or a word like NPO, or alone on a
line of a picture that speaks of care. Clinicians by title, the organization's own people, cities and halls are
no findings. The words are read as they stand in the picture, because the capitals tell.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.calendar_words import ENGLISH
from bedside.guard.directory import Directory
from bedside.guard.hits import Case, Hit
from bedside.guard.lexicon import lexicon, listed
from bedside.guard.normalize import plain
from bedside.guard.organization import OrganizationFacts
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule

_NAME = r"(?:[A-Z][A-Za-z'’\-]{1,30}|[A-Z]{2}[A-Z'’\-]{0,30})"  # bounded, so that no text takes long
_PLACE = r"(?:rm|room|bed|bay|chair|slot|pod|suite|hab|habitaci[oó]n|cama)\.?\s?#?\s?\d{1,4}[a-d]?"
_STATE = (
    r"(?:NPO|DNR|DNI|FALL|ISO|ISOLATION|PRE-?OP|POST-?OP|D/?C|DISCHARGE|NKDA|AMBULATE|BEDREST|TELE|PT|OT)"
)
_SEX_AGE = r"(?:[MF]\b[ /,]{0,3}\d{1,3}\b|\d{1,3}\s?(?:y\.?o?\.?|yrs?)?[ /]{0,2}[MF]\b|\d{1,3}\s?y(?:\.?o\.?|rs?)?\b)"

_LAST_FIRST = re.compile(rf"(?<![\w'])({_NAME}(?:[ ]{_NAME})?)(?:\s?[,;]\s?|\.(?=\S))({_NAME})(?:\s[A-Z]\b)?")
_BEHIND_PLACE = re.compile(rf"\b(?i:{_PLACE})[\s:|.\-–]{{0,4}}\n?({_NAME}(?:[ ,]{{1,2}}{_NAME})?)")
_BEFORE_PLACE = re.compile(rf"(?<![\w'])({_NAME}(?:[ ,]{{1,2}}{_NAME})?)[\s:|.\-–]{{1,4}}(?i:{_PLACE})\b")
_BEFORE_STATE = re.compile(rf"(?<![\w'])({_NAME}(?:[ ,]{{1,2}}{_NAME})?)[ :|.\-–]{{1,4}}{_STATE}\b")
_BEFORE_AGE = re.compile(rf"(?<![\w'])({_NAME}(?:[ ,]{{1,2}}{_NAME}){{0,2}})[ :|,.\-–]{{1,4}}{_SEX_AGE}")
_LABELED = re.compile(
    rf"\b(?i:patient(?:'s)? name|patient|pt|name|last name|first name|resident|guest|visitor|visiting|nombre|paciente)"
    rf"(?:\s?[:;]\s?|(?<=visitor)\n|(?<=guest)\n|(?<=VISITOR)\n|(?<=GUEST)\n)({_NAME}(?:[ ,]{{1,2}}{_NAME}){{0,2}})"
)
_ADDRESSED = re.compile(
    rf"(?:^|\n|  )(?i:hi|hello|dear|hola|estimad[oa]|welcome|to|from|for|appointment for|attn|re|mr|mrs|ms)\b[.:,]?\s"
    rf"({_NAME}(?:[ ]{_NAME}){{0,2}})"
)
_ALONE = re.compile(rf"(?:^|(?<=\n)|(?<=  ))({_NAME}(?:[ ](?:[A-Z]\.?[ ])?{_NAME}){{1,2}})(?=\n|  |$)")

_CARE = re.compile(
    rf"\b{_PLACE}\b|\b(?:npo|dnr|dob|mrn|ssn|acct|dx|tx|rx|icu|nicu|picu|pacu|allerg\w*|fall risk|isolation|"
    rf"sp[o0]2|hr \d|"
    r"nibp|bpm|bp \d|resp \d|tablets?|capsules?|refills?|qty|by mouth|mg|pharmacy|appointment|your (?:visit|results?|"
    r"appointment|provider|care team|doctor|nurse|chart|test|lab)|lab|results?|patient|patients|visiting|"
    r"visitor|portal|"
    r"mychart|admit\w*|discharge\w*|attending|diagnosis|medications?|surgery|procedure|clinic|hospital|infusion|chemo\w*|"
    r"dialysis|biopsy|mri|x-?ray|ultrasound|insurance|member id|cita|paciente|habitaci[oó]n|cama|resultados|clinica)\b|"
    r"\bDr\.? [A-Z]",
    re.IGNORECASE,
)
_STAFF_BEFORE = re.compile(
    r"(?:\b(?:dr|dra|doctor|doctora|rn|md|do|nurse|np|pa|pa-c|tech|cna|lpn|attending|provider|pcp|surgeon|charge|manager|"
    r"director|coordinator|hospitalist|resident physician|volunteer|host|presenter|speaker|chaplain|"
    r"prescriber|pharmacist|"
    r"enfermer[oa]|ceo|president|by|with)\b[.:,]?\s?)$",
    re.IGNORECASE,
)
_STAFF_BEHIND = re.compile(
    r"^,?\s{0,3}(?:M\.?D|D\.?O|R\.?N|B\.?S\.?N|N\.?P|F?NP|CRNA|APRN|P\.?A(?:-C)?|D\.?D\.?S|D\.?M\.?D|PhD|PHARMD|PharmD|CNA|LPN|"
    r"MPH|MBA|DPT|RD|LCSW|CEO|Chief|Director|Manager|Nurse|NURSE|Physician|PHYSICIAN|Surgeon|Volunteer|VOLUNTEER|"
    r"Registered|REGISTERED|Pharmacist)\b\.?"
)
_HALL = re.compile(
    r"^[ ]{1,2}(?:hall|building|auditorium|center|centre|wing|floor|suite|library|gym|pavilion|street|st|ave|"
    r"avenue|road|rd|"
    r"blvd|lane|park|clinic|hospital|pharmacy|school|room|foundation|family|award|5k|run|walk|county|institute|"
    r"lab|laboratory)\b",
    re.IGNORECASE,
)
_NO_NAMES = (ENGLISH - {"may"}) | listed(
    "hr sp spo nibp bp ecg ekg resp temp etco rr map art cvp pa np rn md do pt ot npo dnr dob mrn rm room bed "
    "bay open closed empty clean dirty ready available vacant occupied discharge discharged admit pending "
    "isolation contact droplet airborne allergy allergies none latex penicillin fall risk high low name "
    "patient visitor visiting staff nurse doctor pharmacy tablet tablets capsule take refill refills qty by "
    "mouth daily am pm icu nicu picu pacu er ed or us usa ohio texas illinois florida california york "
    "messages inbox reply send results lab your next appointment welcome hello all everyone team friends "
    "there parents neighbors caller customer id no date time sex age male female mychart bpm mmhg diet "
    "regular tele telemetry stable critical monitor alarm pause silence vitals today plan goals goal surgery "
    "procedure clinic hospital center health medical care unit ward hill oncology cardiology pediatrics "
    "paciente nombre cita fecha hora"
)
_LONG = 3  # letters of the shortest unknown word that counts as a name


def named(case: Case, rule: Rule) -> Iterator[Hit]:
    """Every name that the picture's text ties to care."""
    for reading in case.readings:
        if reading.field.startswith("picture_text["):
            yield from _in(reading, case)


def _in(reading: Reading, case: Case) -> Iterator[Hit]:
    text = reading.original
    is_care = _CARE.search(text) is not None
    own = _directory(case.organization)
    done = 0
    for start, end in sorted({*_by_form(text, is_care), *(_by_place(text) if is_care else ())}):
        words = _words(text[start:end])
        if start < done or _is_staff(text, start, end) or own.knows(words):
            continue
        done = end
        yield Hit(reading.field, start, end)


def _by_form(text: str, is_care: bool) -> Iterator[tuple[int, int]]:
    """Names whose own form shows that a person is filed: family name first, sex and age, a label, a bed's number."""
    for found in _LAST_FIRST.finditer(text):
        last, first = _words(found[1]), _words(found[2])
        if _HALL.match(text[found.end() :]) or {*last, *first} & _NO_NAMES:
            continue
        if (_is_known(last) and _is_known(first)) or (is_care and _might_be(last + first)):
            yield found.start(1), found.end()
    for pattern in (_BEHIND_PLACE, _BEFORE_PLACE, _BEFORE_STATE, _BEFORE_AGE, _LABELED):
        for found in pattern.finditer(text):
            yield from _name_in(text, found)


def _by_place(text: str) -> Iterator[tuple[int, int]]:
    """Names that a picture about care addresses, or shows alone on a line."""
    for found in _ADDRESSED.finditer(text):
        yield from _name_in(text, found)
    for found in _ALONE.finditer(text):
        words = _words(found[1])
        names = lexicon()
        if (
            not {*words} & _NO_NAMES
            and words[0] in names.first_names
            and (words[-1] in names.last_names or words[-1] not in names.vocabulary)
        ):
            yield found.span(1)


def _name_in(text: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The leading words of a group that may be a name; nothing where a hall, a street or a city stands."""
    start, end = found.span(1)
    spoken = found[1].split()
    if _HALL.match(text[end:]) or (len(spoken) > 1 and _HALL.match(" " + spoken[-1])):
        return
    kept = 0
    for word in re.finditer(_NAME, found[1]):
        if _words(word[0])[0] in _NO_NAMES:
            break
        kept = word.end()
    words = _words(found[1][:kept]) if kept else ()
    if words and _might_be(words):
        yield start, start + kept


def _might_be(words: tuple[str, ...]) -> bool:
    """Whether these words may be a person's: a name of the lists among them, or none that has another meaning."""
    names = lexicon()
    if any(word in names.first_names or word in names.last_names for word in words):
        return True
    return all(len(word) >= _LONG and word not in names.vocabulary for word in words)


def _is_known(words: tuple[str, ...]) -> bool:
    names = lexicon()
    return any(word in names.first_names or word in names.last_names for word in words)


def _is_staff(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    return bool(_STAFF_BEFORE.search(before) or _STAFF_BEHIND.match(text[end : end + 24]))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z']+", plain(text).text.lower().replace("-", " ")))


class _Own:
    """The organization's own people, by the parts of their names."""

    def __init__(self, organization: OrganizationFacts) -> None:
        self._parts = Directory.of(organization).parts

    def knows(self, words: tuple[str, ...]) -> bool:
        """Whether every word is part of the name of somebody of the house."""
        return bool(words) and all(word in self._parts for word in words if len(word) > 1)


@lru_cache(maxsize=8)
def _directory(organization: OrganizationFacts) -> _Own:
    return _Own(organization)
