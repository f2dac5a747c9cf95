from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "home.pages"
    verbose_name = "Pages"
