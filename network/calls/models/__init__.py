"""Procedures and what happened in them."""

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
    "Assignment",
    "Call",
    "Case",
    "Conflict",
    "Decision",
    "Event",
    "PanelMember",
    "Review",
    "StageRun",
]
