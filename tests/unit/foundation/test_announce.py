"""News reaches each listener, one by one or together, and no listener's fault keeps the others from hearing."""

from dataclasses import dataclass

from bedside.foundation.announce import announce_many, heard_at_once, when, when_many


@dataclass(frozen=True)
class Rang:
    number: int


@dataclass(frozen=True)
class Knocked:
    number: int


def test_news_that_come_together_are_heard_one_by_one_or_together_in_their_order():
    heard, gathered = [], []
    when(Rang, heard.append)
    when_many(Rang, gathered.append)
    with heard_at_once():
        announce_many([Rang(1), Knocked(2), Rang(3)])
    assert heard == [Rang(1), Rang(3)]
    assert gathered == [[Rang(1), Rang(3)]]


def test_a_listeners_fault_does_not_keep_others_from_hearing():
    heard = []

    def stumble(news: object) -> None:
        raise RuntimeError("a fault of one listener")

    when(Knocked, stumble)
    when_many(Knocked, stumble)
    when_many(Knocked, heard.append)
    with heard_at_once():
        announce_many([Knocked(1)])
    assert heard == [[Knocked(1)]]
