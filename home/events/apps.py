from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "home.events"
    verbose_name = "Events"
