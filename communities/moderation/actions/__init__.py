"""The deeds of the room ``moderation``."""

from communities.moderation.actions.appealing import appeal, dismiss_appeal, grant, reopen_appeal
from communities.moderation.actions.canning import change_canned, retire_canned, write_canned
from communities.moderation.actions.claiming import claim, decline_claim, grant_claim, reopen_claim
from communities.moderation.actions.notes import remove_note, write_note
from communities.moderation.actions.reporting import dismiss, reopen, report, uphold
from communities.moderation.actions.ruling import change_rules
from communities.moderation.actions.settling import (
    come_back,
    go_away,
    look,
    settle,
    settle_by_mail,
    settle_many,
    undo,
)

__all__ = [
    "appeal",
    "change_canned",
    "change_rules",
    "claim",
    "come_back",
    "decline_claim",
    "dismiss",
    "dismiss_appeal",
    "go_away",
    "grant",
    "grant_claim",
    "look",
    "remove_note",
    "reopen",
    "reopen_appeal",
    "reopen_claim",
    "report",
    "retire_canned",
    "settle",
    "settle_by_mail",
    "settle_many",
    "undo",
    "uphold",
    "write_canned",
    "write_note",
]
