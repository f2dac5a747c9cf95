"""Deeds of the room ``consent``."""

from network.consent.actions.asking import ask, deliberate, refuse, take_back, write
from network.consent.actions.codes import close_by_code, enter_code, give_code, revoke_code
from network.consent.actions.copying import keep_copy, settle_copy
from network.consent.actions.delivering import confirm_delivery
from network.consent.actions.erasing import destroy_key, erase_note
from network.consent.actions.flagging import flag, settle_flag
from network.consent.actions.holders import (
    attest_authority,
    attest_standing,
    describe_holder,
    end_attestation,
    found_holder,
    holder_mark,
    name_beside,
    record_protocol,
    set_circles,
)
from network.consent.actions.labelling import put_label, put_warning, take_label, take_warning
from network.consent.actions.media import seal_media, seal_media_note
from network.consent.actions.proposing import agree, decline, give, may_sign, signers, still_missing
from network.consent.actions.recording import DutyTerm, Note, Particulars, first_break, record_consent
from network.consent.actions.returning import hand_back
from network.consent.actions.sealing import create_item, seal_part
from network.consent.actions.sweeping import sweep_files
from network.consent.actions.telling import (
    entrust,
    name_holders,
    seal_earlier,
    set_aside,
    share_in_place,
    tell_anew,
)
from network.consent.actions.withdrawing import freeze, settle_all, withdraw

__all__ = [
    "DutyTerm",
    "Note",
    "Particulars",
    "agree",
    "ask",
    "attest_authority",
    "attest_standing",
    "close_by_code",
    "confirm_delivery",
    "create_item",
    "decline",
    "deliberate",
    "describe_holder",
    "destroy_key",
    "end_attestation",
    "enter_code",
    "entrust",
    "erase_note",
    "first_break",
    "flag",
    "found_holder",
    "freeze",
    "give",
    "give_code",
    "hand_back",
    "holder_mark",
    "keep_copy",
    "may_sign",
    "name_beside",
    "name_holders",
    "put_label",
    "put_warning",
    "record_consent",
    "record_protocol",
    "refuse",
    "revoke_code",
    "seal_earlier",
    "seal_media",
    "seal_media_note",
    "seal_part",
    "set_aside",
    "set_circles",
    "settle_all",
    "settle_copy",
    "settle_flag",
    "share_in_place",
    "signers",
    "still_missing",
    "sweep_files",
    "take_back",
    "take_label",
    "take_warning",
    "tell_anew",
    "withdraw",
    "write",
]
