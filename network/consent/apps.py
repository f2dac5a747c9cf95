from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "network.consent"
    verbose_name = "Consent"
