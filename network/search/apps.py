from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "network.search"
    verbose_name = "Search"

    def ready(self) -> None:
        from network.foundations.api import routers
        from network.outbox import handlers
        from network.search import actions, receivers
        from network.search.api import router

        post_migrate.connect(receivers.install_index, sender=self)
        handlers.on("search", actions.INDEX, run=actions.index_entry)
        routers.register("search", router)
