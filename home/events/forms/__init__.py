"""Asking at the registration desk of an event."""

from home.events.forms.beginning import BeginningForm
from home.events.forms.desk import DeskFilter, DeskForm, QuestionFormSet, TurnAwayForm
from home.events.forms.registering import RegistrationForm
from home.events.forms.rooms import (
    ClaimForm,
    MoveForm,
    ReviewForm,
    RoomForm,
    RoomQuestionForm,
    WrittenAnswerForm,
)
from home.events.forms.stalls import AnswerForm, HourForm, QuestionForm, StoryForm

__all__ = [
    "AnswerForm",
    "BeginningForm",
    "ClaimForm",
    "DeskFilter",
    "DeskForm",
    "HourForm",
    "MoveForm",
    "QuestionForm",
    "QuestionFormSet",
    "RegistrationForm",
    "ReviewForm",
    "RoomForm",
    "RoomQuestionForm",
    "StoryForm",
    "TurnAwayForm",
    "WrittenAnswerForm",
]
