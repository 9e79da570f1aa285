"""Numbers that a noun calls one person's: records, plans, accounts, devices, vehicles, permits, portal names.

Some nouns are enough ("MRN", "subscriber"); others name tickets and machines as often as patients ("order",
"serial"), and there the sentence must speak of one person (`owners.py`). Shapes are bounded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bedside.guard.finders.owners import is_lesson, is_somebodys
from bedside.guard.reading import Reading

_GLUE = (
    r"(?:[ :#.,\"'(=\-]{0,3}(?i:no|nr|nos|num|number|numero|id|is|it's|was|are|reads?|says|ends?|ending|"
    r"starts?|begins|"
    r"in|with|of|the|your|you|her|his|our|my|under|for|on|at|card|file|last|four|4|digits|code|member|"
    r"group|policy|es|de|"
    r"el|la|su|termina|terminada|con|en|del|a|series|rx|left|that)\b){0,6}[ :#.,\"'(=\-]{0,4}"
)
# Pieces of digits and capitals, joined by single separators: 26-S-004418, W2084 55190, PJN 220418H.
_ID = (
    r"(?P<id>(?:[A-Z]{1,6}[ \-]?|[a-z]{1,3}-?)?\d[\dA-Za-z]{0,15}(?:[ \-/.]{1,2}\d[\dA-Za-z]{0,11}|"
    r"[\-/][A-Z]{1,12}\d{0,12}){0,5})"
    r"(?![\w%])(?!,\d)(?!\.\d)(?! ?(?i:percent|%|am\b|a\.m|pm\b|p\.m|people|patients|miles|steps|beds|"
    r"mg|ml|visits|nurses|cases|adults|tests|pages|tablets|hours|minutes|days|years))"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number is called, how many digits it has at least, whether a person must be spoken of, and whether the
    thing itself is worn by patients, so that no more must be said of care."""

    shape: re.Pattern[str]
    digits: int
    needs_owner: bool
    is_worn: bool = False


def _noun(nouns: str, digits: int, *, needs_owner: bool, is_worn: bool = False) -> Noun:
    return Noun(re.compile(r"\b(?i:" + nouns + r")(?![a-z])" + _GLUE + _ID), digits, needs_owner, is_worn)


RECORD_CUES = frozenset(
    [
        "subscribers",
        "subscribe",
        "mrn",
        "m",
        "mr",
        "med",
        "medrec",
        "medical",
        "record",
        "records",
        "chart",
        "charts",
        "enc",
        "encounter",
        "accession",
        "specimen",
        "sample",
        "patient",
        "pt",
        "wristband",
        "bracelet",
        "band",
        "wrist",
        "subject",
        "study",
        "registered",
        "csn",
        "har",
        "fin",
        "expediente",
        "exp",
        "historia",
        "registro",
        "brazalete",
        "folio",
        "paciente",
        "case",
        "order",
        "confirmation",
        "reference",
        "ref",
        "tray",
        "visitor",
        "badge",
        "sticker",
        "label",
        "invoice",
        "ticket",
        "account",
        "acct",
        "statement",
        "check",
        "bill",
        "billing",
        "claim",
        "claims",
        "guarantor",
        "authorization",
        "auth",
        "referral",
        "prescription",
        "rx",
        "run",
        "unit",
        "card",
        "member",
        "subscriber",
        "policy",
        "beneficiary",
        "insurance",
        "insured",
        "medicaid",
        "medicare",
        "plan",
        "enrollee",
        "group",
        "bin",
        "pcn",
        "rxbin",
        "rxgrp",
        "poliza",
        "afiliado",
        "afiliada",
        "afiliacion",
        "beneficiario",
        "seguro",
        "aetna",
        "anthem",
        "humana",
        "cigna",
        "bcbs",
        "blue",
        "kaiser",
        "united",
        "unitedhealthcare",
        "uhc",
        "molina",
        "ambetter",
        "tricare",
        "oscar",
        "wellcare",
        "caresource",
        "amerigroup",
        "hsa",
        "fsa",
        "medi",
        "cuenta",
        "factura",
        "reclamo",
        "reclamacion",
        "caso",
        "pedido",
        "orden",
        "under",
        "tarjeta",
        "tickets",
        "accounts",
        "invoices",
        "acta",
        "muestra",
        "estudio",
        "series",
    ]
)
RECORDS = (
    _noun(
        r"m\.?r\.?n\.?s?|mr ?#|med(?:ical)?[ .\-]?rec(?:ord)?s?|accession|specimen|wrist ?band|"
        r"hospital bracelet|"
        r"health record|hospital (?:id|number|no|#)|csn|visit series|patient (?:id|no|number|record|#)|"
        r"pt (?:id|#|no)|"
        r"expediente|historia clinica|registro medico|numero de (?:expediente|paciente|historia)|brazalete",
        3,
        needs_owner=False,
    ),
    _noun(r"patient|pt|charts?|encounter|enc", 4, needs_owner=False),
    _noun(
        r"member|subscribers?|enrollee|beneficiary|(?:hsa|fsa) card|medicaid|medicare|afiliad[oa]|"
        r"afiliacion|beneficiari[oa]|poliza|seguro|"
        r"(?:aetna|anthem|humana|cigna|bcbs|blue (?:cross|shield)|kaiser|united ?health(?:care)?|uhc|"
        r"molina|ambetter|"
        r"tricare|wellcare|caresource|amerigroup|insurance)(?: (?:id|member|policy|subscriber|number|no))+",
        4,
        needs_owner=False,
    ),
    _noun(r"accounts?|acct|a/c|claim|guarantor|cuenta|reclamo|reclamacion", 4, needs_owner=False),
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
        4,
        needs_owner=True,
    ),
    _noun(r"subject|plan ending|band", 3, needs_owner=True),
)
DEVICE_CUES = frozenset(
    [
        "serial",
        "s",
        "sn",
        "ser",
        "udi",
        "device",
        "implant",
        "serie",
        "lot",
        "lote",
        "ref",
        "transmitter",
        "sensor",
        "pump",
        "pacemaker",
        "aid",
        "brace",
        "plate",
        "plates",
        "placa",
        "placas",
        "matricula",
        "tag",
        "taxi",
        "cdl",
        "dl",
        "license",
        "licence",
        "licenses",
        "driver",
        "drivers",
        "driver's",
        "permit",
        "certificate",
        "birth",
        "passport",
        "licencia",
        "certificado",
        "vin",
        "unit",
    ]
)
DEVICES = (
    _noun(
        r"serial|s/n|sn|ser|udi|device (?:id|number|no)|implant (?:id|number|no)|numero de serie|serie|"
        r"lots?|lote|ref|"
        r"plates?|placas?|matricula|tag|taxi|cdl|dl|(?:driver'?s? |commercial )?licen[cs]e|"
        r"permit|certificate|passport|licencia(?: de (?:conducir|manejo))?|certificado",
        3,
        needs_owner=True,
    ),
    _noun(
        r"transmitter|sensor|insulin pump|pacemaker|hearing aid|implant|brace",
        3,
        needs_owner=True,
        is_worn=True,
    ),
)
PORTAL_CUES = frozenset(["user", "username", "usuario", "screen", "login", "log", "password", "contrasena"])
_PORTAL = re.compile(
    r"\b(?i:user ?name|user|usuario|screen name|login|log-in|password|contrasena)" + _GLUE + r"[\"']?"
    r"(?P<id>(?=[\w.\-]{0,30}[\d.\-])[A-Za-z][\w.\-]{4,30})"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d)?$")
