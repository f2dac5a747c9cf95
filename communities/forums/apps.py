from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "communities.forums"
    verbose_name = "Forums"
