"""How is the demonstration built, and how does one get in? In one transaction: the whole clinic is there, or nothing.

Pictures are drawn before it begins. The practice network is told last, so that a failure leaves nothing there.
"""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bedside.audit.actions import recorded_together
from bedside.demo import channels, history, people, pictures, queue
from bedside.demo.agenda import Agenda
from bedside.demo.answering import Answering
from bedside.demo.departing import Departing
from bedside.demo.erasing import erase_mistakes
from bedside.demo.measuring import Measuring
from bedside.demo.people import PASSWORD, Cast
from bedside.demo.practice_side import PracticeSide, practice_running
from bedside.demo.rulemaking import Rulemaking
from bedside.demo.stories import Stage
from bedside.demo.tidying import date_notices
from bedside.demo.voices import Voices
from bedside.foundation import clock
from bedside.foundation.announce import heard_at_once
from bedside.foundation.work import without_jobs
from bedside.library.saved_replies import add_starter_set
from bedside.people.entrance import demo_members, demo_organization
from bedside.rules.facts import facts_remembered

HISTORY = timedelta(days=122)
SETTLING = timedelta(days=16)  # between founding and the first post


@dataclass(frozen=True)
class Login:
    """With what a visitor signs in, and as whom."""

    role: str
    name: str
    email: str
    password: str


def is_built() -> bool:
    """Whether the demonstration clinic is there."""
    return demo_organization() is not None


def open_demonstration() -> None:
    """Build the demonstration clinic, unless there is one."""
    if is_built():
        return
    drawn = dict(pictures.drawn())
    with ExitStack() as stack:
        practice = stack.enter_context(
            practice_running(settings.BEDSIDE_PRACTICE_URL, Path(settings.BEDSIDE_DATA))
        )
        stack.enter_context(_garbage_left_lying())
        stack.enter_context(transaction.atomic())
        stack.enter_context(heard_at_once())
        stack.enter_context(without_jobs())
        stack.enter_context(recorded_together())
        if demo_organization() is None:
            _build(practice, drawn)


def logins() -> list[Login]:
    """One login for each role, in the order in which people joined."""
    return [Login(member.role.name, member.name, member.user.email, PASSWORD) for member in demo_members()]


def _build(practice: PracticeSide, drawn: dict[str, bytes]) -> None:
    now = clock.now()
    founded_at = now - HISTORY - SETTLING
    agenda = Agenda()
    cast = people.found(agenda, founded_at)
    agenda.live(founded_at + timedelta(days=1))
    channels.connect(cast, practice, agenda, founded_at + timedelta(days=1))
    agenda.at(founded_at + timedelta(days=4), lambda: _furnish(cast, drawn, now.date()))
    agenda.live(founded_at + timedelta(days=5))
    stage = Stage(cast, agenda, Departing(cast, practice, now), now)
    rulemaking = Rulemaking(stage)
    agenda.at(founded_at + timedelta(days=6), rulemaking.write_rules)
    agenda.live(founded_at + timedelta(days=7))
    first = (now - HISTORY).date()
    planned = history.everything_planned(cast, first)
    past = [each for each in planned if each.at <= now]
    history.tell(stage, past)
    Measuring(stage).tell(HISTORY)
    Voices(stage, Answering(stage)).tell(past)
    rulemaking.tell()
    queue.tell(stage, [each for each in planned if each.at > now])
    with facts_remembered():
        agenda.live(now)
    stage.departing.finish()
    people.dress(cast, agenda, founded_at)
    date_notices(cast, agenda)
    practice.hand_over()
    erase_mistakes(cast)


@contextmanager
def _garbage_left_lying() -> Iterator[None]:
    """Nearly everything that is made here lives to the end; to look for garbage again and again is a tenth of it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _furnish(cast: Cast, drawn: dict[str, bytes], today: date) -> None:
    channels.add_slots(cast)
    channels.begin_campaigns(cast, today)
    for key, content in drawn.items():
        pictures.hang_up(cast, key, content)
    add_starter_set(cast.organization, by=cast.members["tom"])
