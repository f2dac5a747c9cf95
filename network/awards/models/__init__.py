from network.awards.models.editions import Edition, Laureate, Nomination, Support
from network.awards.models.results import Appeal, Certificate, Correction, FactCheck
from network.awards.models.steps import DecisionTask, EligibilityTask, JuryTask

__all__ = [
    "Appeal",
    "Certificate",
    "Correction",
    "DecisionTask",
    "Edition",
    "EligibilityTask",
    "FactCheck",
    "JuryTask",
    "Laureate",
    "Nomination",
    "Support",
]
