"""The deeds of the room ``communities``."""

from communities.actions.joining import (
    accept_invitation,
    answer_request,
    invite,
    join,
    request_to_join,
    withdraw_invitation,
    withdraw_request,
)
from communities.actions.members import (
    change_role,
    leave,
    lift_suspension,
    remove_member,
    set_involvement,
    suspend,
)
from communities.actions.opening import (
    change_community,
    close_community,
    open_community,
    reopen_community,
    version_of,
)

__all__ = [
    "accept_invitation",
    "answer_request",
    "change_community",
    "change_role",
    "close_community",
    "invite",
    "join",
    "leave",
    "lift_suspension",
    "open_community",
    "remove_member",
    "reopen_community",
    "request_to_join",
    "set_involvement",
    "suspend",
    "version_of",
    "withdraw_invitation",
    "withdraw_request",
]
