"""What people are told of forums: replies, new threads, and what moderators did to their posts."""

from communities.forums.notices.kinds import register
from communities.forums.notices.telling import (
    tell_author,
    tell_of_answer,
    tell_of_correction,
    tell_of_edit,
    tell_of_extension,
    tell_of_final_call,
    tell_of_post,
    tell_of_summary,
    tell_of_widening,
)

__all__ = [
    "register",
    "tell_author",
    "tell_of_answer",
    "tell_of_correction",
    "tell_of_edit",
    "tell_of_extension",
    "tell_of_final_call",
    "tell_of_post",
    "tell_of_summary",
    "tell_of_widening",
]
