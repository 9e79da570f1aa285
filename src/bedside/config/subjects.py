"""What can be delivered, and who answers for it: the rooms' own answers in the form publishing asks for."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from bedside.people.models import Member
from bedside.people.powers import Power
from bedside.planning import standing
from bedside.publishing.subjects import Standing, Wanted


class VariantSubject:
    """A variant of a post, answered for by planning."""

    power: str = Power.PUBLISH

    def standings(self, wanted: Sequence[Wanted]) -> Mapping[UUID, Standing]:
        found = standing.standings(w.subject_id for w in wanted)
        return {
            key: Standing(
                fingerprint=s.fingerprint,
                outgoing=s.outgoing,
                is_clear=s.is_clear,
                code=s.code,
                sentence=s.sentence,
                mark=s.mark,
            )
            for key, s in found.items()
        }

    def marks(self, subject_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        return standing.marks(subject_ids)

    def owners(self, subject_id: UUID) -> Sequence[Member]:
        return standing.owners(subject_id)

    def url(self, subject_id: UUID) -> str:
        return standing.url(subject_id)

    def family(self, subject_id: UUID) -> Sequence[UUID]:
        return standing.family(subject_id)
