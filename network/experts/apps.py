from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "network.experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.experts import (
            actions,
            disclosure,
            gauges,
            listnotices,
            listpersonal,
            panels,
            personal,
            receivers,
            searchable,
            searching,
        )
        from network.experts.actions.exporting import ASKED, READY
        from network.experts.actions.shortlisting import SHARED
        from network.experts.api import router
        from network.experts.demo import lists, seed
        from network.experts.lenses import KEPT_UP, lenses
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.demo import chapters
        from network.foundations.schedules import Timetable, schedules
        from network.organizations import panels as organizations
        from network.outbox import handlers
        from network.search.searchables import searchables
        from network.search.sources import Source, register
        from network.thesaurus.models import Term

        organizations.faces.register("experts", disclosure.cards_for)
        organizations.organization_panels.register("experts", panels.of_organization)
        organizations.country_panels.register("experts", panels.of_country)
        lenses.register("active", KEPT_UP)
        routers.register("experts", router)
        chapters.register("experts", seed)
        chapters.register("shortlists", lists.seed)
        personal_data.register("experts", Holding(_("Your profile"), personal.export, personal.erase))
        personal_data.register(
            "shortlists",
            Holding(
                _("Shortlists and lists taken out"),
                listpersonal.export,
                listpersonal.erase,
                looks=listpersonal.looks,
            ),
        )
        handlers.on("experts.build_export", ASKED, run=actions.build_export)
        handlers.on("experts.tell_of_export", READY, run=listnotices.tell_of_export)
        handlers.on("experts.tell_of_share", SHARED, run=listnotices.tell_of_share)
        listnotices.register()
        gauges.register()
        schedules.register("experts.lists", Timetable("network.experts.tasks.tidy_lists", minutes=60))
        handlers.on("experts", "accounts.details_changed", run=actions.details_changed)
        pre_save.connect(receivers.remember_place, sender=Term)
        post_save.connect(receivers.follow_term, sender=Term)
        handlers.on("experts.refile", receivers.TERM_MOVED, run=receivers.term_moved)
        register(searching.KIND, Source(_("People"), searching.rows, searching.document, searching.visible))
        searchables.register(searchable.NAME, searchable.PEOPLE)
        navigation.primary.register(
            "experts", navigation.Entry(_("People"), "experts:directory", icon="users", order=10)
        )
        navigation.personal.register(
            "shortlists",
            navigation.Entry(_("Shortlists"), "experts:shortlists", icon="list-checks", order=41),
        )
        navigation.personal.register(
            "experts", navigation.Entry(_("Your profile"), "experts:me", icon="id-card", order=10)
        )
