"""Event pages, and who takes part."""

from home.events.models.pages import EventIndexPage, EventPage, KnowledgeFairPage, Session, Stall
from home.events.models.registration import Desk, Question, Quota, Registration, Reminder
from home.events.models.stalls import Booth, StallHour, VisitorQuestion

__all__ = [
    "Booth",
    "Desk",
    "EventIndexPage",
    "EventPage",
    "KnowledgeFairPage",
    "Question",
    "Quota",
    "Registration",
    "Reminder",
    "Session",
    "Stall",
    "StallHour",
    "VisitorQuestion",
]
