"""May this variant leave, as it stands, today? Asked by the last gate for every delivery, and by the screens.

Clear means: the post is agreed; every picture was looked at; today's rules find nothing that stops; and for
exactly this fingerprint there are living signatures for every need that today's rules name, or the recorded
clearance of a solo practice in material in which the guard finds nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from bedside import guard
from bedside.approvals.queries import signatures_many
from bedside.foundation import clock
from bedside.guard import Material, Verdict
from bedside.planning.judgement import stops
from bedside.planning.material import materials_for
from bedside.planning.models import Post, SoloClearance, Variant
from bedside.rules.facts import organization_facts
from bedside.rules.waiving import waived_verdicts

KIND = "post"  # the subject of approvals; deliveries are about its variants


@dataclass(frozen=True)
class Clearance:
    """Whether one variant may leave, and if not why, as a code for programs and a sentence for people."""

    is_clear: bool
    code: str
    sentence: str
    verdict: Verdict
    fingerprint: str


def clearance_of(variant: Variant, on: date | None = None) -> Clearance:
    """Whether this variant may leave under the rules in force on that day (today in the organization's zone)."""
    return clearances_of([variant], on)[variant.pk]


def clearances_of(
    variants: Iterable[Variant], on: date | None = None, materials: Mapping[UUID, Material] | None = None
) -> dict[UUID, Clearance]:
    """`clearance_of` for many variants, by id, with a few queries in all.

    Prefetch as `queries.variants_with_material` does; `materials` may be passed when they were made already.
    """
    asked = list(variants)
    made = materials_for(asked) if materials is None else materials
    signatures = signatures_many({(KIND, v.post_id) for v in asked})
    solo = _solo_clearances(asked)
    verdicts = _verdicts(asked, made, on)
    found = {}
    for variant in asked:
        verdict = verdicts[variant.pk]
        signed = signatures[(KIND, variant.post_id)].get(verdict.fingerprint)
        may_be_alone = variant.post.organization.allows_solo_clearance
        is_solo = may_be_alone and (variant.pk, verdict.fingerprint) in solo
        found[variant.pk] = _decide(variant.post, made[variant.pk], verdict, signed, is_solo)
    return found


def _verdicts(
    variants: Iterable[Variant], materials: Mapping[UUID, Material], on: date | None
) -> dict[UUID, Verdict]:
    """What the guard says of each variant under its organization's rules, without what was let pass."""
    by_organization: dict[UUID, list[Variant]] = defaultdict(list)
    for variant in variants:
        by_organization[variant.post.organization_id].append(variant)
    found: dict[UUID, Verdict] = {}
    for organization_id, of_it in by_organization.items():
        organization = of_it[0].post.organization
        facts, day = organization_facts(organization), on or clock.today(organization.time_zone)
        judged = [guard.judge(materials[v.pk], organization=facts, on=day) for v in of_it]
        left = waived_verdicts(organization_id, judged)
        found |= {v.pk: left[verdict.fingerprint] for v, verdict in zip(of_it, judged, strict=True)}
    return found


def _decide(
    post: Post, material: Material, verdict: Verdict, signed: frozenset[str] | None, is_solo: bool
) -> Clearance:
    def no(code: str, sentence: str) -> Clearance:
        return Clearance(False, code, sentence, verdict, verdict.fingerprint)

    if post.state != Post.State.AGREED:
        return no("not_agreed", _("The post is not agreed. Submit it and have it signed first."))
    if not all(media.is_judged for media in material.media):
        return no(
            "not_looked_at", _("A picture is still being looked at. It takes a moment; then try again.")
        )
    if any(stops(finding) for finding in verdict.findings):
        return no(
            "guard_stops",
            _(
                "Under today's rules the guard stops this. Open the post, mend what it underlines, submit again."
            ),
        )
    if is_solo and verdict.decision == "allow" and not verdict.sign_offs:
        return Clearance(True, "", "", verdict, verdict.fingerprint)
    if signed is None:
        return no(
            "not_signed", _("No living signature covers exactly these words and pictures. Submit it again.")
        )
    if missing := verdict.sign_offs - signed:
        return no(
            "signature_missing",
            _("Today's rules ask for a further signature (%(which)s). Submit it again.")
            % {"which": ", ".join(sorted(missing))},
        )
    return Clearance(True, "", "", verdict, verdict.fingerprint)


def _solo_clearances(variants: list[Variant]) -> set[tuple[UUID, str]]:
    able = [v.pk for v in variants if v.post.organization.allows_solo_clearance]
    if not able:
        return set()
    given = SoloClearance.objects.filter(subject_kind="variant", subject_id__in=able)
    return set(given.values_list("subject_id", "fingerprint"))
