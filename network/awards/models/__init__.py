from network.awards.models.ceremony import EarlyNotice, Leave
from network.awards.models.editions import Edition, Laureate, Nomination, Support
from network.awards.models.evidence import SiteLook
from network.awards.models.results import Appeal, Certificate, Correction, FactCheck
from network.awards.models.sites import NationalSite
from network.awards.models.steps import (
    DecisionTask,
    DiscussionTask,
    EligibilityTask,
    EndorsementTask,
    JuryTask,
)

__all__ = [
    "Appeal",
    "Certificate",
    "Correction",
    "DecisionTask",
    "DiscussionTask",
    "EarlyNotice",
    "Edition",
    "EligibilityTask",
    "EndorsementTask",
    "FactCheck",
    "JuryTask",
    "Laureate",
    "Leave",
    "NationalSite",
    "Nomination",
    "SiteLook",
    "Support",
]
