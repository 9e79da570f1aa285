"""The verbs of this room: writing, submitting, planning in time, labelling, and doing many at once."""

from bedside.planning.actions.labels import (
    archive_campaign,
    create_campaign,
    edit_campaign,
    label_post,
)
from bedside.planning.actions.many import (
    Outcome,
    plan_many,
    shift_many,
    submit_many,
    tag_many,
    withdraw_many,
)
from bedside.planning.actions.scheduling import add_slot, plan_post, plan_variant, queue_post, remove_slot
from bedside.planning.actions.submitting import (
    agree_post,
    reopen_post,
    return_post,
    submit_post,
    withdraw_post,
)
from bedside.planning.actions.waiting import await_again
from bedside.planning.actions.writing import (
    ChangedMeanwhile,
    create_post,
    duplicate_post,
    exchange_picture,
    restore_version,
    save_post,
)

__all__ = [
    "ChangedMeanwhile",
    "Outcome",
    "add_slot",
    "agree_post",
    "archive_campaign",
    "await_again",
    "create_campaign",
    "create_post",
    "duplicate_post",
    "edit_campaign",
    "exchange_picture",
    "label_post",
    "plan_many",
    "plan_post",
    "plan_variant",
    "queue_post",
    "remove_slot",
    "reopen_post",
    "restore_version",
    "return_post",
    "save_post",
    "shift_many",
    "submit_many",
    "submit_post",
    "tag_many",
    "withdraw_many",
    "withdraw_post",
]
