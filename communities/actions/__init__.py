"""The deeds of the room ``communities``."""

from communities.actions.conduct import ConductChanged, change_entrance, demand_conduct, entrance_version
from communities.actions.inviting import invite, invite_many, nominate, remind, withdraw_invitation
from communities.actions.joining import (
    accept_invitation,
    answer_request,
    join,
    request_to_join,
    take_back_answer,
    withdraw_request,
)
from communities.actions.mandates import (
    ask_mandate,
    decline_mandate,
    end_mandate,
    grant_mandate,
    mandate_for_post,
    withdraw_mandate,
)
from communities.actions.members import (
    change_role,
    leave,
    let_back,
    let_speak,
    lift_silence,
    lift_suspension,
    remove_member,
    set_involvement,
    silence,
    suspend,
    warn,
)
from communities.actions.opening import (
    change_community,
    close_community,
    open_community,
    reopen_community,
    version_of,
)
from communities.actions.resources import add_resource, remove_resource

__all__ = [
    "ConductChanged",
    "accept_invitation",
    "add_resource",
    "answer_request",
    "ask_mandate",
    "change_community",
    "change_entrance",
    "change_role",
    "close_community",
    "decline_mandate",
    "demand_conduct",
    "end_mandate",
    "entrance_version",
    "grant_mandate",
    "invite",
    "invite_many",
    "join",
    "leave",
    "let_back",
    "let_speak",
    "lift_silence",
    "lift_suspension",
    "mandate_for_post",
    "nominate",
    "open_community",
    "remind",
    "remove_member",
    "remove_resource",
    "reopen_community",
    "request_to_join",
    "set_involvement",
    "silence",
    "suspend",
    "take_back_answer",
    "version_of",
    "warn",
    "withdraw_invitation",
    "withdraw_mandate",
    "withdraw_request",
]
