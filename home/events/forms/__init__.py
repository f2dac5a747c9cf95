"""Asking at the registration desk of an event."""

from home.events.forms.desk import DeskFilter, DeskForm, QuestionFormSet, TurnAwayForm
from home.events.forms.registering import RegistrationForm

__all__ = ["DeskFilter", "DeskForm", "QuestionFormSet", "RegistrationForm", "TurnAwayForm"]
