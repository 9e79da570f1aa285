"""Whose is a number? One person's, or nobody's in particular: a raffle, a machine, a vendor, a lesson.

Asked only where a number was found already, so it may look closely at the sentences around it.
"""

import re
from functools import lru_cache

from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape

_ADDRESSED = Shape(
    r"\b(?:your|yours|ur|urs|you're|you've|you'll|you'd|you (?:are|were|left|have|had|wrote|asked|"
    r"called|came|owe|got|"
    r"gave|dropped|forgot|called|missed)|u r|u left|we (?:owe|called|rang|told|emailed|matched|"
    r"verified) (?:you|u)"
    r"|su|sus|usted|tu|tus|le (?:falta|faltan|toca|quedo)|pase|llamenos|favor (?:de )?(?:pasar|llamar|recoger|"
    r"venir))\b",
    re.IGNORECASE,
)
_TOLD = (
    "({kin}|{name}|{patient_one}|{who}|he|she|him|her|hers|his|he's|she's|pt|pts|whoever|whose|"
    "somebody's|someone's"
    "|mr|mrs|sir|ma'am|ella|family|couple|a nombre de|senor|senora|don|dona|mija|sweetie|hon|spouse|"
    "victim|caller|roommate|buddy)"
)
# How operations and illnesses end, of which no list has all: `laryngectomy`, `kyphoplasty`, `otitis`.
_ENDS_AS_CARE = r"(\w*(ectom(y|ies|ia)|ostom(y|ies|ia)|plasty|plastia|oscop(y|ies|ia)|itis|emia))"
_CARE = (
    "({clinical}|{careplace}|{admitted}|{went_well}|{condition}|{body}|patient|patients|paciente|"
    "surgery|scan|x ray|lab|labs|"
    "results?|report|reads?|benign|malignant|negative|positive|normal|clear|clean|copay|copays?|"
    "past due|overdue|owes?|balance|"
    "refund|denied|denial|denials|approved|appeal|appealed|appeals|covered|allergy|allergies|infusion|"
    "ready|pick ?up|due|"
    "screen|screening|booster|refill|refills|rx|meds|walker|wheelchair|dentures|wristband|hearing aid|"
    "implant|cpap|bipap|pacemaker|defibrillator|icd|cochlear|insulin pump|prosthe*|marcapasos|audifono|crown|crowns?|"
    "a nombre de|hospice|oxygen|visit|visits|appointment|appointments?|recovery|sutures?|stent|cast|"
    "baby|babies|twins|preemie|bites?|bitten|"
    "resultados?|analisis|cita|quimio|receta|mamografia|embarazo|films?|overnight|check in|sodium|exam|"
    "inhaler|insulin|glasses|discharge*|diagnos*|biops*|pickup|deductible|pap|abnormal|polyp*|lump|parto|bleed*|hemorrhag*|transfus*|"
    "transplant*|septic|clots?|detox|fertil*|{ends_as_care})"
)

