"""Event pages, and who takes part."""

from home.events.models.agendas import Going
from home.events.models.certificates import AttendanceCertificate
from home.events.models.pages import EventIndexPage, EventPage, KnowledgeFairPage, Session, Stall
from home.events.models.registration import Desk, Question, Quota, Registration, Reminder
from home.events.models.rooms import AudienceQuestion, LiveRoom, QuestionVote, Speaker, SpeakerReview
from home.events.models.stalls import Booth, StallHour, VisitorQuestion

__all__ = [
    "AttendanceCertificate",
    "AudienceQuestion",
    "Booth",
    "Desk",
    "EventIndexPage",
    "EventPage",
    "Going",
    "KnowledgeFairPage",
    "LiveRoom",
    "Question",
    "QuestionVote",
    "Quota",
    "Registration",
    "Reminder",
    "Session",
    "Speaker",
    "SpeakerReview",
    "Stall",
    "StallHour",
    "VisitorQuestion",
]
