"""What numbers are called that may be one person's: the nouns for records, plans, accounts, devices and papers.

Some nouns are enough ("MRN", "subscriber"). Others are numbers of care, but of offices, too ("referral", "policy
number"): there care or a person must be spoken of. And some name tickets and machines as often as patients ("order",
"serial"): there the sentence must speak of both. How numbers are found by them is in `labelled.py`.
"""

from bedside.guard.finders.noun import Noun, noun
from bedside.guard.lexicon import listed

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
    "visa mastercard amex debit app application boleta recibo barcode medical "
    "folder binder mbr mmbr membr miembro asegurado asegurada suscriptor hospitalaria hospitalario student bag "
    "unidad bolsa studies "
    "accessions specimens estudios contrato contract icn eob appt appointment booking conf code session cust customer "
    "rental vial holder policyholder warranty employee cita union program programme syringe"
)
DEVICE_CUES = listed(
    "serial s sn ser udi device implant serie lot lote ref transmitter sensor pump pacemaker aid brace plate "
    "plates placa placas matricula tag taxi cdl dl license licence licenses driver drivers driver's permit "
    "certificate birth passport licencia certificado marcapasos vin unit tags serials placard fob hull "
    "registration defibrillator "
    "cochlear inhaler neurostim neurostimulator prosthesis prosthetic cpap bipap walker wheelchair audifono icd "
    "chip microchip"
)
RECORDS = (
    noun(
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
    noun(
        r"patient|pt|charts?|encounter(?: (?:form|sheet|slip|note))?|enc",
        "patient pt chart enc",
        4,
        needs="nothing",
    ),
    noun(
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
    noun(
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
    noun(
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
    noun(
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
    noun(
        r"accounts?|acct|a/c|claim|guarantor|cuenta|reclamo|reclamacion",
        "account acct claim guarantor cuenta reclam",
        4,
        alone="c",
        needs="nothing",
    ),
    noun(
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
    noun(
        r"order|visit|(?:aetna|anthem|humana|cigna|bcbs|kaiser|uhc|united|molina|ambetter|tricare|wellcare|medicaid|"
        r"medicare)",
        "",
        7,
        alone="order visit aetna anthem humana cigna bcbs kaiser uhc united molina ambetter tricare wellcare "
        "medicaid medicare",
        needs="care",
    ),
    noun(
        r"(?:card|visa|mastercard|amex|debit)(?: card)? (?:ending|that ends|x+(?=\d))",
        "",
        4,
        alone="card visa mastercard amex debit",
        needs="care",
    ),
    noun(r"subject|plan ending|band", "subject plan band", 3, needs="owner"),
    noun(
        r"(?:resident|patient|client|member|recipient)'?s? (?:file|chart|folder|binder|record)|"
        r"(?:lab|specimen|work) (?:slip|tag)|(?:record|chart|file|account|mrn|id)(?: number)? (?:that )?(?:ends|ending|"
        r"starts|starting) (?:in|with)",
        "",
        4,
        alone="file files chart charts folder folders binder binders record records "
        "slip tag ends ending starts starting",
        needs="care",
    ),
    noun(
        r"(?:mbr|mmbr|membr)\.? (?:id|no|num|number|#)|(?:numero|num|no|id) (?:de|del) (?:miembro|soci[oa]|"
        r"asegurad[oa]|"
        r"suscriptora?|derechohabiente)|(?:cuenta|registro|numero) hospitalari[oa]",
        "",
        5,
        alone="mbr mmbr membr miembro socio socia asegurado asegurada suscriptor suscriptora derechohabiente "
        "hospitalaria hospitalario",
        needs="nothing",
    ),
    noun(
        r"student (?:id|no|num|number|#)|(?:blood|platelets?|plasma|red cells?|prbc|rbc) (?:units?|bags?)|"
        r"(?:unidad|bolsa) de (?:sangre|plasma|plaquetas)",
        "",
        6,
        alone="student unit units bag bags unidad bolsa",
        needs="care",
    ),
    noun(
        r"icn|eob(?: ref)?|appt(?:\.| ?#| (?:id|no|num|number|#))?|(?:appointment|booking) (?:id|no|num|number|#|code)|"
        r"(?:conf(?:irmation)?|visit|session)\.? code|cust(?:omer)?(?: ?#| (?:id|no|num|number|#))?|rental|vial|"
        r"policy ?holder|(?:donor|donor family) code|warranty(?: (?:id|no|num|number|#))?|"
        r"employee (?:id|no|num|number|#)|cita|union (?:local )?card|lab ticket",
        "",
        5,
        alone="icn eob appt appointment booking code cust customer rental vial holder policyholder warranty employee "
        "cita card ticket",
        needs="care",
    ),
    noun(
        r"(?:trial |study |research )?(?:participant|subject)|client|recipient|"
        r"(?:syringe|exchange|program(?:me)?) card",
        "participant subject client recipient card",
        3,
        needs="care",
    ),
    noun(
        r"contrato|contract|studies|accessions|specimens|estudios",
        "",
        6,
        alone="contrato contract studies accessions specimens estudios",
        needs="owner",
    ),
)
DEVICES = (
    noun(
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
    noun(
        r"transmitter|sensor|insulin pump|pacemaker|defibrillator|hearing aid|cochlear processor|implant|brace|inhaler|"
        r"neurostim\w*|prosthe\w+|cpap|bipap|walker|wheelchair|marcapasos|audifono",
        "transmitter sensor insulin pacemaker defibrillator hearing cochlear implant brace inhaler neurostim "
        "prosthe cpap "
        "bipap walker wheelchair marcapasos audifono",
        3,
        needs="owner",
        is_of_thing=True,
    ),
    noun(r"(?:micro)?chip", "", 9, alone="chip microchip", needs="owner"),
)
_MEMORY, _LONGEST = 20_000, 40  # words that are kept, letters of one that is


class _Nouns(dict[str, tuple[Noun, ...]]):
    """The nouns of which a word may be part, kept up to a bound: most words are part of none."""

    def __missing__(self, word: str) -> tuple[Noun, ...]:
        if word.isdigit():
            return ()
        nouns = tuple(each for each in (*RECORDS, *DEVICES) if each.may_stand_by(word))
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = nouns
        return nouns


_NOUNS = _Nouns()


def nouns_among(words: set[str]) -> set[Noun]:
    """The nouns that may stand in a text of these words."""
    return set().union(*map(_NOUNS.__getitem__, words))
