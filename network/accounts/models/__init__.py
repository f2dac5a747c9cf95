"""Rows of the room ``accounts``: people, and the facts about their accounts."""

from network.accounts.models.exports import PersonalExport
from network.accounts.models.facts import Departure, ProcessingConsent, RoleGrant, Suspension
from network.accounts.models.people import LEFT_DOMAIN, User, UserManager

__all__ = [
    "LEFT_DOMAIN",
    "Departure",
    "PersonalExport",
    "ProcessingConsent",
    "RoleGrant",
    "Suspension",
    "User",
    "UserManager",
]
