from django.apps import AppConfig
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "network.experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from allauth.socialaccount.signals import social_account_added, social_account_removed

        from network.accounts import policies as account_policies
        from network.accounts.looking import kinds
        from network.accounts.personal_data import Holding, personal_data
        from network.experts import (
            actions,
            disclosure,
            facets,
            gauges,
            letterbox,
            listnotices,
            listpersonal,
            notices,
            panels,
            personal,
            policies,
            receivers,
            roster_letterbox,
            searchable,
            searching,
            trust_notices,
            trust_personal,
        )
        from network.experts.actions import endorsements
        from network.experts.actions import merging as persons
        from network.experts.actions.exporting import ASKED, READY
        from network.experts.actions.shortlisting import SHARED
        from network.experts.api import router
        from network.experts.audience import keeper_keys
        from network.experts.demo import seed
        from network.experts.enums import Facet, Offer
        from network.experts.importing import letters
        from network.experts.lenses import KEPT_UP, Code, lenses, numbered, register_coded
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.demo import chapters
        from network.foundations.schedules import Timetable, schedules
        from network.foundations.viewer import audience_keys
        from network.organizations import merging
        from network.organizations import panels as organizations
        from network.outbox import handlers
        from network.search.searchables import searchables
        from network.search.sources import Source, register
        from network.thesaurus.models import Term

        organizations.faces.register("experts", disclosure.cards_for)
        organizations.organization_panels.register("experts", panels.of_organization)
        organizations.country_panels.register("experts", panels.of_country)
        persons.register()
        kinds.register("experts.double", _("Whether you are here twice: your profile beside another one"))
        navigation.personal.register(
            "doubles",
            navigation.Entry(
                _("People here twice"),
                "experts:doubles",
                "users",
                order=82,
                shown=account_policies.can_manage_people,
            ),
        )
        lenses.register("active", KEPT_UP)
        register_coded(Facet.AVAILABILITY, *numbered(Facet.AVAILABILITY, Offer))
        register_coded(Facet.VERIFIED, Code(facets.ENDORSED, facets.ENDORSED_CODE, _("Endorsed people only")))
        routers.register("experts", router)
        chapters.register("experts", seed)
        personal_data.register(
            "experts", Holding(_("Your profile"), personal.export, personal.erase, files=personal.files)
        )
        personal_data.register(
            "experts.messages", Holding(_("Messages"), personal.export_messages, personal.erase_messages)
        )
        personal_data.register(
            "rosters",
            Holding(_("Endorsements and rosters"), trust_personal.export, trust_personal.erase),
        )
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
        handlers.on("experts", "accounts.details_changed", run=actions.details_changed)
        handlers.on("experts.take_slice", "experts.list_started", run=actions.take_slice)
        handlers.on("experts.write_to", "experts.entered", run=letters.write_to)
        schedules.register("experts.tidy_lists", Timetable("network.experts.tasks.tidy_lists", minutes=60))
        pre_save.connect(receivers.remember_place, sender=Term)
        post_save.connect(receivers.follow_term, sender=Term)
        handlers.on("experts.refile", receivers.TERM_MOVED, run=receivers.term_moved)
        register(searching.KIND, Source(_("People"), searching.rows, searching.document, searching.visible))
        searchables.register(searchable.NAME, searchable.PEOPLE)
        notices.register()
        letterbox.register()
        schedules.register("experts.tidy", Timetable("network.experts.tasks.tidy", minutes=24 * 60))
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
        navigation.personal.register(
            "people-lists",
            navigation.Entry(
                _("Lists of people"),
                "experts:people_lists",
                icon="file-up",
                order=60,
                shown=policies.can_enter_people,
            ),
        )
        audience_keys.register("rosters", keeper_keys)
        social_account_added.connect(receivers.follow_link, dispatch_uid="experts.follow_link")
        social_account_removed.connect(receivers.follow_unlinking, dispatch_uid="experts.follow_unlinking")
        trust_notices.register()
        roster_letterbox.register()
        merging.closers.register("experts.Endorsement", endorsements.close_in_merge)
        handlers.on(
            "experts.follow_merge",
            "organizations.merged",
            "organizations.unmerged",
            run=actions.organization_merged,
        )
        schedules.register("experts.follow_days", Timetable("network.experts.tasks.follow_days", minutes=60))
        schedules.register(
            "experts.keep_rosters", Timetable("network.experts.tasks.keep_rosters", minutes=60)
        )
        navigation.personal.register(
            "rosters",
            navigation.Entry(_("Rosters and endorsements"), "rosters:mine", "list-checks", order=12),
        )
