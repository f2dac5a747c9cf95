"""What the worker does by the clock is written down by every migrate."""

import pytest
from django_q.models import Schedule

from network.foundations import schedules

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_the_schedule_of_the_outbox():
    row = Schedule.objects.get(name="outbox")
    assert (row.func, row.minutes, row.repeats) == ("network.outbox.tasks.work_off", 1, -1)


def test_writing_again_keeps_when_a_task_runs_next():
    before = list(Schedule.objects.order_by("pk").values())
    schedules.write_after_migrate(using="default")
    assert list(Schedule.objects.order_by("pk").values()) == before


def test_a_schedule_that_nobody_registers_any_more_goes():
    Schedule.objects.create(name="gone", func="network.gone.tasks.run")
    schedules.write_after_migrate(using="default")
    assert not Schedule.objects.filter(name="gone").exists()
