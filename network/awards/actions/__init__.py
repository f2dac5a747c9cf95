"""Deeds around the award; what has consequences is done by the engine."""

from network.awards.actions.ceremony import (
    early_of,
    early_token,
    give_leave,
    open_early,
    revoke_early,
    take_back_leave,
    tell_early,
)
from network.awards.actions.looking import ask_look, keep_look, put_down, put_down_daily
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
from network.awards.actions.questions import put_question
from network.awards.actions.results import (
    answer_facts,
    appeal,
    ask_facts,
    correct_result,
    decide_appeal,
    proclaim,
    revoke_result,
)
from network.awards.actions.sites import note_site

__all__ = [
    "PROCEDURE",
    "answer_facts",
    "appeal",
    "ask_facts",
    "ask_look",
    "correct_result",
    "decide_appeal",
    "early_of",
    "early_token",
    "enter_letter",
    "forget_supporter",
    "give_leave",
    "keep_look",
    "missing_answers",
    "name_supporter",
    "note_site",
    "open_early",
    "open_edition",
    "proclaim",
    "put_down",
    "put_down_daily",
    "put_question",
    "revoke_early",
    "revoke_result",
    "save_nomination",
    "start_nomination",
    "submitted_content",
    "take_back_leave",
    "tell_early",
]
