from django.apps import AppConfig


class ThesaurusConfig(AppConfig):
    name = "network.thesaurus"
    verbose_name = "Thesaurus"
