"""The vault and its records.

Two databases: sealed texts and records in the main one, the keys that open them in ``keys``. Everything else
in the project holds tokens.
"""

from network.consent.models.holders import (
    Attestation,
    Authority,
    CommunityProtocol,
    Holder,
    RecoveryCode,
    Standing,
)
from network.consent.models.items import Fingerprint, Holding, KnowledgeItem, Label, Lineage, Part
from network.consent.models.keys import Closing, ItemKey
from network.consent.models.records import Change, ConsentRecord, Delivery, Duty, Release, Scope
from network.consent.models.requests import ConsentRequest, Flag, Message, Proposal, Signature

__all__ = [
    "Attestation",
    "Authority",
    "Change",
    "Closing",
    "CommunityProtocol",
    "ConsentRecord",
    "ConsentRequest",
    "Delivery",
    "Duty",
    "Fingerprint",
    "Flag",
    "Holder",
    "Holding",
    "ItemKey",
    "KnowledgeItem",
    "Label",
    "Lineage",
    "Message",
    "Part",
    "Proposal",
    "RecoveryCode",
    "Release",
    "Scope",
    "Signature",
    "Standing",
]
