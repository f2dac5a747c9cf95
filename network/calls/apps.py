from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "network.calls"
    verbose_name = "Calls"

    def ready(self) -> None:
        from network.calls.audience import juror_keys
        from network.foundations.viewer import audience_keys

        audience_keys.register("calls", juror_keys)
