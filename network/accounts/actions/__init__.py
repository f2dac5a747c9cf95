"""Deeds of the room ``accounts``."""

from network.accounts.actions.consents import give_consent
from network.accounts.actions.details import change_details, details_mark
from network.accounts.actions.exports import build_export, drop_expired_exports, request_export
from network.accounts.actions.leaving import leave
from network.accounts.actions.programs import drop_keys_that_are_over, make_key, revoke_key
from network.accounts.actions.roles import grant_role, revoke_role
from network.accounts.actions.suspensions import lift_run_out, reinstate, suspend

__all__ = [
    "build_export",
    "change_details",
    "details_mark",
    "drop_expired_exports",
    "drop_keys_that_are_over",
    "give_consent",
    "grant_role",
    "leave",
    "lift_run_out",
    "make_key",
    "reinstate",
    "request_export",
    "revoke_key",
    "revoke_role",
    "suspend",
]
