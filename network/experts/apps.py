from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "network.experts"
    verbose_name = "Experts"
