"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from home.events.actions.line import locked, settle
from home.events.models import (
    AudienceQuestion,
    Desk,
    EventPage,
    Going,
    QuestionVote,
    Registration,
    Session,
    Speaker,
    SpeakerReview,
    StallHour,
    VisitorQuestion,
)
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    return _places(person) | _stalls(person) | _sessions(person)


def _places(person: User) -> dict[str, Any]:
    rows = (
        Registration.objects.filter(person=person)
        .select_related("desk", "country", "certificate")
        .order_by("asked_at")
    )
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
                _("Certificate of attendance"): getattr(getattr(row, "certificate", None), "code", ""),
            }
            for row in rows
        ],
    }


def _stalls(person: User) -> dict[str, Any]:
    return {
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


def _sessions(person: User) -> dict[str, Any]:
    asked = list(AudienceQuestion.objects.filter(asked_by=person).select_related("room").order_by("pk"))
    votes = list(QuestionVote.objects.filter(person=person).select_related("question__room").order_by("pk"))
    spoken = list(Speaker.objects.filter(person=person).order_by("pk"))
    reviews = list(SpeakerReview.objects.filter(person=person).select_related("room").order_by("pk"))
    rooms = [row.room for row in (*asked, *reviews)] + [row.question.room for row in votes]
    going = list(Going.objects.filter(person=person).order_by("pk"))
    keys = {room.session for room in rooms} | {row.session for row in (*spoken, *going)}
    titles = dict(Session.objects.filter(key__in=keys).values_list("key", "title"))
    return {
        _("Questions in sessions"): [
            {
                _("Session"): titles.get(row.room.session, ""),
                _("Asked"): row.asked_at,
                _("Question"): row.text,
                _("Language"): row.language,
                _("State"): row.get_state_display(),
                _("Answer"): row.answer,
            }
            for row in asked
        ],
        _("Sessions in your agenda"): [
            {_("Session"): titles.get(row.session, ""), _("Since"): row.at} for row in going
        ],
        _("Votes for questions in sessions"): [
            {_("Session"): titles.get(row.question.room.session, ""), _("Question"): row.question.text}
            for row in votes
        ],
        _("Sessions in which you speak"): [
            {
                _("Session"): titles.get(row.session, ""),
                _("Name in the programme"): row.name,
                _("State"): row.get_state_display(),
                _("Asked"): row.asked_at,
            }
            for row in spoken
        ],
        _("What you said of recordings"): [
            {
                _("Session"): titles.get(row.room.session, ""),
                _("May be shown"): row.agrees,
                _("Version"): row.version,
                _("Since"): row.at,
            }
            for row in reviews
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
    _erase_sessions(person, keep_contributions)


def _erase_sessions(person: User, keep_contributions: bool) -> None:
    votes = QuestionVote.objects.filter(person=person)
    AudienceQuestion.objects.filter(voters__in=votes).update(votes=F("votes") - 1)
    votes.delete()
    Going.objects.filter(person=person).delete()
    Speaker.objects.filter(person=person).delete()
    SpeakerReview.objects.filter(person=person).delete()
    asked = AudienceQuestion.objects.filter(asked_by=person)
    asked.filter(answered_at=None).delete()
    if not keep_contributions:
        asked.delete()
    asked.update(asked_by=None)