_PHONE = re.compile(
    r"(?:1[ \-.])?\(?[2-9]\d\d\)?[ \-.]\d{3}[ \-.]\d{4}$|(?:1[ \-.]?)?8(?:00|88|77|66|55|44|33)[ \-.]"
)
# Lines of three digits, and telephone numbers as the neighbors dial them.
_SHORT_LINE = re.compile(r"(?:911|988|211|311|711)$|[2-9]\d\d-\d{4}$")
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?$")
_WORDLIKE = re.compile(
    r"^(?:in|on|at|of|by|to|for|and|or|the|is|was|since|covid|page|room|nov|dec|jan|feb|mar|apr|may|"
    r"june|july|aug|sept|oct|de|el|en)[ \-]",
    re.IGNORECASE,
)


_DIGITS = re.compile(r"\d[\dA-Za-z]*(?:[ \-/.]\d[\dA-Za-z]*)*")
_MANY = 6


def numbers(
    reading: Reading, text: str, nouns: tuple[Noun, ...], *, in_reply: bool
) -> Iterator[tuple[int, int]]:
    """Where one of the nouns stands with its number, and the number is somebody's."""
    for first, last in _windows(text):
        for noun in nouns:
            for found in noun.shape.finditer(text, first, last):
                if not _is_number(found["id"], noun, found[0]):
                    continue
                if noun.needs_owner:
                    is_meant = is_somebodys(reading, *found.span(), in_reply=in_reply or noun.is_worn)
                else:
                    is_meant = not is_lesson(reading, *found.span())
                if is_meant:
                    yield found.span()


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The pieces of the text around its longer numbers; all of it where there are many."""
    spans = [m.span() for m in _DIGITS.finditer(text) if not _is_common(m[0])]
    if len(spans) > _MANY:
        yield 0, len(text)
        return
    done = 0
    for start, end in spans:
        first, last = max(done, start - 80), min(len(text), end + 60)
        if first < last:
            yield first, last
        done = end


def _is_common(number: str) -> bool:
    """A year, a telephone number, a day, or too short to be anybody's."""
    if sum(map(str.isdigit, number)) < 2 or len(number) < 3:
        return True
    return bool(_YEARS.match(number) or _PHONE.match(number) or _DATE.match(number))


def portal_names(reading: Reading, text: str, *, in_reply: bool) -> Iterator[tuple[int, int]]:
    """Where somebody's name or password for the portal stands."""
    for found in _PORTAL.finditer(text):
        if is_somebodys(reading, *found.span(), in_reply=in_reply):
            yield found.span()


def _is_number(number: str, noun: Noun, found: str) -> bool:
    digits = sum(map(str.isdigit, number))
    if digits < noun.digits or _YEARS.match(number) or _PHONE.match(number) or _DATE.match(number):
        return False
    if noun.needs_owner and _SHORT_LINE.match(number):
        return False
    return not _WORDLIKE.match(number) and "$" not in found
