"""What the words in a link tell: an illness or a program, and a person's name."""

import re
from functools import cache

from bedside.guard.lexicon import lexicon, listed

_ALLOWED_TOPICS = listed(
    "flu covid vaccine vaccines vaccination health wellness clinic care hospital shot shots er"
)
_JOINED_TOPICS = listed(
    "oncology oncologia chemo psych ivf prep hospice dialysis nicu rehab detox prenatal maternity bariatric std "
    "sti bpd bypass knees biopsy bx replacement aml embarazo"
)
_TOPIC_STEMS = tuple(
    listed(
        "diabet cancer hivpos depress addict pregnan oncolog psychiat infertil abort alzheim dementia bipolar"
    )
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")
ILLNESS = ("condition", "sensitive", "rx")
SENSITIVE = ("sensitive",)
TREATMENT = (*ILLNESS, "procedure")


def words_in(piece: str) -> list[str]:
    """The words in a piece of a link, also where a capital begins one."""
    return _WORD.findall(_HUMP.sub(" ", piece).lower())


@cache
def _marks(lists: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        mark for mark, names in lexicon().names_of_marks().items() if not set(names).isdisjoint(lists)
    )


def is_on_topic(words: list[str], lists: tuple[str, ...] = ILLNESS) -> bool:
    """Whether one of these lists has a word of a link, or a term that begins there."""
    known, marks = lexicon(), _marks(lists)
    for at, word in enumerate(words):
        if word in _ALLOWED_TOPICS:
            continue
        if known.single.get(word) in marks:
            return True
        for rest, mark in known.longer.get(word, ()):
            if mark in marks and tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                return True
    return any(word in _JOINED_TOPICS or word.startswith(_TOPIC_STEMS) for word in words)


def given_in(words: list[str]) -> bool:
    """Whether one of the words is nothing but somebody's name."""
    known = lexicon()
    return any(
        (word in known.first_names and word not in known.common and word not in known.ambiguous)
        or (word in known.last_names and word not in known.vocabulary)
        for word in words
        if len(word) > 2
    )


def names_person(value: str, *, in_full: bool = False) -> bool:
    """`jvance`, `jordan-vance`, `jordan.vance@...`: a person's name as a parameter."""
    known = lexicon()
    words = _WORD.findall(value.lower())
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


_INITIALED = re.compile(r"/(?:([a-z]{3,20})[\-_.][a-z]|[a-z][\-_.]([a-z]{3,20}))\d{0,4}(?=/|$)")


def names_by_initial(path: str) -> bool:
    """`/s/77120/gonzalez-r`: a family name with an initial as a piece of a path."""
    if "-" not in path and "_" not in path and "." not in path:
        return False
    known = lexicon()
    return any(
        (found[1] or found[2]) in known.last_names and (found[1] or found[2]) not in known.vocabulary
        for found in _INITIALED.finditer(path.lower())
    )


OWN_PEOPLE = re.compile(
    r"\b(?:dr|dra|md|do|np|rn|doctors?|providers?|physicians?|clinicians?|team|staff|speakers?|bio|"
    r"author|founder|foundation|hall|day|walk|"
    r"run|memorial|fund|awards?|scholar\w*|nurse|careers?|board|lecture|center|clinic|gift|donor|"
    r"volunteers?|museum)\b"
)


def tells_somebodys_story(path: str) -> bool:
    """Whether a page's address names a person and an illness or an operation."""
    words = words_in(path)
    if not is_on_topic(words, TREATMENT):
        return False
    said = " ".join(words)
    if OWN_PEOPLE.search(said):
        return False
    return ("-" in path and bool(_TITLED.search(said))) or names_person(path, in_full=True)


_TITLED = re.compile(r"\b(?:mr|mrs|ms|sr|sra) [a-z]{3,}")
