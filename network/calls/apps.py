from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "network.calls"
    verbose_name = "Calls"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.calls import people, personal
        from network.calls.audience import juror_keys
        from network.calls.models import Amendment, Decision, Event, Grant, Remark, Review
        from network.foundations.appendonly import append_only
        from network.foundations.schedules import Timetable, schedules
        from network.foundations.viewer import audience_keys

        audience_keys.register("calls", juror_keys)
        people.register()
        for model in (Review, Decision, Event, Amendment, Grant, Remark):
            append_only.register("calls", model)
        personal_data.register("calls", Holding(_("Calls and panels"), personal.export, personal.erase))
        schedules.register("calls.release_due", Timetable("network.calls.tasks.release_due"))
