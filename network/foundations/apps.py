from django.apps import AppConfig


class FoundationsConfig(AppConfig):
    name = "network.foundations"
    verbose_name = "Foundations"
