"""Rows of the room ``accounts``: people, and the facts about their accounts."""

from network.accounts.models.exports import PersonalExport
from network.accounts.models.facts import Departure, ProcessingConsent, RoleGrant, Suspension
from network.accounts.models.people import LEFT_DOMAIN, User, UserManager
from network.accounts.models.programs import ProgramKey

__all__ = [
    "LEFT_DOMAIN",
    "Departure",
    "PersonalExport",
    "ProcessingConsent",
    "ProgramKey",
    "RoleGrant",
    "Suspension",
    "User",
    "UserManager",
]
