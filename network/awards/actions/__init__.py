"""Deeds around the award; what has consequences is done by the engine."""

from network.awards.actions.nominating import (
    PROCEDURE,
    enter_letter,
    forget_supporter,
    missing_answers,
    name_supporter,
    open_edition,
    save_nomination,
    start_nomination,
    submitted_content,
)
from network.awards.actions.results import (
    answer_facts,
    appeal,
    ask_facts,
    correct_result,
    decide_appeal,
    proclaim,
    revoke_result,
)

__all__ = [
    "PROCEDURE",
    "answer_facts",
    "appeal",
    "ask_facts",
    "correct_result",
    "decide_appeal",
    "enter_letter",
    "forget_supporter",
    "missing_answers",
    "name_supporter",
    "open_edition",
    "proclaim",
    "revoke_result",
    "save_nomination",
    "start_nomination",
    "submitted_content",
]
