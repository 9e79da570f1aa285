"""What a live authorization changes: findings about the person who signed it become a matter of approval.

Nothing becomes invisible: a covered finding stays, for a privacy officer to sign, but it no longer blocks.
What can never be overridden, and every rule that is not about patients, stays as it is.
"""

from collections.abc import Iterable
from dataclasses import replace

from bedside.guard.hits import Case
from bedside.guard.material import Consent
from bedside.guard.normalize import plain
from bedside.guard.tokens import Tokens
from bedside.guard.verdict import Finding

_OF_PATIENTS = ("phi-", "image-", "auth-", "testimonial")


def covered(findings: Iterable[Finding], case: Case, consents: Iterable[Consent]) -> list[Finding]:
    """The findings with those softened that the authorizations cover.

    An authorization speaks for its person alone, so it covers a material only if nobody else is named there.
    """
    names = [frozenset(Tokens(plain(consent.person).text).words) for consent in consents]
    if not names or not _names_only(case, names):
        return list(findings)
    return [_softened(each) if _is_of_patients(each) else each for each in findings]


def _names_only(case: Case, names: list[frozenset[str]]) -> bool:
    for reading in case.readings:
        for person in reading.people:
            if person.kind in ("known_person", "maybe_person"):
                continue
            said = {
                word.removesuffix("'s")
                for word in Tokens(reading.plain.text[person.start : person.end]).words
            }
            if not any(said <= name for name in names):
                return False
    return True


def _is_of_patients(found: Finding) -> bool:
    return found.rule.startswith(_OF_PATIENTS) and found.override != "never"


def _softened(found: Finding) -> Finding:
    return replace(found, weight="needs sign-off", sign_off="privacy", override="approver-with-reason")
