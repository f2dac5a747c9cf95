"""How the outbox is doing, for those who run the network."""

from django.db.models import Min
from django.utils import timezone

from network.foundations.health import Unready
from network.outbox.models import Delivery

#: The timetable wakes the worker every minute; three of them without a delivery mean that nobody works.
MAX_LAG_SECONDS = 180


def lag() -> float:
    """For how many seconds the oldest delivery that is due has been waiting."""
    oldest = Delivery.objects.due().aggregate(oldest=Min("due_at"))["oldest"]
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def keeps_up() -> str:
    """The readiness probe."""
    waiting = lag()
    if waiting > MAX_LAG_SECONDS:
        raise Unready(f"deliveries have been waiting for {waiting:.0f} s: is the worker running?")
    return f"{waiting:.0f} s behind"


def owed() -> int:
    return Delivery.objects.owed().count()


def given_up() -> int:
    return Delivery.objects.given_up().count()


def queued_tasks() -> int:
    """What waits in the worker's own queue."""
    from django_q.brokers import get_broker

    return get_broker().queue_size()


def failed_tasks() -> int:
    from django_q.models import Failure

    return Failure.objects.count()