_NOBODY = Shape(
    r"\b(?:raffles?|rifa|sorteo|drawing|winner is|won|wins|gana|prize|quilt|elevator|boiler|printers?|"
    r"toner|help ?desk|vendors?|"
    r"supplier|purchase order|p\.?o\.?|accounts payable|wi-?fi|router|network|seminar|workshop|webinar|"
    r"zoom|meeting|lecture|"
    r"golf cart|courier|shuttle|bus|fleet|forklift|vending|ice machine|label maker|aed|(?:lobby|wall|gym|hallway) "
    r"defibrillators?|"
    r"extinguisher|(?<!pulse )generator|"
    r"(?:new|our|mri|ct) scanners?|incubator|museum|ledger(?! for)|archives?|archivist|trivia|exhibit|"
    r"(?<![.@])examples?|"
    r"sample (?:card|number|bill)|"
    r"made[- ]up|sample label|serve zip|time capsule|marca|retiro de producto|mechanics|zip codes|"
    r"codes?,|rig|call sign|mock|dummy|fake|fictional|ficticio|ejemplo|practice (?:card|"
    r"mail)|training (?:card|wristband|chart)|"
    r"test (?:patient|card|wristband|phantom|page)|never (?:post|share|put|send)|don'?t (?:post|share)|nunca|"
    r"npi|ein|tax id|clia|isbn|issn|doi|cpt|icd|codes? [a-z]\d\d|ndc|hcpcs|modifier|"
    r"forms? [a-z]{0,4}-?\d|forma \d|grants?|bond|ordinance|resolution|statute|"
    r"order \d|public health order|bulletin|state (?:board|license|bed)|facility license|board of|"
    r"inspection|inspected|certificate of need|"
    r"registry|enrolling|recluta\w*|irb|lots? (?:of|numbers?)|maker|maker's|manufacturer|recalled by|"
    r"series? \d+ (?:a|to)|"
    r"lunch|bicentennial|pizza|gift (?:shop|card)|parking|locker|bib|shirt|runners?|marathon|5k|auction|"
    r"paddle|bids?|tickets? (?:are|is) \$|"
    r"our (?:new )?(?:plan|license|van|truck|bus|ambulance|rig|helicopter|fleet|courier|phones?|numbers?|mri|ct|"
    r"x-ray|robot|laser|address)|(?:clinic|hospital|shuttle|vaccine|mobile|courtesy)(?:'s)? (?:van|truck|bus|car)|"
    r"staff badge|"
    r"landscap\w+|plumber|caterer|contractor|tv company|newspaper|magazine|volume|page \d|vol\.|"
    r"job (?:number|no|id)|careers?|positions?|requisition number|takes effect|hr-\d+|effective (?:on|date|january|"
    r"june|july)|"
    r"podcast|demo|therapy dogs?|car seats?|(?:was|were) recalled|(?:is|are) ours|es (?:la |el )?nuestr[oa]|"
    r"paper|drawer|cafeteria|menu|popcorn|plans? "
    r"[a-z0-9\-]+ (?:and|or|covers?|left|joins?)"
    r"|sealed bids?|for sale|sold as is|surplus (?:sale|auction|equipment|vehicles?)|petri|talent show|"
    r"vpn|dns|gateway|firewall|phishing|manikins?|mannequins?|simulat\w+|human resources|applicants?|job posting|"
    r"ascensor|snow ?(?:plow|blower)|plow|tractor|projector|scrubber|trailer|wagon|parade|"
    r"fire (?:engine|truck|academy)|ambulance \d+|(?:asset|property|shelter|municipal) tags?|"
    r"equipment inventory|humane society|food service|rented|"
    r"emergency center|room number|recalls?|medwatch|data center|malware|browser|attackers|bookmarks|"
    r"fundrais\w+|gala|mobile (?:unit|clinic|mammography)|(?:clinica|unidad) movil|"
    r"(?:passed|pass) (?:his|her|their|the|your) boards|board[- ]certified|licensed (?:since|in))\b",
    re.IGNORECASE,
)

_LESSON = Shape(
    r"\b(?:trivia|museum|ledger(?! for)|(?<![.@])examples?|sample (?:card|number|bill|label)|made[- ]up|mock|"
    r"dummy|fake|fictional|ficticio|ejemplo|"
    r"practice (?:card|mail|chart|wristband)|training (?:card|wristband|chart|doll|manikin)|manikin|"
    r"mannequin|simulat\w+|"
    r"test (?:patient|card|wristband|phantom|page)|never (?:post|share|put|send)|don'?t (?:post|share)|"
    r"nunca (?:ponga|comparta)|"
    r"plans? [a-z0-9\-]+ (?:and|or|covers?|left|joins?)|raffles? winner|rifa|sorteo|serve zip|"
    r"raffle ticket)\b",
    re.IGNORECASE,
)
# Where money goes to, or comes from, that is no patient's.
_PAID_TO = Shape(
    r"\b(?:donat\w+|donaciones|donativos|gifts?|scholarships?|beca|checks) [^.!?\n]{0,60}\b(?:account|acct|cuenta)\b"
    r"|\b(?:vendors?|suppliers?|remit\w*|donations?|scholarship|foundation(?:'s)?|payroll|proveedores) "
    r"(?:[^.!?\n]{0,30} )?(?:account|acct|cuenta)\b|\brouting(?: number| no)?[ :#]{0,3}\d",
    re.IGNORECASE,
)
# What patients wear or carry in them: its number is theirs.
_WORN = Shape(
    r"\b(?:c-?pap|bi-?pap|hearing aids?|cochlear|implant\w*|defibrillators?|icd|pacemakers?|pacer|insulin pump|stents?|"
    r"walkers?|wheelchairs?|prosthe\w+|neurostim\w*|inhaler|aligners?|orthotics?|dentures|dexcom|cgm|transmitters?|"
    r"(?:glucose|cgm|her|his|your) (?:sensor|monitor)|"
    r"(?:hip|knee|valve|mesh) (?:implant|replacement)|marcapasos|audifonos?|bomba de insulina|protesis)\b",
    re.IGNORECASE,
)
_MADE_IN_SERIES = Shape(
    r"\b(?:recall(?:s|ed|:)?|demo|teach\w*|train\w*|donated|raffle|sorte\w+|maker'?s?|manufacturer|lots? (?:of|"
    r"numbers?)|"
    r"for sale|loan|inventory|new|models? (?:number|year|affected)|serial numbers|museum|exhibit|example|ejemplo)\b",
    re.IGNORECASE,
)
_REACH = 240


