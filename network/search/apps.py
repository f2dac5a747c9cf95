from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "network.search"
    verbose_name = "Search"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.schedules import Timetable, schedules
        from network.outbox import handlers
        from network.search import actions, everything, notices, personal, receivers
        from network.search.api import router
        from network.search.searchables import searchables

        post_migrate.connect(receivers.install_index, sender=self)
        handlers.on("search", actions.INDEX, run=actions.index_entry)
        routers.register("search", router)
        searchables.register(everything.NAME, everything.EVERYTHING)
        notices.register()
        schedules.register("search.saved", Timetable("network.search.tasks.run_saved"))
        personal_data.register("search", Holding(_("Saved searches"), personal.export, personal.erase))
        navigation.personal.register(
            "search", navigation.Entry(_("Saved searches"), "search:saved", icon="bookmark", order=40)
        )
