"""Reading the labelled items: as materials, with the organization each belongs to, and the rule that each breaks."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from bedside.guard import Material, OrganizationFacts, rules
from bedside.guard.material import LinkFacts, MediaFacts

HERE = Path(__file__).parent
NOBODY = OrganizationFacts()

# The kinds of violations that the items tell (`expects`), by the rule that speaks of them.
RULES = {
    "reply-confirms-patient-relationship": "patient_acknowledged policy_reply_confirms see_you_next follow_up_contact "
    "congratulates_care apology_admits_care bill_appointment thanks_confirms confirms apology appointment",
    "reply-denies-patient-relationship": "denial",
    "reply-discusses-care-details": "care_details billing_details",
    "reply-repeats-author-phi": "echo echo_parent",
    "reply-reveals-real-name": "reveals_real_name",
    "reply-solicits-phi-publicly": "solicits_phi solicits_link dm_identifiers",
    "reply-individual-medical-advice": "personal_advice dosing",
    "reply-hostile-or-retaliatory": "hostile",
    "phi-relative-employer-household": "third_party relatives_of_person relative household employer_of_person",
    "phi-name-with-health-context": "name_with_care donor_with_illness fundraiser_for_patient employee_as_patient "
    "identifier_handle",
    "phi-anonymised-anecdote": "anonymised_anecdote clinician_case patient_singled_out",
    "phi-sensitive-programme": "sensitive_programme",
    "phi-minor-patient": "minor_patient",
    "phi-newsworthy-patient": "newsworthy_patient",
    "phi-deceased-patient": "deceased_patient",
    "phi-small-cell-combination": "rare_combination identifier_zip_age",
    "phi-unique-characteristic": "unique_characteristic identifier_trait identifier_biometric",
    "phi-record-plan-account-number": "identifier identifier_record identifier_account identifier_plan mixed",
    "phi-contact-details": "identifier_phone identifier_email identifier_fax identifier_address",
    "phi-ssn-pattern": "identifier_ssn",
    "phi-licence-vehicle-device-id": "identifier_license identifier_plate identifier_device identifier_vin",
    "phi-date-tied-to-individual": "identifier_admission_date identifier_dob date_tied_to_individual",
    "phi-geo-below-state": "geo_below_state room_number identifier_room",
    "phi-age-over-89": "age_over_89",
    "phi-patient-url-or-ip": "identifier_portal_link identifier_ip",
    "phi-in-hidden-fields": "hidden_field identifier_hidden_file",
    "safe-emergency-direction": "emergency_wrong",
    "safe-suicide-language": "suicide_unsafe stigma",
    "safe-crisis-resource-required": "crisis_line_missing",
    "claim-contradicts-authority": "false_health_claim",
    "claim-cure-or-guarantee": "guarantee cure_claim absolutes miracle_claim weight_loss_promise "
    "implied_claim profile_claim",
    "claim-unsubstantiated-health": "iv_drip statistics_fake quiz",
    "claim-superiority": "superiority_false superlative",
    "claim-drug-device-benefit-without-risk": "rx_promotion prescription_promo",
    "claim-off-label-or-compounded": "off_label_compounded off_label stem_cells",
    "claim-atypical-testimonial": "testimonial atypical_testimonial testimonial_named",
    "image-clinical-or-before-after": "before_after",
    "ad-sensitive-targeting-or-attribute": "condition_targeting",
    "conduct-politics-religion": "politics religion",
    "conduct-defamation": "defamation",
    "review-incentive-for-sentiment": "review_incentive incentive review_swap",
    "review-suppression": "review_suppression",
    "review-gating": "review_gating",
    "review-fake-or-generated": "fake_review",
    "endorse-material-connection": "undisclosed_endorsement endorsement_employee",
    "track-health-inference-in-parameters": "tracking_link condition_in_link",
    "track-custom-audience-upload": "custom_audience",
    "auth-coerced-or-conditioned": "coerced_authorization policy_violation",
}
_RULE_OF = {kind: rule for rule, kinds in RULES.items() for kind in kinds.split()}


def rule_of(item: dict[str, Any]) -> str | None:
    """The rule that a violating item breaks, where it tells one: by its kind of violation or by the rule's own name."""
    expects = item["expects"]
    if item["label"] != "violating":
        return None
    return _RULE_OF.get(expects) or (expects if expects in {rule.id for rule in rules()} else None)


def read_items(*names: str) -> Iterator[dict[str, Any]]:
    """The items of these files (patterns of names in this folder), in order."""
    for name in names:
        for path in sorted(HERE.glob(name)):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line.strip():
                    yield json.loads(line)


def material_of(item: dict[str, Any]) -> Material:
    """An item as the guard gets it."""
    return Material(
        surface=item["surface"],
        text=item["text"],
        parent=item.get("parent") or "",
        media=tuple(
            MediaFacts(content_hash="", kind="image", alt_text=each) for each in item.get("alt_texts") or ()
        ),
        links=tuple(LinkFacts(url=each) for each in item.get("links") or ()),
    )


def organization_of(item: dict[str, Any]) -> OrganizationFacts:
    """The directory that applies to an item, if it names one."""
    return _organizations()[item["org"]] if item.get("org") else NOBODY


@lru_cache(maxsize=1)
def _organizations() -> dict[str, OrganizationFacts]:
    paths = (HERE / "orgs").glob("*.json")
    return {
        path.stem: OrganizationFacts.from_json(json.loads(path.read_text(encoding="utf-8"))) for path in paths
    }
