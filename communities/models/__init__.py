"""Communities of practice, who belongs to them, and in what capacity people speak there."""

from communities.models.belonging import (
    INVITATION_DAYS,
    REMINDED_EVERY,
    Invitation,
    JoinRequest,
    Membership,
    Silence,
    Suspension,
    _invitation_expiry,
)
from communities.models.community import Community, Conduct, Resource, file_storage
from communities.models.mandates import Mandate

__all__ = [
    "INVITATION_DAYS",
    "REMINDED_EVERY",
    "Community",
    "Conduct",
    "Invitation",
    "JoinRequest",
    "Mandate",
    "Membership",
    "Resource",
    "Silence",
    "Suspension",
    "_invitation_expiry",
    "file_storage",
]
