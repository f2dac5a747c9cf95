"""Reports, the log, appeals, how moderators share the work, and what makes posts wait."""

from communities.moderation.models.claims import Claim
from communities.moderation.models.desk import (
    Away,
    CannedReason,
    CannedText,
    Look,
    MailedDecision,
    Move,
)
from communities.moderation.models.facts import (
    Appeal,
    ModerationLogEntry,
    ModerationReason,
    ModNote,
    Report,
)
from communities.moderation.models.rules import Print, RuleBook, Standing

__all__ = [
    "Appeal",
    "Away",
    "CannedReason",
    "CannedText",
    "Claim",
    "Look",
    "MailedDecision",
    "ModNote",
    "ModerationLogEntry",
    "ModerationReason",
    "Move",
    "Print",
    "Report",
    "RuleBook",
    "Standing",
]
