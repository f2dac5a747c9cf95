"""Deeds of the procedure engine: each locks, asks the policy again, checks the clock, writes the record."""

from network.calls.actions._door import locked_case
from network.calls.actions.calls import amend_rules, extend, grant_late_entry, open_call, release
from network.calls.actions.cases import Incomplete, decide, screen, start_case, submit
from network.calls.actions.panel import add_conflict, disclose, seat_juror
from network.calls.actions.reviewing import excuse, recuse, submit_review

__all__ = [
    "Incomplete",
    "add_conflict",
    "amend_rules",
    "decide",
    "disclose",
    "excuse",
    "extend",
    "grant_late_entry",
    "locked_case",
    "open_call",
    "recuse",
    "release",
    "screen",
    "seat_juror",
    "start_case",
    "submit",
    "submit_review",
]
