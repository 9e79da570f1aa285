"""What the floor itself remembers: when recurring work ran last."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from bedside.foundation import clock


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def claim(self, name: str, seconds: float) -> bool:
        """Take the turn for `name` if it is due; false when another worker has it or it is not yet time."""
        now: datetime = clock.now()
        self.get_or_create(name=name, defaults={"next_at": now})
        taken = self.filter(Q(name=name), next_at__lte=now).update(next_at=now + timedelta(seconds=seconds))
        return taken == 1


class Schedule(models.Model):
    """One row for each recurring piece of work; whoever moves `next_at` forward has the turn."""

    name = models.CharField(max_length=200, primary_key=True)
    next_at = models.DateTimeField()

    objects = ScheduleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}, next at {self.next_at:%Y-%m-%d %H:%M:%S}"


class Heartbeat(models.Model):
    """A sign of life of one process, so that the doctor and the health page can say who is missing."""

    process = models.CharField(max_length=100, primary_key=True)
    kind = models.CharField(max_length=20)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.process}"