def is_somebodys(reading: Reading, start: int, end: int, *, in_reply: bool) -> bool:
    """Whether the sentences around a number speak of one person and of care, and of no thing that has such numbers."""
    first, last = _around(reading, start, end)
    if reading.holds(_NOBODY, first, last):
        return False
    if is_spoken_to(reading, first, last):
        return in_reply or bool(_care().search(reading.marked[first:last]))
    around = reading.marked[first:last]
    is_told, is_care = _told().search(around), _care().search(around)
    return bool(is_told or is_care) if in_reply else bool(is_told and is_care)


def is_of_care(reading: Reading, start: int, end: int, *, in_reply: bool) -> bool:
    """Whether the sentences around a number that care gives speak of one person or of care; in a reply we speak "
    "to one."""
    first, last = _around(reading, start, end)
    if reading.holds(_NOBODY, first, last):
        return False
    around = reading.marked[first:last]
    return (
        in_reply
        or is_spoken_to(reading, first, last)
        or bool(_care().search(around) or _told().search(around))
    )


def is_of_something_worn(reading: Reading, start: int, end: int) -> bool:
    """Whether one thing that patients wear or carry in them is named around a number, and no series of them."""
    first, last = reading.around(start, end)
    first, last = max(first, start - 120), min(last, end + 120)
    if not reading.holds(_WORN, first, last) and not _put_in().search(reading.marked[first:last]):
        return False
    first, last = _around(reading, start, end)
    return not reading.holds(_MADE_IN_SERIES, first, last)


def is_lesson(reading: Reading, start: int, end: int) -> bool:
    """Whether a number that is always somebody's stands in a lesson, a story of old days or a made-up card."""
    first, last = _around(reading, start, end)
    return reading.holds(_LESSON, first, last)


def is_paid_to(reading: Reading, start: int, end: int) -> bool:
    """Whether an account is one into which the public or our partners pay, and nobody is told of beside it."""
    first, last = reading.sentence(start, end)
    first, last = max(first, start - _REACH), min(last, end + _REACH)
    return reading.holds(_PAID_TO, first, last) and not is_told_of(reading, first, last)


def is_nobodys(reading: Reading, start: int, end: int) -> bool:
    """Whether the words around a number say that it belongs to a thing, a lesson or the public."""
    first, last = _around(reading, start, end)
    return reading.holds(_NOBODY, first, last)


def is_told_of(reading: Reading, first: int, last: int) -> bool:
    """Whether one person is told of in this piece."""
    return bool(_told().search(reading.marked[first:last]))


def is_spoken_to(reading: Reading, first: int, last: int) -> bool:
    """Whether one person is spoken to in this piece."""
    return reading.holds(_ADDRESSED, first, last)


def is_by_kin(reading: Reading, start: int, end: int) -> bool:
    """Whether a relative is named just before or behind a piece: `her uncle at ...`, `... is her husband`."""
    near = reading.marked[max(0, start - 30) : end + 36]
    return bool(_kin().search(near))


def is_in_family(reading: Reading, first: int, last: int) -> bool:
    """Whether a relative, a patient or somebody told of before is named in this piece."""
    return bool(_family().search(reading.marked[first:last]))


def is_in_care(reading: Reading, start: int, end: int) -> bool:
    """Whether the sentences around speak of care."""
    first, last = _around(reading, start, end)
    return bool(_care().search(reading.marked[first:last]))


def _around(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentences around, no further than a long sentence reaches: time must grow with length only."""
    first, last = reading.around(start, end)
    return max(first, start - _REACH), min(last, end + _REACH)


@lru_cache(maxsize=1)
def _told() -> Pattern:
    return pattern(_TOLD)


@lru_cache(maxsize=1)
def _put_in() -> Pattern:
    """`going into a retired welder`, `tickin inside our favorite plumber`."""
    return pattern(
        "(implanted|going|goes|gone|went|placed|put|ticking|tickin|beating|humming|working|sits|now|lives|is|now lives|"
        "fits|helps|late|puesto|implantado) (in|into|inside|dentro de) "
        "(a|an|our|this|that|one|his|her|the|un|una|nuestr[oa]) (\\w* ){0,2}({somebody}|{kin}|chest|heart|skull|spine)"
    )


@lru_cache(maxsize=1)
def _care() -> Pattern:
    return pattern(_CARE.replace("{ends_as_care}", _ENDS_AS_CARE))


@lru_cache(maxsize=1)
def _family() -> Pattern:
    return pattern("({kin}|{somebody}|him|her|them|his|their|family)")


@lru_cache(maxsize=1)
def _kin() -> Pattern:
    return pattern(
        "(her|his|their|'s|su|the|oldest|dear) (\\w* )?{kin}|{name} (\\w* )?{kin}|{kin} {name}|"
        "husband of|wife of|roommate of"
    )
