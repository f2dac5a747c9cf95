from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "network.notifications"
    verbose_name = "Notifications"

    def ready(self) -> None:
        from network.live.streams import LiveStream, streams
        from network.notifications import live

        streams.register("inbox", LiveStream(may_follow=live.may_follow, render=live.render, shared=False))
