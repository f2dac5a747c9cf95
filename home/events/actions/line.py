"""The line at a desk: whoever changes who has a place holds the desk's lock and calls ``settle``."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied

from home.events.enums import PlaceState
from home.events.hall import Hall, next_in_line
from home.events.models import Desk, Registration
from network.outbox.actions import announce_each

#: The kind of entry that tells that somebody's place at an event is another one now.
MOVED = "events.place_moved"


def demand(allowed: bool, sentence: str = "") -> None:
    """Stop with 403 and a sentence unless ``allowed``."""
    if not allowed:
        raise PermissionDenied(sentence)


def locked(desk: Desk) -> Desk:
    """The desk's row, locked until the transaction ends: people come one after another."""
    return Desk.objects.select_for_update().get(pk=desk.pk)


def hall_of(desk: Desk, at: datetime) -> Hall:
    """The places as they are given out at this instant."""
    quotas = dict(desk.quotas.values_list("region", "places")) if desk.quotas_hold(at) else {}
    held = desk.registrations.holding().values_list("country__parent", flat=True)
    return Hall(desk.capacity, quotas, held)


def move(rows: list[Registration], state: PlaceState, at: datetime, **more: object) -> None:
    """Write where these people stand now, and that each is to be told."""
    changes = {"state": state, "state_since": at, "offer_until": None, **more}
    for row in rows:
        for name, value in changes.items():
            setattr(row, name, value)
    Registration.objects.bulk_update(rows, list(changes))
    tell(rows)


def tell(rows: list[Registration]) -> None:
    told = {f"registration:{row.pk}": {"registration": row.pk, "state": row.state} for row in rows}
    announce_each(MOVED, told)


def settle(desk: Desk, at: datetime) -> None:
    """Take back offers that nobody answered, and give what is free to those who wait, in their order.

    An offer ends with the event's beginning at the latest. Whoever said so takes her place without being
    asked again.
    """
    lapsed = list(desk.registrations.filter(state=PlaceState.OFFERED, offer_until__lte=at))
    if lapsed:
        move(lapsed, PlaceState.LAPSED, at)
    if at >= desk.told_start or desk.told_cancelled_at:
        return
    line = {
        row.number: row for row in desk.registrations.waiting().select_related("country").order_by("number")
    }
    called = next_in_line(hall_of(desk, at), [(number, row.region_id) for number, row in line.items()])
    until = min(at + timedelta(hours=desk.offer_hours), desk.told_start)
    ready = [line[number] for number in called if line[number].takes_at_once]
    asked = [line[number] for number in called if not line[number].takes_at_once]
    if ready:
        move(ready, PlaceState.CONFIRMED, at)
    if asked:
        move(asked, PlaceState.OFFERED, at, offer_until=until)
