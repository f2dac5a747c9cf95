"""What the worker does by the clock: rooms say it in ``ready()``, every migrate writes it down."""

from dataclasses import dataclass
from typing import Any

from django.db import router

from network.foundations.registry import Registry


@dataclass(frozen=True)
class Timetable:
    """``task`` is a dotted path, called by the worker every ``minutes``."""

    task: str
    minutes: int = 1


schedules: Registry[Timetable] = Registry("schedules")


def write_after_migrate(using: str, **kwargs: Any) -> None:
    """One row for each timetable, and none for one that is gone; when it runs next stays as it was."""
    from django_q.models import Schedule

    if not router.allow_migrate_model(using, Schedule):
        return
    rows = Schedule.objects.using(using)
    rows.exclude(name__in=schedules.names()).delete()
    for name, timetable in schedules.items():
        rows.update_or_create(
            name=name,
            defaults={
                "func": timetable.task,
                "schedule_type": Schedule.MINUTES,
                "minutes": timetable.minutes,
                "repeats": -1,
            },
        )
