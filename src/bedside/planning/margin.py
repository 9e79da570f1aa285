"""The guard's notes beside the words: each finding once, with where it stands and which control mends it.

Channels that share their wording share their findings; a note then names all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.translation import gettext as _

from bedside.guard import Finding, MediaFacts, Verdict
from bedside.library.models import Asset
from bedside.networks.models import Channel
from bedside.planning.content import Content
from bedside.planning.judgement import Judged, stops
from bedside.planning.links import link_id
from bedside.planning.material import media_of, said_by
from bedside.rules.noting import NoteAnswer, answers_for, waived_of
from bedside.rules.noting import place_of as name_of

_TONES = {"stops": "danger", "needs sign-off": "person", "advises": "info"}
FLASHES = ".flashes"  # what ends a field that is no text: where a film flashes
MOST_PASSAGES = 3  # of a film that are told in one line
_RANK = {"danger": 0, "person": 1, "info": 2}


@dataclass
class Note:
    """One finding for the margin. `control` is the id of the field that holds the words, if one does."""

    finding: Finding
    place: str
    control: str
    name: str  # by which forms say which finding is meant
    answer: NoteAnswer | None = None
    channels: list[str] = field(default_factory=list)
    also: list["Note"] = field(default_factory=list)
    twins: list["Note"] = field(default_factory=list)  # the same words found again, as the link that they are

    @property
    def wants_source(self) -> bool:
        """Whether a source would answer it: then the page leads to the field for sources."""
        return "missing-source" in self.finding.rule

    @property
    def tone(self) -> str:
        """How grave it is, for color and order."""
        return tone_of(self.finding)


def tone_of(finding: Finding) -> str:
    """How grave a finding is: "danger", "person" or "info"."""
    return "danger" if stops(finding) or finding.is_violation else _TONES[finding.weight]


def notes_of(
    judged: Iterable[Judged],
    content: Content,
    assets: Mapping[UUID, Asset],
    *,
    shared: Verdict | None = None,
) -> list[Note]:
    """All findings of all channels, the gravest first; the same one is told once, and a rule speaks once.

    `shared` is the verdict on a post that has no channel yet.
    """
    notes: dict[tuple[str, str, int, int], Note] = {}
    media = media_of(content, assets)
    found: list[tuple[Channel | None, Verdict]] = [(each.channel, each.verdict) for each in judged]
    for channel, verdict in [*found, *([(None, shared)] if shared else [])]:
        for finding in verdict.findings:
            control = control_of(finding.field, content, channel.pk if channel else None)
            where = control or f"{finding.field}:{finding.says}"
            key = (finding.rule, where, finding.start, finding.end)
            name = name_of(verdict, finding)
            note = notes.setdefault(key, Note(finding, _place(media, finding), control, name))
            if channel:
                note.channels.append(channel.name)
    told = sorted(notes.values(), key=lambda note: (_RANK[note.tone], note.control, note.finding.start))
    return _one_for_each_rule(_links_once(told))


def _place(media: Sequence[MediaFacts], finding: Finding) -> str:
    """Where a finding stands, in words; in a film with its second."""
    kind, number = _split(finding.field)
    facts = media[number] if number < len(media) else None
    if facts and kind == "picture_text" and (second := facts.second_at(finding.start)) is not None:
        return _("Words in film %(number)d, second %(second)s") % {
            "number": number + 1,
            "second": f"{second:g}",
        }
    if facts and finding.field.endswith(FLASHES):
        passages = _passages(facts.flashes)
        return _("Film %(number)d flashes: %(passages)s") % {"number": number + 1, "passages": passages}
    return place_of(finding.field)


def _passages(flashes: Sequence[tuple[float, float]]) -> str:
    told = [
        _("second %(start)s to %(end)s") % {"start": f"{start:g}", "end": f"{end:g}"}
        for start, end in flashes[:MOST_PASSAGES]
    ]
    return ", ".join(told) + (" …" if len(flashes) > MOST_PASSAGES else "")


def _links_once(notes: Sequence[Note]) -> list[Note]:
    """An address in the text is a link as well: what is found in both is told where the author can change it."""
    written = {(each.finding.rule, each.finding.says): each for each in notes if each.control}
    told: list[Note] = []
    for note in notes:
        kind, _number = _split(note.finding.field)
        is_address = kind == "links" and "." not in note.finding.field
        twin = (
            written.get((note.finding.rule, note.finding.says)) if is_address and note.finding.says else None
        )
        if twin:
            twin.twins.append(note)
        else:
            told.append(note)
    return told


def _one_for_each_rule(notes: Iterable[Note]) -> list[Note]:
    """Further places of the same rule stand behind the first, so that its reason is read once."""
    heads: dict[tuple[str, str], Note] = {}
    for note in notes:
        head = heads.setdefault((note.finding.rule, note.finding.why), note)
        if head is not note:
            head.also.append(note)
    return list(heads.values())


def verdicts_in(judged: Iterable[Judged], shared: Verdict | None = None) -> list[Verdict]:
    """What was found, channel by channel; for a post without a channel, in the words that all would share."""
    return [*(each.verdict for each in judged), *([shared] if shared else [])]


def answer_notes(organization_id: UUID, verdicts: Iterable[Verdict], notes: Iterable[Note]) -> None:
    """Put below each note what can be done about it."""
    answers = answers_for(organization_id, verdicts)
    for note in notes:
        answer = answers.get(note.name)
        places = [place for each in (note, *note.also) for place in (each, *each.twins)]
        names = " ".join(each.name for each in places)
        note.answer = replace(answer, place=names) if answer else None


def waived_in(verdicts: Iterable[Verdict]) -> list[tuple[str, Finding]]:
    """What was put aside or let pass: each rule's first finding, with the names by which forms say all of them."""
    found: dict[str, Verdict] = {verdict.fingerprint: verdict for verdict in verdicts}
    return [each for verdict in found.values() for each in waived_of(verdict)]


