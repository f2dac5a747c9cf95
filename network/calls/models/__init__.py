"""Procedures and what happened in them."""

from network.calls.models.acts import Amendment, Grant
from network.calls.models.cases import (
    Assignment,
    Call,
    Case,
    Conflict,
    Decision,
    Event,
    PanelMember,
    Review,
    StageRun,
)

__all__ = [
    "Amendment",
    "Assignment",
    "Call",
    "Case",
    "Conflict",
    "Decision",
    "Event",
    "Grant",
    "PanelMember",
    "Review",
    "StageRun",
]
