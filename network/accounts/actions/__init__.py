"""Deeds of the room ``accounts``."""

from network.accounts.actions.consents import give_consent
from network.accounts.actions.roles import grant_role, revoke_role
from network.accounts.actions.suspensions import lift_run_out, reinstate, suspend

__all__ = ["give_consent", "grant_role", "lift_run_out", "reinstate", "revoke_role", "suspend"]
