from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "network.experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from network.experts import disclosure
        from network.organizations import panels

        panels.faces.register("experts", disclosure.cards_for)