def marks_of(notes: Iterable[Note]) -> dict[str, list[tuple[int, int, str]]]:
    """What to underline in which control: start and end in code points, and the tone."""
    marks: dict[str, list[tuple[int, int, str]]] = {}
    for note in (each for head in notes for each in (head, *head.also)):
        if note.control and note.finding.end > note.finding.start:
            marks.setdefault(note.control, []).append((note.finding.start, note.finding.end, note.tone))
    return marks


def control_of(name: str, content: Content, channel: UUID | None) -> str:
    """The id of the composer's control for a field of the material; nothing where no control holds it."""
    own = content.wordings.get(channel) if channel else None
    kind, number = _split(name)
    if kind in ("text", "first_comment"):
        is_own = own is not None and getattr(own, kind) is not None
        return f"own-{channel}-{kind}" if is_own else kind
    if kind == "thread":
        return f"own-{channel}-thread-{number}" if own and own.thread is not None else f"thread-{number}"
    if kind == "links" and "." in name:
        links = said_by(content, channel).links
        return f"link-{link_id(links[number])}-{name.rpartition('.')[2]}" if number < len(links) else ""
    if kind == "alt_texts" and number < len(content.pictures):
        return f"alt-{content.pictures[number].asset}"
    return ""


def place_of(name: str) -> str:
    """Where a finding stands, in words."""
    kind, number = _split(name)
    if kind == "links" and "." in name:
        return _("In the card of a link")
    if name.endswith(FLASHES):
        return _("Flashes in film %d") % (number + 1)
    places = {
        "text": _("In the text"),
        "first_comment": _("In the first comment"),
        "thread": _("In part %d of the thread") % (number + 2),
        "alt_texts": _("Alt text of picture %d") % (number + 1),
        "captions": _("Captions of film %d") % (number + 1),
        "file_names": _("File name of picture %d") % (number + 1),
        "picture_text": _("Words in picture %d") % (number + 1),
        "codes": _("Code in picture %d") % (number + 1),
        "metadata": _("Hidden data of picture %d") % (number + 1),
        "links": _("In a link"),
        "media": _("Picture %d") % (number + 1),
    }
    return places.get(kind, _("In this post"))


def _split(name: str) -> tuple[str, int]:
    kind, _bracket, rest = name.partition("[")
    digits = rest.partition("]")[0]
    return kind, int(digits) if digits.isdecimal() else 0
