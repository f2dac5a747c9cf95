"""Deeds of the procedure engine: each locks, asks the policy again, checks the clock, writes the record."""

from network.calls.actions.calls import add_conflict, disclose, open_call, release, seat_juror
from network.calls.actions.cases import Incomplete, decide, screen, start_case, submit
from network.calls.actions.reviewing import excuse, recuse, submit_review

__all__ = [
    "Incomplete",
    "add_conflict",
    "decide",
    "disclose",
    "excuse",
    "open_call",
    "recuse",
    "release",
    "screen",
    "seat_juror",
    "start_case",
    "submit",
    "submit_review",
]
