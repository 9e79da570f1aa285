"""What a rule is, and reading the rule files of `rules/<family>/<id>.yaml`.

A rule file is the one source of a rule: engine, tests, documentation and the "why?" on screen come from it.
How its phrases are understood is in `phrases.py`; which finder it names is looked up in `finders/`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from bedside.guard.material import LinkFacts, Material, MediaFacts, Surface
from bedside.guard.verdict import Override, SignOff, Weight
from bedside.guard.yaml_files import read_yaml

FOLDER = Path(__file__).parent / "rules"
Weighs = Literal["nothing", "phrases", "everything"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from, and the day somebody last read it there."""

    text: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to break a rule, in the phrase language; `unless` and `needs` look at the words around it. `is_sure`: the
    score has no say in it, even where it has in the rule's other phrases.
    """

    says: str
    language: str = "en"
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    surfaces: frozenset[Surface] = frozenset()
    weight: Weight | None = None
    sign_off: SignOff | None = None
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it forbids, why, what to say instead, who could let it pass, and how it is found.

    `weighs`: what of it also stands in harmless texts, so that a person is asked where the scorer says so: nothing,
    its phrases alone (its finder is sure), or everything.
    """

    id: str
    family: str
    title: str
    why: str
    instead: str
    weight: Weight
    sign_off: SignOff | None
    override: Override
    surfaces: frozenset[Surface]
    citations: tuple[Citation, ...]
    citation: str  # all of them in one line
    in_force_from: date | None
    in_force_until: date | None
    finder: str
    weighs: Weighs
    phrases: tuple[Phrase, ...]
    unless: tuple[str, ...]
    breaks: tuple[Material, ...]
    keeps: tuple[Material, ...]

    @property
    def is_weighed(self) -> bool:
        """Whether the score has a say in any finding of this rule."""
        return self.weighs != "nothing"

    def is_in_force(self, on: date) -> bool:
        """Whether the rule applies on that day (both ends count)."""
        return (self.in_force_from is None or self.in_force_from <= on) and (
            self.in_force_until is None or on <= self.in_force_until
        )


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules in the order of their ids, and a version that changes with any letter of any rule file."""

    rules: tuple[Rule, ...]
    version: str

    def rule(self, rule_id: str) -> Rule:
        """The rule with that id; KeyError with a sentence when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(f"There is no rule '{rule_id}'. `bedside guard rules` lists them all.")


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """The rules that ship with the product, read once."""
    files = sorted(FOLDER.glob("*/*.yaml"), key=lambda path: path.stem)
    contents = [path.read_bytes() for path in files]
    version = hashlib.sha256(b"\0".join(contents)).hexdigest()[:16]
    rules = tuple(_parse(path, content) for path, content in zip(files, contents, strict=True))
    return Rulebook(rules=rules, version=version)


class RuleFileError(ValueError):
    """A rule file says something that is not understood; the sentence names the file."""


def read_rule(path: Path) -> Rule:
    """One rule from its file; RuleFileError when it is not well formed."""
    return _parse(path, path.read_bytes())


def _parse(path: Path, content: bytes) -> Rule:
    words = read_yaml(content)
    try:
        if words["id"] != path.stem:
            raise RuleFileError(f"{path.name}: the id must be the file's name.")
        return _rule(words, family=path.parent.name)
    except (KeyError, TypeError, ValueError) as wrong:
        raise RuleFileError(f"{path.name}: {wrong}") from wrong


