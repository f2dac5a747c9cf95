from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "network.live"
    verbose_name = "Live"

    def ready(self) -> None:
        from network.consent.following import may_follow
        from network.live import receivers  # noqa: F401
        from network.live.streams import LiveMessage, LiveStream, streams

        # Consent stands below: it writes to its streams, this room lets them be followed.
        streams.register(
            "knowledge",
            LiveStream(may_follow=may_follow, render=lambda entry, viewer: LiveMessage(data=entry.ids)),
        )
