"""The verbs of this room: write a rule, change a weight, let a finding pass, call a finding wrong, count."""

from bedside.rules.actions.counting import count_material
from bedside.rules.actions.marks import accept_mark, mark_wrong, reject_mark
from bedside.rules.actions.own_rules import archive_own_rule, restore_own_rule, save_own_rule
from bedside.rules.actions.regrades import end_regrade, regrade_rule
from bedside.rules.actions.waivers import ask_waiver, decide_waiver, withdraw_waiver

__all__ = [
    "accept_mark",
    "archive_own_rule",
    "ask_waiver",
    "count_material",
    "decide_waiver",
    "end_regrade",
    "mark_wrong",
    "regrade_rule",
    "reject_mark",
    "restore_own_rule",
    "save_own_rule",
    "withdraw_waiver",
]
