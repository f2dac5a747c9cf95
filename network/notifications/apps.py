from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "network.notifications"
    verbose_name = "Notifications"
