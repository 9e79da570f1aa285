"""What numbers are called that may be one person's: the nouns for records, plans, accounts, devices and papers.

Some nouns are enough ("MRN", "subscriber"). Others are numbers of care, but of offices, too ("referral", "policy
number"): there care or a person must be spoken of. And some name tickets and machines as often as patients ("order",
"serial"): there the sentence must speak of both. How numbers are found by them is in `labelled.py`.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bedside.guard.lexicon import listed

GLUE = (
    r"(?:[ :#.,\"'(=\-]{0,3}(?i:no|nr|nos|num|number|numero|id|is|it's|was|are|reads?|says|ends?|ending|"
    r"starts?|begins|"
    r"in|with|of|the|your|you|her|his|our|my|under|for|on|at|card|file|name|last|four|4|digits|code|member|"
    r"group|policy|cup|bag|barcode|sticker|label|slip|recip|recipient|sponsor|iban|visa|request|es|de|"
    r"el|la|su|termina|terminada|con|en|del|a|salud|clinico|medico|series|rx|left|that)\b){0,6}[ :#.,\"'(=\-]{0,4}"
)
# Pieces of digits and capitals, joined by single separators: 26-S-004418, W2084 55190, PJN 220418H.
_ID = (
    r"(?P<id>(?:[A-Z]{1,6}[ \-./]?|[a-z]{1,3}-?|[a-z]{4,10}-)?\d[\dA-Za-z]{0,15}(?:[ \-/.]{1,2}\d[\dA-Za-z]{0,11}|"
    r"[\-/][A-Z]{1,12}\d{0,12}){0,5})"
    r"(?![\w%])(?!,\d)(?!\.\d)(?! ?(?i:percent|%|am\b|a\.m|pm\b|p\.m|people|patients|miles|steps|beds|"
    r"mg|ml|visits|nurses|cases|adults|tests|pages|tablets|hours|minutes|days|years))"
)


Needs = Literal["nothing", "care", "owner"]


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """What a number is called, how many digits it has at least, and what must be said around it (`needs`): nothing;
    care or a person; or both. Of a thing (`is_of_thing`) it is enough that patients wear such things.

    A text with the noun has a word that begins with one of `begins`, or is one of `alone` up to its digits.
    """

    shape: re.Pattern[str]
    begins: tuple[str, ...]
    alone: frozenset[str]
    digits: int
    needs: Needs
    is_of_thing: bool = False

    def may_stand_by(self, word: str) -> bool:
        """Whether such a word, in small letters, may be part of the noun."""
        parts = (word, *word.split("'")) if "'" in word else (word,)
        return any(part.startswith(self.begins) or part.rstrip("0123456789") in self.alone for part in parts)


def _noun(
    nouns: str, begins: str, digits: int, *, alone: str = "", needs: Needs, is_of_thing: bool = False
) -> Noun:
    return Noun(
        shape=re.compile(r"\b(?i:" + nouns + r")(?![a-z])" + GLUE + _ID),
        begins=tuple(begins.split()),
        alone=frozenset(alone.split()),
        digits=digits,
        needs=needs,
        is_of_thing=is_of_thing,
    )


# Words of which one stands in every text worth looking at.
RECORD_CUES = listed(
    "subscribers subscribe mrn m mr med medrec medical record records chart charts enc encounter accession "
    "specimen sample patient pt wristband bracelet band wrist subject study registered csn har fin expediente exp "
    "historia registro brazalete folio paciente case order confirmation reference ref tray visitor badge sticker "
    "label invoice ticket account acct statement check bill billing claim claims guarantor authorization auth "
    "referral prescription rx run unit card member subscriber policy beneficiary insurance insured medicaid "
    "medicare plan enrollee group bin pcn rxbin rxgrp poliza afiliado afiliada afiliacion beneficiario seguro "
    "aetna anthem humana cigna bcbs blue kaiser united unitedhealthcare uhc molina ambetter tricare oscar "
    "wellcare caresource amerigroup hsa fsa medi cuenta factura reclamo reclamacion caso pedido orden under "
    "tarjeta tickets accounts invoices acta muestra estudio series mrns em fin hicn hic cin mbi mem memb admission nss "
    "derechohabiente sponsor recipient resident inmate donor client hospice participant trial historial ficha script "
    "escript preauth refill receta autorizacion req requisition slide slip episode visit grievance appeal file profile "
    "packet pcr cobra bic doc marijuana cannabis receipt emr ehr trauma transaction refund hn report exam "
    "visa mastercard amex debit app application boleta recibo barcode medical"
)
DEVICE_CUES = listed(
    "serial s sn ser udi device implant serie lot lote ref transmitter sensor pump pacemaker aid brace plate "
    "plates placa placas matricula tag taxi cdl dl license licence licenses driver drivers driver's permit "
    "certificate birth passport licencia certificado marcapasos vin unit tags serials placard fob hull "
    "registration defibrillator "
    "cochlear inhaler neurostim neurostimulator prosthesis prosthetic cpap bipap walker wheelchair audifono icd"
)
RECORDS = (
    _noun(
        r"m\.?r\.?n\.?s?|mr ?#|med(?:ical)?[ .\-]?rec(?:ord)?s?|accession|specimen|wrist ?band|"
        r"hospital bracelet|"
        r"health record|hospital (?:id|number|no|#)|csn|visit series|patient (?:id|no|number|record|#)|"
        r"pt (?:id|#|no)|"
        r"expediente|historia clinica|registro medico|numero de (?:expediente|paciente|historia)|brazalete",
        "mrn med accession specimen wrist bracelet record hospital csn series patient pt expediente historia "
        "registro numero brazalete",
        3,
        alone="m mr",
        needs="nothing",
    ),
    _noun(r"patient|pt|charts?|encounter|enc", "patient pt chart enc", 4, needs="nothing"),
    _noun(
        r"m\.?r\.? num(?:ber)?|em are en|hn|har|fin|hicn?|mbi|cin|mem(?:b(?:er)?)?\.?(?: ?#| (?:i\.?d\.?|no))|acc ?#|"
        r"acct ?#|"
        r"derechohabiente|nss|historial|ficha medica|bracelet|(?:trauma|id|wrist|hospital) ?band",
        "",
        5,
        alone="m mr em hn har fin hic hicn cin mbi mem memb member acc acct derechohabiente nss historial ficha "
        "bracelet band "
        "traumaband idband wristband hospitalband",
        needs="nothing",
    ),
    _noun(
        r"(?:sponsor|recipient|resident|inmate|donor|client|hospice|participant|subject|admission|record) "
        r"(?:id|no|num|number|#)|(?:trial|study|research) subject|num(?:ero)? de (?:afiliado|poliza|historial)|"
        r"(?:marijuana|cannabis|insurance|medicare|medicaid) card|(?:blood bank|lab|blood|urine|tissue) sample",
        "",
        5,
        alone="sponsor recipient resident inmate donor client hospice participant subject admission record num "
        "numero card "
        "sample",
        needs="nothing",
    ),
    _noun(
        r"policy|(?:prior )?auth(?:orization)?s?|pre ?auth(?:orization)?|referral|rx|prescription|e-?script|refill|"
        r"receta|"
        r"autorizacion|req(?:uisition)?|slide|slip|episode|visit(?: ?#| (?:id|no|num|number))|grievance|appeal|"
        r"file|profile|"
        r"packet|(?:ambulance )?run|pcr|cobra(?: election)?|bic|doc ?#|case(?: (?:id|no|num|number|#))?|record|emr|"
        r"ehr|chart|"
        r"(?:dme|lab|imaging|med|medication|surgery|surgical|radiology) (?:order|case|ticket)|"
        r"app(?:lication)? (?:id|no|num|number|#)|report|exam|transaction|receipt|refund check|folio|exp|ficha|boleta|"
        r"recibo|registro|tarjeta|invoice|statement|sample|study|barcode",
        "",
        5,
        alone="policy prior auth auths authorization authorizations pre preauth preauthorization referral rx "
        "prescription "
        "script escript refill receta autorizacion req requisition slide slip episode visit grievance appeal file "
        "profile "
        "packet run pcr cobra bic doc case record emr ehr chart order ticket app application report exam "
        "transaction receipt "
        "refund folio exp ficha boleta recibo registro tarjeta invoice statement sample study barcode",
        needs="care",
    ),
    _noun(
        r"member|subscribers?|enrollee|beneficiary|medi-cal|(?:hsa|fsa) card|medicaid|medicare|afiliad[oa]|"
        r"afiliacion|beneficiari[oa]|poliza|seguro|"
        r"(?:aetna|anthem|humana|cigna|bcbs|blue (?:cross|shield)|kaiser|united ?health(?:care)?|uhc|"
        r"molina|ambetter|"
        r"tricare|wellcare|caresource|amerigroup|insurance)(?: (?:id|member|policy|subscriber|number|no))+",
        "member subscriber enrollee beneficiar medi hsa fsa medicaid medicare afilia poliza seguro aetna anthem "
        "humana cigna bcbs blue kaiser united uhc molina ambetter tricare wellcare caresource amerigroup "
        "insurance",
        4,
        needs="nothing",
    ),
    _noun(
        r"accounts?|acct|a/c|claim|guarantor|cuenta|reclamo|reclamacion",
        "account acct claim guarantor cuenta reclam",
        4,
        alone="c",
        needs="nothing",
    ),
    _noun(
        r"charts?|(?:insurance )?card|wristband|bracelet|records?|patient|encounter|sample|study|"
        r"registered as|folio|exp|acta de nacimiento|"
        r"muestra|estudio|case|caso|order|pedido|orden|confirmation|conf|reference|ref|tray|badge|band|"
        r"sticker(?: says)?|"
        r"label|invoice|tickets?|account|acct|statement|check|bill|authorization|auth|referral|"
        r"prescription|rx|run|"
        r"unit|group|plan|policy|bin|pcn|insurance|medicaid|medicare|member|subscribers?|cuenta|factura|"
        r"aetna|anthem|humana|cigna|bcbs|kaiser|uhc|molina|ambetter|tricare|(?:hsa |fsa |insurance |"
        r"your )?card|tarjeta|you under|"
        r"series|it's under|access code",
        "chart card wristband bracelet record patient encounter sample study registered folio exp acta "
        "muestra estudio case caso order pedido orden conf ref tray badge band sticker label invoice ticket "
        "account acct statement check bill auth prescription rx run unit group plan policy bin pcn insurance "
        "medicaid medicare member subscriber cuenta factura aetna anthem humana cigna bcbs kaiser uhc molina "
        "ambetter tricare tarjeta under series access",
        4,
        needs="owner",
    ),
    _noun(
        r"order|visit|(?:aetna|anthem|humana|cigna|bcbs|kaiser|uhc|united|molina|ambetter|tricare|wellcare|medicaid|"
        r"medicare)",
        "",
        7,
        alone="order visit aetna anthem humana cigna bcbs kaiser uhc united molina ambetter tricare wellcare "
        "medicaid medicare",
        needs="care",
    ),
    _noun(
        r"(?:card|visa|mastercard|amex|debit)(?: card)? (?:ending|that ends|x+(?=\d))",
        "",
        4,
        alone="card visa mastercard amex debit",
        needs="care",
    ),
    _noun(r"subject|plan ending|band", "subject plan band", 3, needs="owner"),
)
DEVICES = (
    _noun(
        r"serial|s/n|sn|ser|udi|device (?:id|number|no)|implant (?:id|number|no)|numero de serie|serie|"
        r"lots?|lote|ref|"
        r"plates?|placas?|matricula|tags?|taxi|cdl|dl|(?:driver'?s? |commercial )?licen[cs]e|placard|vin|fob|"
        r"hull|registration|permit|certificate|passport|licencia(?: de (?:conducir|manejo))?|certificado",
        "serial sn ser udi device implant numero lot ref plate placa matricula tag taxi cdl dl licen placard vin fob "
        "hull registration permit certif passport",
        3,
        alone="n",
        needs="owner",
        is_of_thing=True,
    ),
    _noun(
        r"transmitter|sensor|insulin pump|pacemaker|defibrillator|hearing aid|cochlear processor|implant|brace|inhaler|"
        r"neurostim\w*|prosthe\w+|cpap|bipap|walker|wheelchair|marcapasos|audifono",
        "transmitter sensor insulin pacemaker defibrillator hearing cochlear implant brace inhaler neurostim "
        "prosthe cpap "
        "bipap walker wheelchair marcapasos audifono",
        3,
        needs="owner",
        is_of_thing=True,
    ),
)
_MEMORY, _LONGEST = 20_000, 40  # words that are kept, letters of one that is


class _Nouns(dict[str, tuple[Noun, ...]]):
    """The nouns of which a word may be part, kept up to a bound: most words are part of none."""

    def __missing__(self, word: str) -> tuple[Noun, ...]:
        if word.isdigit():
            return ()
        nouns = tuple(noun for noun in (*RECORDS, *DEVICES) if noun.may_stand_by(word))
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = nouns
        return nouns


_NOUNS = _Nouns()


def nouns_among(words: set[str]) -> set[Noun]:
    """The nouns that may stand in a text of these words."""
    return set().union(*map(_NOUNS.__getitem__, words))
