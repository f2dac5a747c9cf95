from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "network.experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.experts import actions, disclosure, letterbox, notices, panels, personal, searching
        from network.experts.api import router
        from network.experts.demo import seed
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.demo import chapters
        from network.foundations.schedules import Timetable, schedules
        from network.organizations import panels as organizations
        from network.outbox import handlers
        from network.search.sources import Source, register

        organizations.faces.register("experts", disclosure.cards_for)
        organizations.organization_panels.register("experts", panels.of_organization)
        organizations.country_panels.register("experts", panels.of_country)
        routers.register("experts", router)
        chapters.register("experts", seed)
        personal_data.register("experts", Holding(_("Your profile"), personal.export, personal.erase))
        personal_data.register(
            "experts.messages", Holding(_("Messages"), personal.export_messages, personal.erase_messages)
        )
        handlers.on("experts", "accounts.details_changed", run=actions.details_changed)
        register(searching.KIND, Source(_("People"), searching.rows, searching.document, searching.visible))
        notices.register()
        letterbox.register()
        schedules.register("experts.tidy", Timetable("network.experts.tasks.tidy", minutes=24 * 60))
        navigation.primary.register(
            "experts", navigation.Entry(_("People"), "experts:directory", icon="users", order=10)
        )
        navigation.personal.register(
            "experts", navigation.Entry(_("Your profile"), "experts:me", icon="id-card", order=10)
        )
