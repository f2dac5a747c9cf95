"""Rows of the room ``accounts``: people, and the facts about their accounts."""

from network.accounts.models.doors import INVITATION_DAYS, Device, Invitation
from network.accounts.models.exports import PersonalExport
from network.accounts.models.facts import Departure, ProcessingConsent, RoleGrant, Suspension
from network.accounts.models.lists import (
    ListedPerson,
    ListRefusal,
    ListShape,
    ListSuggestion,
    PeopleList,
)
from network.accounts.models.looks import Look
from network.accounts.models.merges import UNDO_DAYS, PersonMerge
from network.accounts.models.people import LEFT_DOMAIN, User, UserManager
from network.accounts.models.programs import ProgramKey

__all__ = [
    "INVITATION_DAYS",
    "LEFT_DOMAIN",
    "UNDO_DAYS",
    "Departure",
    "Device",
    "Invitation",
    "ListRefusal",
    "ListShape",
    "ListSuggestion",
    "ListedPerson",
    "Look",
    "PeopleList",
    "PersonMerge",
    "PersonalExport",
    "ProcessingConsent",
    "ProgramKey",
    "RoleGrant",
    "Suspension",
    "User",
    "UserManager",
]
