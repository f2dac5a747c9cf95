from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "network.calls"
    verbose_name = "Calls"
