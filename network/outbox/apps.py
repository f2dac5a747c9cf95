from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "network.outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        from network.foundations.health import probes
        from network.foundations.metrics import Gauge, gauges
        from network.foundations.schedules import Timetable, schedules
        from network.outbox import watch

        schedules.register("outbox", Timetable("network.outbox.tasks.work_off", minutes=1))
        schedules.register("outbox pruning", Timetable("network.outbox.tasks.prune", minutes=24 * 60))
        probes.register("outbox", watch.keeps_up)
        for name, description, read in (
            ("network_outbox_lag_seconds", "Age of the oldest delivery that is due.", watch.lag),
            ("network_outbox_owed", "Deliveries still to be made.", watch.owed),
            ("network_outbox_given_up", "Deliveries that failed too often.", watch.given_up),
            ("network_tasks_queued", "Tasks waiting for the worker.", watch.queued_tasks),
            ("network_tasks_failed", "Tasks that failed and are kept.", watch.failed_tasks),
        ):
            gauges.register(name, Gauge(description, read))
