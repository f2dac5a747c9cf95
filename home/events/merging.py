"""Two accounts of one person, at the desks of events."""

from typing import Any

from django.utils import timezone

from home.events.actions.line import locked, settle
from home.events.enums import HOLDING, PlaceState
from home.events.models import Registration
from network.accounts.merging import merging
from network.foundations.merging import Change, written


def close_registration(row: Any, kept: Any) -> list[Change]:
    """She asked twice: the better of the two places stays, the other one goes to those who wait."""
    desk, at = locked(row.desk), timezone.now()
    there = Registration.objects.live().get(desk=desk, person=kept)
    worse, better = (there, row) if row.state in HOLDING and there.state not in HOLDING else (row, there)
    worse.state, worse.state_since, worse.offer_until = PlaceState.CANCELLED, at, None
    better.person_id = kept.pk
    changes = written([worse, better])
    settle(desk, at)
    return changes


def register() -> None:
    merging.closers.register("events.Registration", close_registration)
