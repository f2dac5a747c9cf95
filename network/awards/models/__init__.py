from network.awards.models.editions import Edition, Laureate, Nomination
from network.awards.models.steps import DecisionTask, EligibilityTask, JuryTask

__all__ = ["DecisionTask", "Edition", "EligibilityTask", "JuryTask", "Laureate", "Nomination"]
