"""Deeds of the room ``consent``."""

from network.consent.actions.erasing import destroy_key, erase_note
from network.consent.actions.holders import attest_authority, attest_standing, end_attestation, found_holder
from network.consent.actions.recording import Note, first_break, record_consent
from network.consent.actions.sealing import create_item, seal_part
from network.consent.actions.withdrawing import settle_all, withdraw

__all__ = [
    "Note",
    "attest_authority",
    "attest_standing",
    "create_item",
    "destroy_key",
    "end_attestation",
    "erase_note",
    "first_break",
    "found_holder",
    "record_consent",
    "seal_part",
    "settle_all",
    "withdraw",
]
