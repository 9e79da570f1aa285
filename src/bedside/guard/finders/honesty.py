"""Whether a text says where its numbers, its praise and its words come from."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bedside.guard.hits import Case, Hit
from bedside.guard.phrases import Pattern, pattern
from bedside.guard.reading import Reading
from bedside.guard.rulebook import Rule
from bedside.guard.signs import Signs
from bedside.guard.traits import MIXED_WORDS, PERCENT, SOURCES

_SHARES = (
    "(cuts?|lower*|reduce*|raise*|increase*|halve*|double*|triple*|prevent*|risk*|likely|deaths?|die*|"
    "survival|chance|adults?|people|americans|women|men|children|teens|kids|babies|patients|cases|"
    "effective*|have|has|suffer|live with|reduc*|aument*|disminuye*|riesgo|muertes|adultos|personas|mujeres"
    "|hombres|ninos) (\\w* ){0,8}(by )?(up to |nearly |about |almost |over |more than )?\\d+(\\.\\d+)? ?(%|"
    "percent|por ciento)"
    "|\\d+(\\.\\d+)? ?(%|percent|por ciento) (\\w* ){0,3}(of )?(\\w* ){0,3}(adults|people|americans|women|"
    "men|children|teens|kids|patients|cases|deaths|risk|lower|higher|less|more|effective|fewer|reduction|"
    "adultos|personas|mujeres|hombres|ninos|casos|muertes|riesgo)"
)
# What stands in every text that tells a share: the number may be written to its word.
SHARE_SIGNS = Signs(words=frozenset(("percent", "ciento")), traits=frozenset((PERCENT, MIXED_WORDS)))
OTHER_CLAIMS = (
    "((1|one|2|two|3|three|uno|una|dos) (in|out of|de cada|en) (every )?(\\d+|two|three|four|five|six|seven"
    "|eight|nine|ten|twenty|dos|tres|cuatro|cinco|diez) (\\w* ){0,2}(adults?|people|americans|women|men|"
    "children|teens|kids|babies|patients|adultos|personas|mujeres|hombres|ninos|\\w*)"
    "|(studies|study|research|evidence|science|data|experts|trials|doctors|scientists|estudios|"
    "investigaciones|la ciencia|los expertos|la evidencia) (\\w* ){0,2}(show*|prove*|find*|found|suggest*|"
    "confirm*|say*|agree*|demuestra*|muestra*|indica*|dicen|confirma*|prueba*|sugiere*)"
    "|(halves|doubles|triples) (the|your) (risk|chance*|odds))"
)
_CLAIMS = f"({_SHARES}|{OTHER_CLAIMS[1:]}"
HEALTH = (
    "({clinical}|{body}|health*|screening|deaths?|vaccin*|vacun*|walk*|exercise|sleep*|smok*|vap*|diet|prediabetes|"
    "obes*|salud|caminar|dormir|fumar|muert*|inmun*|vitamin*|weight|peso|aging)"
)
_SOURCED = (
    "(according to|per (the )?\\w*|source*|cdc|nih|who|fda|uspstf|american (heart|cancer|diabetes|academy|lung|"
    "medical|college)|journal|jama|nejm|lancet|bmj|cochrane|mayo|harvard|stanford|university|study (in|published)|"
    "published|survey by|census|health department|state data|reported by|data from|\\d\\d\\d\\d (study|report|"
    "survey|data)|segun|fuente*|oms|ops|publicad*|departamento de salud|universidad)"
)
_LINK = re.compile(r"https?://|www\.|\x03|\.(?:gov|org|edu)\b", re.IGNORECASE)


def unsourced(case: Case, rule: Rule) -> Iterator[Hit]:
    """Numbers and "studies show" about health without source, link or citation."""
    if case.material.sources or case.material.links:
        return
    claims, others, health, sourced = _source_patterns()
    for reading in case.readings:
        if not reading.is_prose:
            continue
        found = (claims if _may_tell_a_share(reading) else others).search(reading.marked)
        if found is None or _LINK.search(reading.plain.text):
            continue
        if health.search(reading.marked) and not sourced.search(reading.marked):
            yield Hit(reading.field, *reading.span(*found))


@lru_cache(maxsize=1)
def _source_patterns() -> tuple[Pattern, ...]:
    return tuple(pattern(each) for each in (_CLAIMS, OTHER_CLAIMS, HEALTH, _SOURCED))


def _may_tell_a_share(reading: Reading) -> bool:
    """Whether a sign of a share stands in the text. Its pattern skips so many words that it takes long to say no."""
    if not SHARE_SIGNS.traits.isdisjoint(reading.traits):
        return True
    return not reading.holds_none_of(SHARE_SIGNS.words)


CONNECTED = (
    "(gifted (us|me|by|to)|gift from|c\\/o|courtesy of|comped|for free from|free (stay|product|treatment|sample|"
    "tour|session|visit) (from|by|for review|in exchange)|thanks to \\w* for (sending|gifting|hosting|the "
    "free|hooking)|sent (us|me) (this|these|a free|their|some)|sponsored us|paid (us|me|partner)|in "
    "exchange for|our (friends|partners) at \\w* (sent|gave|gifted|hooked)|use (my |our |the )?(code|promo "
    "code|discount code)|promo code|affiliate|earn (a )?commission|swipe up to shop|ambassador|brand ambassador|brand"
    " partner|collab with|collaborat* with|teamed up with|partner(ed|ing)? with|in partnership with|"
    "influencer|blogger|vlogger|content creator|host(ed)? by \\w*|regalo de|nos regal*|cortesia de|"
    "patrocinad* de|codigo de descuento|usa (mi|el|nuestro) codigo|embajador*|influencer*|colaboracion con|"
    "en alianza con)"
)
CONNECTED_OR_TAGGED = (
    CONNECTED
    + "|(sp|spon|collab|partner|partners|thanks|thankyou|ambassador|gifted|pr|prgift|freebie|hosted|invite|colab)"
)
PRAISE = (
    "(love*|obsessed|amazing|best|incredible|awesome|game changer|recommend*|favorite|gorgeous|stunning|fabulous|"
    "life changing|must have|must try|so excited|excited|can't wait|wow|perfect|beautiful|fantastic|\\d+ ?% off|"
    "discount|off your|results|glow*|encant*|increible*|mejor|recomiend*|maravillos*|fabulos*|hermos*|genial)"
)
_MEEK_TAG = re.compile(
    r"#(?:sp|spon|collab|partner|partners|thanks|thankyou|ambassador|gifted|pr|prgift|freebie|hosted|"
    r"invite|colab|cortesia)\b",
    re.IGNORECASE,
)
_DISCLOSED = re.compile(
    r"^\W{0,6}(?:#?ad\b|#?advertisement|#?sponsored|#?paid\b|paid partnership|paid ad|"
    r"publicidad|anuncio|patrocinado|#?publi\b|advertising)|#ad\b(?!\w)",
    re.IGNORECASE,
)
_PUBLIC_PARTNER = (
    "(health (department|district|system)|county|city of|school*|university|library|ymca|red cross|united way|food "
    "bank|nonprofit|community|church*|police|fire department|state|cdc|medicaid|police|blood (bank|center)|"
    "government|foundation|coalition|departamento de salud|escuela*|biblioteca)"
)


def undisclosed(case: Case, rule: Rule) -> Iterator[Hit]:
    """Praise with a gift, a payment, a code or a weak tag, and no clear word of it at the beginning."""
    connected, praise, public = _endorsement_patterns()
    for reading in case.readings:
        opening = (reading.original[:40], reading.plain.text[1:40])
        if not reading.is_prose or any(map(_DISCLOSED.search, opening)):
            continue
        text = reading.original
        tag = _MEEK_TAG.search(text) if "#" in text else None
        found = connected.search(reading.marked)
        loved = praise.search(reading.marked)
        if tag and (loved or found):
            yield Hit(reading.field, tag.start(), tag.end())
        elif found and loved and not public.search(reading.marked):
            yield Hit(reading.field, *reading.span(*found))


@lru_cache(maxsize=1)
def _endorsement_patterns() -> tuple[Pattern, ...]:
    return tuple(pattern(each) for each in (CONNECTED, PRAISE, _PUBLIC_PARTNER))


TESTIMONIAL = (
    "(testimonial*|(grateful|happy|satisfied) (patient|client)s? (say|said|says|wrote|shares?|tell*)|patients? "
    "(love|rave|recommend)|changed my life|saved my life|testimonio*|pacientes? (content*|feliz|felices|"
    "agradecid*))"
)


def limited_testimonial(case: Case, rule: Rule) -> Iterator[Hit]:
    """Testimonials, which some states limit; where the state is known to be another, nothing is said."""
    state = case.organization.state.strip().lower()
    if state and state not in ("il", "illinois", "tx", "texas"):
        return
    for reading in case.readings:
        found = _testimonial().search(reading.marked) if reading.is_prose else None
        if found:
            yield Hit(reading.field, *reading.span(*found))


@lru_cache(maxsize=1)
def _testimonial() -> Pattern:
    return pattern(TESTIMONIAL)


_ABSTRACT = re.compile(
    r"\b(?:background|objective|introduction)\b.{5,900}?\bmethods?\b.{5,900}?\bresults?\b.{5,900}?\bconclusions?\b",
    re.IGNORECASE | re.DOTALL,
)
COPIED = Signs(words=frozenset(("conclusion", "conclusions")), traits=frozenset((SOURCES,)))
_RUN = 8
_SHARE = 0.3
_LEAST = 12


def copied(case: Case, rule: Rule) -> Iterator[Hit]:
    """Texts of which a third or more stands word for word in a given source, without quotation marks."""
    for reading in case.readings:
        if not reading.is_prose:
            continue
        if found := _ABSTRACT.search(reading.plain.text[:4000]):
            yield Hit(reading.field, *reading.plain.span(*found.span()))
        elif not any(mark in reading.original for mark in '"“«'):
            yield from _from_sources(reading, case.material.sources)


def _from_sources(reading: Reading, sources: tuple[str, ...]) -> Iterator[Hit]:
    words = reading.tokens.words
    if len(words) < _LEAST:
        return
    for source in sources:
        theirs = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", source.lower())
        runs = {tuple(theirs[at : at + _RUN]) for at in range(len(theirs) - _RUN + 1)}
        shared = [at for at in range(len(words) - _RUN + 1) if tuple(words[at : at + _RUN]) in runs]
        covered = {place for at in shared for place in range(at, at + _RUN)}
        if len(covered) / len(words) > _SHARE:
            first, last = reading.tokens.starts[min(covered)], reading.tokens.end(max(covered))
            yield Hit(reading.field, *reading.plain.span(first, last))
