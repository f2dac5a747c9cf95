"""A person's own deeds: asking for a place, taking the one that is offered, giving it back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events import policies
from home.events.actions.line import demand, hall_of, locked, move, settle, tell
from home.events.enums import HOLDING, Attendance, PlaceState
from home.events.models import Desk, EventPage, Registration
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.thesaurus.models import Term


@deed
def register(
    *,
    viewer: Viewer,
    event: EventPage,
    desk: Desk,
    attendance: str,
    country: Term | None = None,
    answers: list[dict[str, str]] | None = None,
    needs: str = "",
    takes_at_once: bool = False,
    is_listed: bool = False,
) -> Registration:
    """Ask for a place. Asking twice leads to the place that is there.

    She has it at once where one is free and nobody who could have it waits before her; else she waits, or is
    refused where there is no waiting list. ``answers`` are pairs of ``question`` and ``answer``.
    """
    demand(viewer.is_member, _("Sign in to register."))
    desk = locked(desk)
    present = desk.registrations.live().of(viewer).first()
    if present:
        return present
    now = timezone.now()
    _refuse_if_closed(desk, now)
    if attendance not in policies.ways(event):
        raise Refused(_("One cannot take part in this way."), "attendance")
    settle(desk, now)
    row = Registration(
        desk=desk, person=viewer.user, number=desk.next_number, attendance=Attendance(attendance),
        country=country, answers=answers or [], needs=needs if desk.asks_needs else "",
        takes_at_once=takes_at_once, is_listed=is_listed, asked_at=now, state_since=now,
    )  # fmt: skip
    row.state = _first_state(desk, row, now)
    row.save()
    desk.next_number += 1
    desk.save(update_fields=["next_number"])
    tell([row])
    return row


def _refuse_if_closed(desk: Desk, now: Any) -> None:
    if desk.told_cancelled_at:
        raise Refused(_("This event is cancelled."))
    if desk.opens_at and now < desk.opens_at:
        raise Refused(_("Registration has not opened yet."))
    if not desk.is_open(now):
        raise Refused(_("Registration is closed."))


def _first_state(desk: Desk, row: Registration, now: Any) -> PlaceState:
    if desk.needs_approval:
        return PlaceState.ASKED
    if hall_of(desk, now).fits(row.region_id):
        return PlaceState.CONFIRMED
    if not desk.has_waiting_list:
        raise Refused(_("All places are taken, and there is no waiting list."))
    return PlaceState.WAITING


@deed
def amend(
    *,
    viewer: Viewer,
    event: EventPage,
    desk: Desk,
    attendance: str,
    answers: list[dict[str, str]],
    needs: str = "",
    takes_at_once: bool = False,
    is_listed: bool = False,
) -> Registration:
    """Say something else than before; number, state and country stay as they are."""
    desk = locked(desk)
    row = _own(viewer, desk)
    if attendance not in policies.ways(event):
        raise Refused(_("One cannot take part in this way."), "attendance")
    row.attendance, row.answers = Attendance(attendance), answers
    row.needs = needs if desk.asks_needs else ""
    row.takes_at_once, row.is_listed = takes_at_once, is_listed
    row.save(update_fields=["attendance", "answers", "needs", "takes_at_once", "is_listed"])
    return row


@deed
def take_offer(*, viewer: Viewer, desk: Desk) -> Registration:
    """Take the place that was offered, before the offer ends."""
    desk = locked(desk)
    now = timezone.now()
    settle(desk, now)
    row = _own(viewer, desk)
    if row.state == PlaceState.CONFIRMED:
        return row
    if row.state != PlaceState.OFFERED or desk.told_cancelled_at:
        raise Refused(_("No place is offered to you at the moment."))
    move([row], PlaceState.CONFIRMED, now)
    return row


@deed
def give_back(*, viewer: Viewer, desk: Desk) -> Registration:
    """Leave the line or give the place back; the next in line gets it in the same moment."""
    desk = locked(desk)
    row = _own(viewer, desk)
    now = timezone.now()
    if now >= desk.told_start and row.state in HOLDING:
        raise Refused(_("The event has begun."))
    move([row], PlaceState.CANCELLED, now)
    settle(desk, now)
    return row


def _own(viewer: Viewer, desk: Desk) -> Registration:
    row = desk.registrations.live().of(viewer).first()
    if row is None:
        raise Refused(_("You are not registered for this event."))
    return row
