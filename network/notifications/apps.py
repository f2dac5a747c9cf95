from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "network.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from network.live.streams import LiveStream, streams
        from network.notifications import live, receivers
        from network.notifications.actions import ARRIVED
        from network.outbox.handlers import on

        streams.register("inbox", LiveStream(may_follow=live.may_follow, render=live.render, shared=False))
        on("notifications.mail", ARRIVED, run=receivers.queue_mail)
