from django.apps import AppConfig


class ThesaurusConfig(AppConfig):
    name = "network.thesaurus"
    verbose_name = "Thesaurus"

    def ready(self) -> None:
        from network.foundations.api import routers
        from network.thesaurus.api import router

        routers.register("terms", router)
