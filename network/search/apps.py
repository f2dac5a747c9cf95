from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "network.search"
    verbose_name = "Search"
