"""Who may do what at the registration desk of an event: by the viewer's keys, the page and the desk."""

from datetime import datetime

from communities.enums import MemberRole
from home.events.enums import HOLDING, Attendance, PlaceState, Shown
from home.events.models import Desk, EventPage, Registration, Stall
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def can_keep(viewer: Viewer, event: EventPage) -> bool:
    """Keep the desk: editors, and those who facilitate a community that hosts the event."""
    if viewer.has(f"role:{Role.EDITOR}"):
        return True
    facilitated = viewer.ids("community", MemberRole.FACILITATOR)
    return bool(facilitated) and event.hosts.filter(pk__in=facilitated).exists()


def can_begin(viewer: Viewer) -> bool:
    """Begin an event: editors."""
    return viewer.has(f"role:{Role.EDITOR}")


def can_register(viewer: Viewer, desk: Desk, at: datetime) -> bool:
    return viewer.is_member and desk.is_open(at)


def can_see_meeting(place: Registration | None, at: datetime) -> bool:
    """The address of the online meeting is for those who have a place, from a while before until the end."""
    if place is None or place.state != PlaceState.CONFIRMED or not place.desk.meeting_url:
        return False
    return place.desk.meeting_shown_at <= at < place.desk.told_end


def can_see_participants(viewer: Viewer, event: EventPage, place: Registration | None, desk: Desk) -> bool:
    if can_keep(viewer, event):
        return True
    return desk.shown_to == Shown.PARTICIPANTS and place is not None and place.state in HOLDING


def can_take_certificate(place: Registration, desk: Desk, at: datetime) -> bool:
    """Was there, by the list at the door, and the event is over."""
    was_there = place.state == PlaceState.CONFIRMED and place.checked_in_at is not None
    return was_there and at >= desk.told_end and not desk.told_cancelled_at


def ways(event: EventPage) -> list[Attendance]:
    """How one may take part: in one way, or in either where an event is held in both."""
    if event.attendance == Attendance.HYBRID:
        return [Attendance.ON_SITE, Attendance.ONLINE]
    return [Attendance(event.attendance)]


def is_of_stall(viewer: Viewer, stall: Stall) -> bool:
    """Its own people: officers of the organization, those who facilitate the community."""
    if not viewer.is_member:
        return False
    if stall.community_id and viewer.has(f"community:{stall.community_id}:{MemberRole.FACILITATOR}"):
        return True
    return stall.organization_id is not None and viewer.has(f"officer:{stall.organization_id}")


def can_keep_stall(viewer: Viewer, stall: Stall) -> bool:
    return viewer.has(f"role:{Role.EDITOR}") or is_of_stall(viewer, stall)


def can_ask(viewer: Viewer, stall: Stall, at: datetime) -> bool:
    """Whoever is signed in, until the fair is over."""
    return viewer.is_member and at < stall.fair.ends_at and not stall.fair.cancelled_at
