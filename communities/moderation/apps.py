from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "communities.moderation"
    verbose_name = "Moderation"
