from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "home.events"
    verbose_name = "Events"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from home.events.demo import seed
        from network.foundations import demo, navigation

        navigation.primary.register("events", navigation.Entry(_("Events"), "events", order=30))
        demo.chapters.register("events", seed)
