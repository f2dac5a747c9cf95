"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from home.events.actions.line import locked, settle
from home.events.models import Desk, EventPage, Registration, StallHour, VisitorQuestion
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    rows = Registration.objects.filter(person=person).select_related("desk", "country").order_by("asked_at")
    keys = {row.desk.event for row in rows}
    titles = dict(EventPage.objects.filter(translation_key__in=keys).values_list("translation_key", "title"))
    return {
        _("Events"): [
            {
                _("Event"): titles.get(row.desk.event, ""),
                _("Asked"): row.asked_at,
                _("Number in the order"): row.number,
                _("State"): row.get_state_display(),
                _("Since"): row.state_since,
                _("Attendance"): row.get_attendance_display(),
                _("Country"): str(row.country or ""),
                _("Answers"): [f"{one['question']} {one['answer']}" for one in row.answers],
                _("What you need to take part"): row.needs,
                _("Shown to others who have a place"): row.is_listed,
                _("Reason"): row.reason,
                _("Checked in"): row.checked_in_at,
            }
            for row in rows
        ],
        _("Questions at stalls"): [
            {
                _("Stall"): row.stall.title,
                _("Asked"): row.asked_at,
                _("Question"): row.text,
                _("Answer"): row.answer,
            }
            for row in VisitorQuestion.objects.filter(asked_by=person).select_related("stall")
        ],
        _("Talks at stalls"): [
            {_("Stall"): row.stall.title, _("From"): row.starts_at}
            for row in StallHour.objects.filter(visitor=person).select_related("stall")
        ],
    }


def erase(person: User, keep_contributions: bool) -> None:
    """Her places are free for the next in line in the same moment.

    What she asked at a stall and was answered is kept without her name, where she leaves what she wrote.
    """
    desks = Desk.objects.filter(registrations__person=person).distinct().order_by("pk")
    for desk in desks:
        here = locked(desk)
        here.registrations.filter(person=person).delete()
        settle(here, timezone.now())
    StallHour.objects.filter(visitor=person).update(visitor=None, booked_at=None)
    hers = VisitorQuestion.objects.filter(asked_by=person)
    hers.filter(answered_at=None).delete()
    if not keep_contributions:
        hers.delete()
    hers.update(asked_by=None)
