from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "network.consent"
    verbose_name = "Consent"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.consent import api, checks, demo, exits, people, personal, policies  # noqa: F401 - has checks
        from network.consent.actions import copying
        from network.consent.audience import holder_keys
        from network.consent.models import Change, ConsentRecord, Delivery, Duty, Release, Scope
        from network.consent.tokens import MARK
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.appendonly import append_only
        from network.foundations.demo import chapters
        from network.foundations.richtext import watchers
        from network.foundations.schedules import Timetable, schedules
        from network.foundations.viewer import audience_keys
        from network.pagecache.rules import marks

        exits.register_own()
        people.register()
        marks.register("consent", MARK.encode())
        watchers.register("consent", copying.refusal)
        schedules.register("consent", Timetable("network.consent.tasks.settle"))
        schedules.register("consent files", Timetable("network.consent.tasks.sweep_files", minutes=60))
        routers.register("knowledge", api.knowledge)
        routers.register("consent", api.consent)
        navigation.personal.register(
            "consent",
            navigation.Entry(_("Our knowledge"), "consent:index", icon="hand", shown=policies.can_enter),
        )
        audience_keys.register("consent", holder_keys)
        chapters.register("consent", demo.seed)
        for model in (ConsentRecord, Scope, Duty, Delivery, Release, Change):
            append_only.register("consent", model)
        personal_data.register("consent", Holding(_("Holders of knowledge"), personal.export, personal.erase))
