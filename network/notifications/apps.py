from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "network.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from network.accounts.merging import merging as people
        from network.accounts.personal_data import Holding, personal_data
        from network.consent import vault
        from network.foundations.demo import chapters
        from network.foundations.merging import stay
        from network.foundations.navigation import Entry, personal
        from network.foundations.schedules import Timetable, schedules
        from network.live.streams import LiveStream, streams
        from network.notifications import demo, holding, knowledge, live, policies, receivers
        from network.notifications.actions import ARRIVED
        from network.notifications.inbound import answers, asking, bounces, raw, suspended, working
        from network.notifications.inbound.doors import doors
        from network.notifications.kinds import kinds
        from network.outbox.handlers import on

        streams.register("inbox", LiveStream(may_follow=live.may_follow, render=live.render, shared=False))
        on("notifications.mail", ARRIVED, run=receivers.queue_mail)
        on("notifications.move_digests", "accounts.details_changed", run=receivers.move_digests)
        for table in ("Preference", "PlaceChoice", "Habit"):
            people.closers.register(f"notifications.{table}", stay)
        for table in ("Bounce", "MailSuspension"):
            people.stays.register(f"notifications.{table}", "is about the address of the account that goes")
        knowledge.register()
        vault.lodgers.register("incoming mails", raw.known)
        doors.register(bounces.KIND, bounces.DOOR)
        doors.register(asking.KIND, asking.DOOR)
        kinds.register(working.ASKED, asking.ASKS)
        kinds.register(bounces.SUSPENDED, suspended.TELLS)
        on("notifications.answer_mail", working.ANSWERED, run=answers.write)
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
        personal.register(
            "incoming",
            Entry(
                _("Mails that came in"),
                "notifications:incoming",
                icon="mail-open",
                order=81,
                shown=policies.can_see_incoming,
            ),
        )
        chapters.register("notifications", demo.seed)
        schedules.register("notifications.send_due", Timetable("network.notifications.tasks.send_due"))
        schedules.register(
            "notifications.gather_digests", Timetable("network.notifications.tasks.gather_digests", minutes=5)
        )
        schedules.register(
            "notifications.forget_mails", Timetable("network.notifications.tasks.forget_mails", minutes=1440)
        )
        schedules.register(
            "notifications.read_incoming", Timetable("network.notifications.tasks.read_incoming")
        )
        schedules.register(
            "notifications.forget_incoming",
            Timetable("network.notifications.tasks.forget_incoming", minutes=1440),
        )