def _rule(words: Mapping[str, Any], *, family: str) -> Rule:
    surfaces: frozenset[Surface] = frozenset(_one_of(name, Surface) for name in words["surfaces"])
    first: Surface = words["surfaces"][0]
    return Rule(
        id=words["id"],
        family=family,
        title=words["title"],
        why=words["why"],
        instead=words["instead"],
        weight=_one_of(words["weight"], Weight),
        sign_off=_one_of(words["sign_off"], SignOff) if words.get("sign_off") else None,
        override=_one_of(words["override"], Override),
        surfaces=surfaces,
        citations=tuple(Citation(text=c["text"], read_on=c["read_on"]) for c in words["citations"]),
        citation="; ".join(c["text"] for c in words["citations"]),
        in_force_from=words.get("in_force_from"),
        in_force_until=words.get("in_force_until"),
        finder=words.get("finder", "phrases"),
        weighs=_weighs(words.get("weighed", False)),
        phrases=tuple(_phrases(words.get("phrases") or {})),
        unless=_texts(words.get("unless")),
        breaks=tuple(_example(example, first) for example in words["breaks"]),
        keeps=tuple(_example(example, first) for example in words["keeps"]),
    )


def _weighs(value: object) -> Weighs:
    """What `weighed` in a rule's file means: `true` for everything, or `phrases`."""
    if isinstance(value, bool):
        return "everything" if value else "nothing"
    phrases: Weighs = _one_of(str(value), Literal["phrases"])
    return phrases


def _one_of(value: str, choices: Any) -> Any:
    if value not in get_args(choices):
        raise ValueError(f"'{value}' is none of {', '.join(get_args(choices))}.")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    """Phrases, one a line, or a list of them."""
    if value is None:
        return ()
    return tuple(_lines(value)) if isinstance(value, str) else tuple(value)


def _lines(block: str) -> Iterable[str]:
    for line in block.splitlines():
        if line.strip() and not line.lstrip().startswith("# "):
            yield line.strip()


def _phrases(by_language: Mapping[str, str]) -> Iterable[Phrase]:
    for language, block in by_language.items():
        for line in _lines(block):
            yield _phrase(line, language)


def _phrase(line: str, language: str) -> Phrase:
    """`says ;; unless: ... ;; needs: ... ;; on: post, ad ;; weight: ... ;; sign_off: ... ;; weighed: no`."""
    says, *conditions = (part.strip() for part in line.split(";;"))
    says = says.removesuffix(" ...").removesuffix(" ..")
    told: dict[str, list[str]] = {
        name: [] for name in ("unless", "needs", "on", "weight", "sign_off", "weighed")
    }
    for condition in conditions:
        key, _, value = condition.partition(":")
        told[key.strip()].append(value.strip())
    surfaces = frozenset(_one_of(name.strip(), Surface) for names in told["on"] for name in names.split(","))
    return Phrase(
        says=says,
        language=language,
        unless=tuple(told["unless"]),
        needs=tuple(told["needs"]),
        surfaces=surfaces,
        weight=_one_of(told["weight"][0], Weight) if told["weight"] else None,
        sign_off=_one_of(told["sign_off"][0], SignOff) if told["sign_off"] else None,
        is_sure="no" in told["weighed"],
    )


def _example(example: Any, surface: Surface) -> Material:
    """An example is a text, or a mapping with the fields of the command's input lines and a few more."""
    if isinstance(example, str):
        return Material(surface=surface, text=example)
    return Material(
        surface=example.get("surface", surface),
        text=example.get("text", ""),
        first_comment=example.get("first_comment", ""),
        parent=example.get("parent", ""),
        media=tuple(_media(example)),
        links=tuple(LinkFacts(url=url) for url in example.get("links", ())),
        poll_options=tuple(example.get("poll_options", ())),
        sources=tuple(example.get("sources", ())),
    )


def _media(example: Mapping[str, Any]) -> Iterable[MediaFacts]:
    for alt_text in example.get("alt_texts", ()):
        yield MediaFacts(content_hash="", kind="image", alt_text=alt_text)
    for facts in example.get("media", ()):
        told = {name: _fixed(value) for name, value in facts.items()}
        yield MediaFacts(**{"content_hash": "", "kind": "image"} | told)


def _fixed(value: Any) -> Any:
    """A list of a rule file as the tuple that facts hold."""
    return tuple(map(_fixed, value)) if isinstance(value, list) else value
