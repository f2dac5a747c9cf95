from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "network.awards"
    verbose_name = "Awards"
