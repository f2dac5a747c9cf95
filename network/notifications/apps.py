from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "network.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.demo import chapters
        from network.foundations.navigation import Entry, personal
        from network.foundations.schedules import Timetable, schedules
        from network.live.streams import LiveStream, streams
        from network.notifications import demo, holding, live, policies, receivers
        from network.notifications.actions import ARRIVED
        from network.outbox.handlers import on

        streams.register("inbox", LiveStream(may_follow=live.may_follow, render=live.render, shared=False))
        on("notifications.mail", ARRIVED, run=receivers.queue_mail)
        personal_data.register(
            "notifications", Holding(_("What you were told of"), holding.export, holding.erase)
        )
        personal.register("inbox", Entry(_("Inbox"), "notifications:inbox", icon="bell", order=10))
        personal.register(
            "undelivered",
            Entry(
                _("Undelivered mails"),
                "notifications:undelivered",
                icon="mail-warning",
                order=80,
                shown=policies.can_see_undelivered,
            ),
        )
        chapters.register("notifications", demo.seed)
        schedules.register("notifications.send_due", Timetable("network.notifications.tasks.send_due"))
        schedules.register(
            "notifications.forget_mails", Timetable("network.notifications.tasks.forget_mails", minutes=1440)
        )
