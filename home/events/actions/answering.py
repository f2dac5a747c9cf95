"""What those who keep the desk decide about one person: approval, a place taken away, who is here."""

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events import policies
from home.events.actions.line import demand, hall_of, locked, move, settle
from home.events.enums import LIVE, PlaceState
from home.events.models import Desk, EventPage, Registration
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


@deed
def approve(*, viewer: Viewer, event: EventPage, registration: Registration) -> Registration:
    """Let her in: she has a place, or waits by the number that she was given when she asked."""
    desk, row = _at_desk(viewer, event, registration)
    if row.state != PlaceState.ASKED:
        raise Refused(_("Somebody has decided this in the meantime."))
    now = timezone.now()
    settle(desk, now)
    fits = hall_of(desk, now).fits(row.region_id)
    if not fits and not desk.has_waiting_list:
        raise Refused(_("All places are taken, and there is no waiting list."))
    row.decided_by = viewer.user
    row.save(update_fields=["decided_by"])
    move([row], PlaceState.CONFIRMED if fits else PlaceState.WAITING, now)
    return row


@deed
def decline(*, viewer: Viewer, event: EventPage, registration: Registration, reason: str) -> Registration:
    """Decline a request that waits for approval."""
    _desk, row = _at_desk(viewer, event, registration)
    if row.state != PlaceState.ASKED:
        raise Refused(_("Somebody has decided this in the meantime."))
    return _turn_away(viewer, row, reason)


@deed
def dismiss(*, viewer: Viewer, event: EventPage, registration: Registration, reason: str) -> Registration:
    """Take her place or her number in the line away; the next in line is called."""
    desk, row = _at_desk(viewer, event, registration)
    if row.state not in LIVE:
        raise Refused(_("This person takes no part any more."))
    _turn_away(viewer, row, reason)
    settle(desk, timezone.now())
    return row


def _turn_away(viewer: Viewer, row: Registration, reason: str) -> Registration:
    if not reason.strip():
        raise Refused(_("Say in a sentence why, so that the person can understand it."), "reason")
    move([row], PlaceState.DECLINED, timezone.now(), reason=reason.strip(), decided_by=viewer.user)
    return row


@deed
def check_in(*, viewer: Viewer, event: EventPage, registration: Registration) -> Registration:
    """She is here. Saying it twice keeps the first hour."""
    _desk, row = _at_desk(viewer, event, registration)
    if row.state != PlaceState.CONFIRMED:
        raise Refused(_("This person has no place."))
    if row.checked_in_at is None:
        row.checked_in_at, row.checked_in_by = timezone.now(), viewer.user
        row.save(update_fields=["checked_in_at", "checked_in_by"])
    return row


@deed
def undo_check_in(*, viewer: Viewer, event: EventPage, registration: Registration) -> Registration:
    _desk, row = _at_desk(viewer, event, registration)
    row.checked_in_at = row.checked_in_by = None
    row.save(update_fields=["checked_in_at", "checked_in_by"])
    return row


def _at_desk(viewer: Viewer, event: EventPage, registration: Registration) -> tuple[Desk, Registration]:
    """The desk, locked, and the row as it stands now."""
    demand(policies.can_keep(viewer, event), _("This is for those who keep the event."))
    desk = locked(registration.desk)
    return desk, desk.registrations.select_related("country").get(pk=registration.pk)
