"""Rows of the room ``accounts``: people, and the facts about their accounts."""

from network.accounts.models.doors import INVITATION_DAYS, Device, Invitation
from network.accounts.models.exports import PersonalExport
from network.accounts.models.facts import Departure, ProcessingConsent, RoleGrant, Suspension
from network.accounts.models.looks import Look
from network.accounts.models.people import LEFT_DOMAIN, User, UserManager
from network.accounts.models.rosters import (
    Roster,
    RosterPerson,
    RosterRefusal,
    RosterShape,
    RosterSuggestion,
)

__all__ = [
    "INVITATION_DAYS",
    "LEFT_DOMAIN",
    "Departure",
    "Device",
    "Invitation",
    "Look",
    "PersonalExport",
    "ProcessingConsent",
    "RoleGrant",
    "Roster",
    "RosterPerson",
    "RosterRefusal",
    "RosterShape",
    "RosterSuggestion",
    "Suspension",
    "User",
    "UserManager",
]
