from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "home.events"
    verbose_name = "Events"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from communities.panels import Panel, panels
        from home.events.demo import seed
        from home.events.panel import events_panel
        from network.foundations import demo, navigation

        panels.register("events", Panel("events/_panel.html", events_panel, order=20))
        navigation.primary.register("events", navigation.Entry(_("Events"), "events", order=30))
        demo.chapters.register("events", seed)
