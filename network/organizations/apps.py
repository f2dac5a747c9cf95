from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "network.organizations"
    verbose_name = "Organizations"

    def ready(self) -> None:
        from network.accounts.invitations import behalves
        from network.accounts.merging import merging as people
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations import navigation
        from network.foundations.api import routers
        from network.foundations.demo import chapters
        from network.foundations.schedules import Timetable, schedules
        from network.foundations.viewer import audience_keys
        from network.organizations import merging, notices, own_notices, personal, policies, searching
        from network.organizations.actions.merging import (
            close_affiliation,
            close_affiliation_of_person,
            close_belonging,
            close_focal_point,
        )
        from network.organizations.api import router
        from network.organizations.audience import (
            alternate_keys,
            countries_of,
            focal_point_keys,
            officer_keys,
        )
        from network.organizations.demo import seed
        from network.outbox import handlers
        from network.search.sources import Source, register

        audience_keys.register("organizations", focal_point_keys)
        audience_keys.register("alternates", alternate_keys)
        audience_keys.register("officers", officer_keys)
        notices.register()
        own_notices.register()
        merging.closers.register("organizations.Affiliation", close_affiliation)
        merging.closers.register("organizations.Belonging", close_belonging)
        people.closers.register("organizations.Affiliation", close_affiliation_of_person)
        people.closers.register("organizations.FocalPoint", close_focal_point)
        navigation.personal.register(
            "organizations",
            navigation.Entry(_("Your organizations"), "organizations:mine", "building-2", order=14),
        )
        for handler, deed, run in (
            ("tell_of_naming", "alternate_named", notices.tell_of_naming),
            ("tell_of_answer", "alternate_answered", notices.tell_of_answer),
            ("tell_of_end", "alternate_ended", notices.tell_of_end),
        ):
            handlers.on(f"organizations.{handler}", f"organizations.{deed}", run=run)
        schedules.register(
            "organizations.forget_invitations",
            Timetable("network.organizations.tasks.forget_invitations", minutes=1440),
        )
        navigation.personal.register(
            "alternates",
            navigation.Entry(
                _("Alternates"), "countries:alternates", "users", order=46, shown=policies.has_alternates
            ),
        )
        routers.register("organizations", router)
        chapters.register("organizations", seed)
        behalves.register("organizations", countries_of)
        personal_data.register(
            "organizations", Holding(_("Organizations and countries"), personal.export, personal.erase)
        )
        register(
            searching.KIND,
            Source(_("Organizations"), searching.rows, searching.document, searching.visible),
        )
