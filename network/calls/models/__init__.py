"""Procedures and what happened in them."""

from network.calls.models.acts import Amendment, EndorsementLink, Grant
from network.calls.models.cases import Call, Case, Decision, Event, StageRun
from network.calls.models.jury import Assignment, Conflict, PanelMember, Remark, Review, ReviewDraft

__all__ = [
    "Amendment",
    "Assignment",
    "Call",
    "Case",
    "Conflict",
    "Decision",
    "EndorsementLink",
    "Event",
    "Grant",
    "PanelMember",
    "Remark",
    "Review",
    "ReviewDraft",
    "StageRun",
]
