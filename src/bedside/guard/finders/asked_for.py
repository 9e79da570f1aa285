"""Is somebody to be called, asked for or paid at this number? The families of such sentences, English and Spanish.

`her husband's fax is ...`, `... Call him for us?`, `márquele a su celular, ...`, `... pregunten por su hija`. What else
says whose a number is stands in `reached.py`.
"""

import re

from bedside.guard.finders.owners import is_in_care, is_nobodys
from bedside.guard.hits import Case
from bedside.guard.lexicon import listed
from bedside.guard.reading import Reading
from bedside.guard.shapes import Shape

_KIN = (
    r"(?:mom|mommy|mother|mama|dad|daddy|father|papa|sister|brother|sis|bro|daughter|son|wife|husband|hubby|spouse|"
    r"partner|fiancee?|boyfriend|girlfriend|niece|nephew|aunt|auntie|uncle|cousin|grand(?:ma|pa|mother|father|son|"
    r"daughter)|nana|widow|widower|roommate|neighbor|caregiver|guardian|madre|padre|hermana|hermano|hija|hijo|"
    r"esposa|esposo|marido|mujer|novia|novio|sobrina|sobrino|tia|tio|titi|abuela|abuelita|abuelo|nieta|nieto|nuera|"
    r"yerno|suegra|suegro|prima|primo|viuda|viudo|vecina|vecino|comadre|compadre|cunada|cunado|cuidadora|"
    r"next of kin)"
)
_ONE = (
    r"(?:patient|paciente|victim|driver|boy|girl|baby|man|woman|lady|gentleman|fellow|kid|owner|resident|survivor|"
    r"muchach[oa]|nin[oa]|senora?|bebe|herid[oa]|accidentad[oa]|quemad[oa]|enferm[oa]|trasplantad[oa]|choque)"
)
_HERS = r"(?:her|his|their|su|sus|la|el|the|our|[a-z]+'s)"
_TELEPHONE = (
    r"(?:cell|cel|celular|movil|mobile|phone|telefono|tel|number|numero|num|fax|line|digits|whats ?app|#)"
)
# Before the number, and reaching it.
_BEFORE = Shape(
    # `call the boy's mother, ...`, `her sister, @..., or call ...`, `ask his wife: ...`
    rf"\b(?:her|his|their) (?:[a-z\-]{{2,15}} )?{_KIN}\b[^.!?\n]{{0,40}}$"
    rf"|\b(?:the|la|el|los|un|una) (?:[a-z\-]{{2,15}} )?(?:{_KIN}|family|familia) (?:del|(?:of|de) (?!(?:an?|"
    rf"any|every|cualquier|una?)\b)) ?[^.!?\n]{{0,60}}$"
    # `aunt Trudy, ...`
    r"|\b(?:aunt|auntie|uncle|grandma|grandpa|nana|titi|tia|tio|abuela|abuelita|abuelo|don|dona) "
    r"(?-i:[A-Z])[a-z\-]{1,15}(?: (?-i:[A-Z])[a-z\-]{1,15})?(?:,? (?:at|on|al|en el|cel|cell))?[ :,\-(]{0,4}$"
    # `her sons # is ...`, `number for his wife: ...`
    rf"|\b{_HERS} (?:[a-z\-]{{2,15}} )?{_KIN}'?s? ?{_TELEPHONE}(?: (?:is|es|at|number))?[ :,=(]{{0,4}}$"
    rf"|(?:\b|(?=#)){_TELEPHONE} (?:for|of|de|del) (?:{_HERS} )?(?:[a-z\-]{{2,15}} )?(?:{_KIN}|"
    rf"{_ONE})\b[^.!?\n]{{0,30}}$"
    # `can be reached through ...`
    rf"|\b(?:{_KIN}|{_ONE})\b[^.!?\n]{{0,50}} (?:be|is|se puede|puede ser) (?:reached|contacted|called|texted|"
    rf"reachable|"
    r"localizad[oa]|contactad[oa]|contactar|localizar)"
    r"(?: (?:at|on|through|via|under|by (?:phone|text)|at his|at her|al|en el|por))*[ :,(]{0,3}$"
    # `marquele a su celular, ...`, `llamenlo al ...`
    r"|\b(?:llam|marqu|habl|escrib|mand|contact|busqu|textee?|localic|avis|comuniqu)(?:e|en|a|an|emos|eme)l[aeo]s?\b"
    r"[^.!?\n]{0,60}$"
    r"|\b(?:llam|marqu|habl|escrib|texte)(?:e|en|a|ar)(?:le|les)? a(?:l|) (?:(?:su|la|el) )?(?:[a-z]{2,12} )?"
    rf"(?:{_KIN}|{_ONE})\b[^.!?\n]{{0,50}}$",
    re.IGNORECASE,
)
# `Zelle for his rent goes to ...`: money for one person.
_PAID = Shape(
    r"\b(?:venmo|zelle|cash ?app|ath movil|paypal|bizum|yappy|donaciones|donations?)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)

_WORDS = re.compile(r"[A-Za-z]{2}")
# Behind the number.
_AFTER = re.compile(
    # `... is her cell`, `... es de su esposa`, `... goes to his room`
    rf"^[)\"'*]{{0,2}}(?:,? (?:is|was|that's|thats|it's|its|es|=)|,| -| \()? ?(?:still )?(?:(?:el|"
    rf"la) {_TELEPHONE} de |de )?"
    rf"(?:her|his|their|su|[a-z]+'s|(?:the |our )?(?:{_KIN}|{_ONE})'s?) (?:[a-z\-]{{2,12}} )?(?:{_KIN}|{_TELEPHONE})\b"
    rf"|^[)\"'*]{{0,2}},? (?:rings?|goes|goes straight|belongs|pertenece|suena) (?:at|in|to|through to|a|en) "
    rf"(?:her|his|their|su|(?:the|la|el) (?:{_KIN}|{_ONE}))\b"
    # `... ask for his wife`, `... pregunten por su hija`, `... call him for us`
    rf"|^[^\d]{{0,30}}\b(?:ask|asking|pregunt(?:e|en|a|ar)) (?:for|por) (?:(?:his|her|their|the|su|la|"
    rf"el) )(?:[a-z]{{2,12}} )?"
    rf"{_KIN}\b"
    r"|^[^\d]{0,12}\b(?:call|text|ring|phone|dial|message|tell) (?:him|her|them)\b(?! (?:if|when|to (?:book|schedule)))"
    r"|^[^\d]{0,12}\b(?:llam|marqu|habl|escrib|avis)(?:e|en|a)l[aeo]s?\b",
    re.IGNORECASE,
)
# In an answer: what we tried.
_TRIED = Shape(
    r"\b(?:hit|tried|try|called|rang|texted|buzzed|dialed|phoned|pinged|reached|rung|messaged|paged|calling|texting|"
    r"trying|ringing|dialing)"
    r" (?:u|you|ya|your (?:cell|phone|number|line|house|home|wife|husband|mom|dad|son|daughter|work))(?: (?:up|"
    r"out|back|twice|again|today|yesterday|earlier|\d ?x|"
    r"\w{2,10} times?|[a-z]{2,10}))"
    r"{0,3}(?: (?:at|on|@))?[ :(]{0,3}$"
    r"|\b(?:marcamos|llamamos|hablamos|escribimos|(?:le|lo|la|te) (?:marque|llame|hable)|llamando|marcando|"
    r"comunicarnos|contactarl[aoe]|buscamos|"
    r"texteamos|marcado|llamado|timbramos)\b(?: (?:dos|tres|varias|\d|una|ayer|hoy|anoche|otra|veces|vez|de|"
    r"nuevo|ya|a|su|"
    r"cel|celular|casa|manana|tarde|con|usted)){0,5} (?:al|a|en el)[ :(]{0,3}$"
    r"|\b(?:su|tu) (?:\w+ )?(?:cel|celular|numero|telefono|movil|tel)\b(?: (?:sigue|siendo|es|aun|todavia|"
    r"termina|en|era|"
    r"registrado|al|que|tenemos|el|de|casa|actual|correcto)){0,5}[ :,(]{0,3}$"
    r"|\b(?:is|are|does) (?:yours|your (?:cell|phone|number|line)) (?:still |now )?(?:the )?(?:one (?:at|"
    r"on) )?[ :(]{0,2}$",
    re.IGNORECASE,
)
# `Is yours still the one ending 0143?`
_ENDING = Shape(
    r"\b(?:one|number|cell|phone|line|mobile|voicemail|#|numero|cel|celular|telefono|uno|que)\b(?: (?:that|"
    r"we have|on file|"
    r"which|still|que))? ?(?:ends|ending|ended|termina|terminado|terminada|acaba)(?: (?:in|with|en|"
    r"con))? ?[#x*.\-]{0,4}"
    r"(?P<end>\d{4}|\d{2})(?![\w\-/])"
    r"|\b(?:the|your|ur|el|al|su) (?P<said>\d{4}) (?:number|one|cell|phone|line|mobile|numero|celular)\b",
    re.IGNORECASE,
)
_YOURS = Shape(
    r"\b(?:yours|your (?:cell|phone|number|line|voicemail)|(?:number|one|phone|cell) (?:that )?you (?:gave|left|put|"
    r"listed|wrote)|(?:reach|call|called|tried|text|texted|rang|dialed|left) "
    r"(?:you|u|(?:a |two |several |three )?(?:voicemails?|messages?))|rings? (?:to|at)|voice ?mail|"
    r"(?:su|tu) (?:cel|celular|numero|telefono|movil)|(?:el|es) suyo|"
    r"le (?:marcamos|llamamos|hablamos|dejamos)|buzon)\b",
    re.IGNORECASE,
)
_OF_MONEY = Shape(r"\b(?:card|visa|tarjeta|account|acct|cuenta|bank|member|policy|fax)\b", re.IGNORECASE)
_GREETING_SENT = re.compile(
    r"\b(?:send|email|write|manden?|envien?|escrib(?:an|e|ale|anle))\b[^.!?\n]{0,20}\b(?:cheer|love|jokes?|prayers?|"
    r"get[- ]well|encouragement|animos?|saludos|carino|apoyo|oraciones|cards?)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_OF_ONE = Shape(rf"\b(?:{_KIN}|{_ONE}|her|him|who|whose|(?:al|la|el|a la) (?:que|q) se)\b", re.IGNORECASE)
# The house is meant, or a public line.
_TO_US = Shape(
    r"\b(?:(?<!for )us|our (?:\w+ )?(?:office|team|line|desk|clinic|number|front|nurses?|staff|center|program|"
    r"hospital|pharmacy|"
    r"counselors?|advocates?|foundation|manager|director|coordinator)|nos|nuestr[oa]s? (?!trasplantad|paciente|"
    r"nin|senor)"
    r"\w+|\w*lenos|office|clinic|clinica|oficina|consultorio|doctor|doctora|medico|medica|dr|dra|enfermera|pediatra|"
    r"farmacia|pharmacy|desk|line|linea|hotline|helpline|lifeline|switchboard|conmutador|extension|ext|center|centro|"
    r"program|programa|registration|register|registro|appointments?|citas?|schedule|agendar|informes|information|"
    r"informacion|rsvp|tickets?|boletos|details|questions|preguntas|volunteers?|hiring|classes?|event|911|988|director\w*|"
    r"manager|gerente|coordinator\w*|coordinador\w*|officer|liaison|chaplain|supervisor\w*|advocate|defensora?|relations|"
    r"relaciones|foundation|fundacion|police|policia|sheriff|health department|departamento|if (?:you|your|"
    r"ur) (?:have|need|feel|are|know|want|think)|if someone|encargad[oa]|administra\w+|"
    r"when your|si (?:usted|su|tiene|alguien|conoce)|cualquier|anyone|anybody|families|everyone|loved ones?)\b",
    re.IGNORECASE,
)
# Of these words one stands in every such sentence.
_PEOPLE_WORDS = frozenset(re.findall(r"[a-z]{2,}", _KIN + _ONE)) - {"in", "of"} | listed(
    "her his him them their hers su sus family familia venmo zelle cashapp cash donaciones donation "
    "donations paypal bizum yappy movil grandma grandpa mother father daughter don dona sons mothers fathers sisters "
    "brothers daughters wifes husbands patients nina nino ninas ninos herida herido senor senora accidentada "
    "accidentado quemada quemado enferma enfermo"
)
_TOLD_TO_CALL = Shape(
    r"\b(?:llam|marqu|habl|escrib|mand|contact|busqu|text|localic|avis|comuniqu)[a-z]{1,5}l[aeo]s?\b",
    re.IGNORECASE,
)
CUES = listed(
    "ending ends ended termina terminado terminada acaba number one cell phone line mobile numero celular"
)


def is_asked_for(case: Case, reading: Reading, found: re.Match[str]) -> bool:
    """Whether the words before or behind a number name the private person who is called, asked for or paid there."""
    text = reading.plain.text
    if not (case.is_reply or _may_speak_of_one(reading, found)):
        return False
    before = text[max(0, found.start() - 100) : found.start()]
    after = text[found.end() : found.end() + 60]
    if not _WORDS.search(before) and not _WORDS.search(after):
        return False  # numbers among numbers: a text of nothing else would take long
    said = _BEFORE.search(before) or _AFTER.search(after) or (case.is_reply and _TRIED.search(before))
    if not said:
        return _is_paid_for_one(reading, found, before)
    first, last = reading.around(*found.span())
    first, last = max(first, found.start() - 120), min(last, found.end() + 70)
    return not reading.holds(_TO_US, first, last) and not is_nobodys(reading, *found.span())


def _may_speak_of_one(reading: Reading, found: re.Match[str]) -> bool:
    first, last = max(0, found.start() - 80), found.end() + 30
    return not reading.holds_none_of(_PEOPLE_WORDS) or bool(
        _TOLD_TO_CALL.search(reading.plain.text, first, last)
    )


def is_written_to(reading: Reading, found: re.Match[str]) -> bool:
    """Whether cheer for somebody is sent to this address."""
    before = reading.plain.text[max(0, found.start() - 100) : found.start()]
    said = _GREETING_SENT.search(before)
    if said is None or not (_OF_ONE.search(said[0]) or is_in_care(reading, *found.span())):
        return False
    return not re.search(
        r"\b(?:our|us|team|staff|nuestr\w+|equipo|unit|unidad|heroes)\b", said[0], re.IGNORECASE
    )


def _is_paid_for_one(reading: Reading, found: re.Match[str], before: str) -> bool:
    if not _PAID.search(before):
        return False
    first, last = reading.sentence(*found.span())
    around = reading.plain.text[max(first, found.start() - 120) : min(last, found.end() + 60)]
    named = re.search(rf"\b(?:her|his|su|{_KIN}|{_ONE})\b", around, re.IGNORECASE)
    return named is not None and not _TO_US.search(around) and is_in_care(reading, *found.span())


def endings(case: Case, reading: Reading) -> list[tuple[int, int]]:
    """Where a reply tells the last digits of the author's telephone."""
    if not case.is_reply or reading.word_set.isdisjoint(CUES):
        return []
    return [found.span() for found in _ENDING.finditer(reading.plain.text) if _is_a_telephone(reading, found)]


def _is_a_telephone(reading: Reading, found: re.Match[str]) -> bool:
    first, last = reading.around(*found.span())
    first, last = max(first, found.start() - 80), min(last, found.end() + 80)
    return reading.holds(_YOURS, first, last) and not reading.holds(_OF_MONEY, first, last)
