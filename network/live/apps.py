from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "network.live"
    verbose_name = "Live"

    def ready(self) -> None:
        from network.live import receivers  # noqa: F401
