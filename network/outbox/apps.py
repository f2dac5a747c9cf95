from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "network.outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        from network.foundations.schedules import Timetable, schedules

        # The queue only hurries the outbox: whatever it loses is found by the clock.
        schedules.register("outbox", Timetable("network.outbox.tasks.work_off"))
