"""Counting how often rules fire: once for each material that somebody hands in, never for each keystroke."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from bedside.foundation import clock
from bedside.guard import Material, Verdict
from bedside.rules.grading import RANK
from bedside.rules.models import CountedMaterial, Firing


def count_material(organization_id: UUID, judged: Iterable[tuple[Material, Verdict]]) -> None:
    """Count these materials, unless they were before; findings that were waived fired all the same.

    No action: nobody did anything that is not recorded elsewhere, and no word of the material is kept.
    """
    fresh = {verdict.fingerprint: (material, verdict) for material, verdict in judged}
    known = CountedMaterial.objects.filter(organization_id=organization_id, fingerprint__in=list(fresh))
    for fingerprint in known.values_list("fingerprint", flat=True):
        del fresh[fingerprint]
    if not fresh:
        return
    with transaction.atomic():
        made = [
            CountedMaterial(
                organization_id=organization_id,
                fingerprint=fingerprint,
                surface=material.surface,
                counted_at=clock.now(),
            )
            for fingerprint, (material, _verdict) in fresh.items()
        ]
        CountedMaterial.objects.bulk_create(made, ignore_conflicts=True)
        # Whoever came first has the row; the other one's firings would hang on nothing.
        ids = {each.pk for each in made}
        mine = set(CountedMaterial.objects.filter(pk__in=ids).values_list("pk", flat=True))
        Firing.objects.bulk_create(
            firing for row in made if row.pk in mine for firing in _firings(row, fresh[row.fingerprint][1])
        )


def _firings(row: CountedMaterial, verdict: Verdict) -> list[Firing]:
    found = (*verdict.findings, *verdict.waived)
    places = Counter(finding.rule for finding in found)
    weights: dict[str, str] = {}
    for finding in found:
        weights[finding.rule] = max(
            weights.get(finding.rule, "advises"), finding.weight, key=RANK.__getitem__
        )
    return [Firing(material=row, rule=rule, weight=weights[rule], places=n) for rule, n in places.items()]
