from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "network.consent"
    verbose_name = "Consent"

    def ready(self) -> None:
        from network.consent import checks, demo, exits  # noqa: F401 - registers its checks
        from network.consent.audience import holder_keys
        from network.consent.models import Change, ConsentRecord, Release, Scope
        from network.foundations.appendonly import append_only
        from network.foundations.demo import chapters
        from network.foundations.viewer import audience_keys

        exits.register_own()
        audience_keys.register("consent", holder_keys)
        chapters.register("consent", demo.seed)
        for model in (ConsentRecord, Scope, Release, Change):
            append_only.register("consent", model)
