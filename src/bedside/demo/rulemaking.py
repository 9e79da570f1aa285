"""What does the clinic add to the guard? Its privacy officer writes rules, changes a weight, and reviews marks.

The rules hold from their day on for everything that the other stories write, as in a real clinic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bedside import guard
from bedside.demo.seasons import Planned
from bedside.demo.shelf import piece, words
from bedside.demo.stories import Stage, Story
from bedside.foundation import clock
from bedside.guard import Material, Verdict
from bedside.people.models import Member
from bedside.planning.actions import create_post
from bedside.planning.actions.submitting import judged_post
from bedside.planning.clearance import KIND
from bedside.planning.queries import whole_posts
from bedside.rules.actions import (
    accept_mark,
    ask_waiver,
    count_material,
    decide_waiver,
    mark_wrong,
    regrade_rule,
    reject_mark,
    save_own_rule,
)
from bedside.rules.facts import organization_facts
from bedside.rules.models import Mark
from bedside.rules.naming import shipped

BESIDE = ("hours_ago", "rule", "reason", "agree")
REVIEWED_AFTER = timedelta(hours=20)


@dataclass
class Rulemaking:
    """The privacy officer and her rules."""

    stage: Stage

    @property
    def officer(self) -> Member:
        return self.stage.cast.members["helen"]

    def write_rules(self) -> None:
        """The rules of the clinic's own, and the weight that differs from the product's."""
        organization = self.stage.cast.organization
        for entry in words("rules")["own"]:
            save_own_rule(organization, fields=entry, by=self.officer)
        for entry in words("rules")["regrades"]:
            rule = shipped()[entry["rule"]]
            regrade_rule(
                organization, rule=rule, weight=entry["weight"], reason=entry["reason"], by=self.officer
            )

    def tell(self) -> None:
        """Put the marks and what was asked for on the agenda."""
        now = clock.now()
        for entry in words("rules")["marks"]:
            self._at(now - timedelta(days=entry["days_ago"]), self.mark, entry)
        for number, entry in enumerate(words("rules")["asked"]):
            fields = {name: value for name, value in entry.items() if name not in BESIDE}
            planned = Planned(piece(fields, {}), now + timedelta(days=9 + number))
            asking = Asking(self.stage, planned, number, entry=entry)
            self._at(now - timedelta(hours=entry["hours_ago"]), asking.ask)

    def mark(self, entry: Mapping[str, Any]) -> None:
        """An author calls a finding wrong; a day later it is reviewed, or it still waits."""
        material = Material("post", entry["text"])
        verdict = self._judged(material)
        finding = next((found for found in verdict.findings if found.rule == entry["rule"]), None)
        if finding is None:
            return
        count_material(self.stage.cast.organization.pk, [(material, verdict)])
        by = self.stage.cast.members[entry["by"]]
        mark = mark_wrong(material, finding, kind=entry["kind"], reason=entry["reason"], by=by)
        if "review" in entry:
            self.stage.agenda.at(clock.now() + REVIEWED_AFTER, lambda: self.review(mark, entry))

    def review(self, mark: Mark, entry: Mapping[str, Any]) -> None:
        """The officer says who was right."""
        if entry["review"] == "accept":
            accept_mark(mark, by=self.officer, example=mark.example, answer=entry["answer"])
        else:
            reject_mark(mark, by=self.officer, answer=entry["answer"])

    def _judged(self, material: Material) -> Verdict:
        organization = self.stage.cast.organization
        facts, day = organization_facts(organization), clock.today(organization.time_zone)
        return guard.judge(material, organization=facts, on=day)

    def _at(self, moment: Any, deed: Any, *given: Any) -> None:
        self.stage.agenda.at(moment, lambda: deed(*given))


@dataclass
class Asking(Story):
    """A draft that the guard stops, and whose author asks that it passes all the same."""

    entry: Mapping[str, Any] | None = None

    def ask(self) -> None:
        """Write it and ask; where the officer agreed already, a second person is waited for."""
        entry = self.entry or {}
        self.post = create_post(by=self.author, content=self.content(self.piece.text))
        for judged in judged_post(whole_posts().get(pk=self.post.pk)):
            findings = [each for each in judged.verdict.findings if each.rule == entry["rule"]]
            if not findings:
                continue
            waiver = ask_waiver(
                judged.material,
                findings,
                subject=(KIND, self.post.pk),
                authors=[self.author],
                reason=entry["reason"],
                by=self.author,
            )
            if "agree" in entry:
                officer = self.stage.cast.members["helen"]
                decide_waiver(waiver, by=officer, says="agree", reason=entry["agree"])
