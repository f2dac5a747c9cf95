"""Event pages, and who takes part."""

from home.events.models.pages import EventIndexPage, EventPage, KnowledgeFairPage, Session, Stall
from home.events.models.registration import Desk, Question, Quota, Registration, Reminder

__all__ = [
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
]
