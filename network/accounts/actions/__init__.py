"""Deeds of the room ``accounts``."""

from network.accounts.actions.consents import give_consent
from network.accounts.actions.details import change_details, details_mark
from network.accounts.actions.devices import end_session, forget_devices, remember_device
from network.accounts.actions.exports import build_export, drop_expired_exports, request_export
from network.accounts.actions.inviting import (
    accept_invitation,
    forget_invitations,
    invite,
    join,
    open_account,
    send_invitation,
    withdraw_invitation,
)
from network.accounts.actions.leaving import forget_never_confirmed, leave
from network.accounts.actions.looks import forget_looks, looked_at
from network.accounts.actions.merging import (
    ask_to_merge,
    forget_merges,
    merge_own,
    merge_people,
    send_news,
    send_question,
    undo_people_merge,
)
from network.accounts.actions.programs import drop_keys_that_are_over, make_key, revoke_key
from network.accounts.actions.proving import claim
from network.accounts.actions.roles import grant_role, revoke_role
from network.accounts.actions.suspensions import lift_run_out, reinstate, suspend

__all__ = [
    "accept_invitation",
    "ask_to_merge",
    "build_export",
    "change_details",
    "claim",
    "details_mark",
    "drop_expired_exports",
    "drop_keys_that_are_over",
    "end_session",
    "forget_devices",
    "forget_invitations",
    "forget_looks",
    "forget_merges",
    "forget_never_confirmed",
    "give_consent",
    "grant_role",
    "invite",
    "join",
    "leave",
    "lift_run_out",
    "looked_at",
    "make_key",
    "merge_own",
    "merge_people",
    "open_account",
    "reinstate",
    "remember_device",
    "request_export",
    "revoke_key",
    "revoke_role",
    "send_invitation",
    "send_news",
    "send_question",
    "suspend",
    "undo_people_merge",
    "withdraw_invitation",
]
