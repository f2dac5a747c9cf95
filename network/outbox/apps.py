from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "network.outbox"
    verbose_name = "Outbox"
