"""Something to send: a subject with memory, as a room above would register one."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from bedside.networks.contract import Outgoing
from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.publishing.subjects import Standing, Wanted

KIND = "note"


@dataclass
class Note:
    """Words that may be changed and signed; only signed words are clear."""

    text: str
    thread: tuple[str, ...] = ()
    signed: str = ""
    revision: int = 1

    @property
    def fingerprint(self) -> str:
        whole = "\n".join((self.text, *self.thread))
        return "sha256:" + hashlib.sha256(whole.encode()).hexdigest()


@dataclass
class Notes:
    """All notes by id, answering the last gate."""

    power: str = Power.PUBLISH
    notes: dict[UUID, Note] = field(default_factory=dict)
    authors: list[Member] = field(default_factory=list)

    def write(self, text: str, *thread: str, sign: bool = True) -> UUID:
        """A new note; signed unless told otherwise."""
        note_id = uuid4()
        self.notes[note_id] = Note(text, tuple(thread))
        if sign:
            self.sign(note_id)
        return note_id

    def edit(self, note_id: UUID, text: str) -> None:
        self.notes[note_id].text = text
        self.notes[note_id].revision += 1

    def sign(self, note_id: UUID) -> None:
        self.notes[note_id].signed = self.notes[note_id].fingerprint
        self.notes[note_id].revision += 1

    def standings(self, wanted: Sequence[Wanted]) -> Mapping[UUID, Standing]:
        return {
            w.subject_id: self._standing(self.notes[w.subject_id])
            for w in wanted
            if w.subject_id in self.notes
        }

    def _standing(self, note: Note) -> Standing:
        is_clear = note.signed == note.fingerprint
        return Standing(
            fingerprint=note.fingerprint,
            outgoing=Outgoing(text=note.text, thread=note.thread),
            is_clear=is_clear,
            code="" if is_clear else "not_signed",
            sentence="" if is_clear else "Nobody signed these words.",
            mark=str(note.revision),
        )

    def marks(self, subject_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        return {each: str(self.notes[each].revision) for each in subject_ids if each in self.notes}

    def owners(self, subject_id: UUID) -> Sequence[Member]:
        return self.authors

    def url(self, subject_id: UUID) -> str:
        return f"/notes/{subject_id}"

    def family(self, subject_id: UUID) -> Sequence[UUID]:
        return [subject_id]
