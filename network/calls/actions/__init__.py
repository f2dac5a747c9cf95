"""Deeds of the procedure engine: each locks, asks the policy again, checks the clock, writes the record."""

from network.calls.actions._door import locked_call, locked_case
from network.calls.actions.calls import (
    amend_rules,
    extend,
    grant_late_entry,
    open_call,
    plan_release,
    release,
    release_due,
)
from network.calls.actions.cases import Incomplete, decide, screen, start_case, submit
from network.calls.actions.discussing import close_discussion, remark, rescore
from network.calls.actions.endorsing import (
    endorse,
    endorse_by_link,
    enter_letter,
    link_of,
    send_link,
    token_for,
)
from network.calls.actions.panel import (
    answer_seat,
    disclose,
    find_conflicts,
    name_interpreter,
    raise_conflict,
    seat_juror,
    substitute,
)
from network.calls.actions.reviewing import excuse, keep_draft, recuse, submit_review

__all__ = [
    "Incomplete",
    "amend_rules",
    "answer_seat",
    "close_discussion",
    "decide",
    "disclose",
    "endorse",
    "endorse_by_link",
    "enter_letter",
    "excuse",
    "extend",
    "find_conflicts",
    "grant_late_entry",
    "keep_draft",
    "link_of",
    "locked_call",
    "locked_case",
    "name_interpreter",
    "open_call",
    "plan_release",
    "raise_conflict",
    "recuse",
    "release",
    "release_due",
    "remark",
    "rescore",
    "screen",
    "seat_juror",
    "send_link",
    "start_case",
    "submit",
    "submit_review",
    "substitute",
    "token_for",
]
