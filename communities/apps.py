from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import personal
        from communities.demo import seed
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.demo import chapters

        chapters.register("communities", seed)
        from communities import merging, notices, policies, receivers, sections, sources, telling
        from communities.audience import circle_keys, membership_keys, named
        from communities.models import Community
        from network.consent.audiences import audiences
        from network.experts.circles import circles
        from network.foundations import navigation
        from network.foundations.viewer import audience_keys
        from network.outbox import handlers
        from network.search.sources import Source
        from network.search.sources import register as register_source

        audience_keys.register("communities", membership_keys)
        circles.register("communities", circle_keys)
        merging.register()
        audiences.register("communities", named)
        notices.register()
        handlers.on("communities.send_invitation", "community.invited", run=receivers.send_invitation)
        handlers.on("communities.tell_of_request", "community.join_requested", run=notices.tell_of_request)
        handlers.on(
            "communities.tell_of_answer",
            "community.join_answered",
            run=notices.tell_of_answer,
            wait=timedelta(seconds=settings.UNDO_SECONDS),
        )
        handlers.on("communities.tell_of_suspension", "community.suspended", run=notices.tell_of_suspension)
        handlers.on("communities.tell_of_silence", "community.silenced", run=notices.tell_of_silence)
        handlers.on("communities.index", "audience.changed", run=receivers.index_community)
        handlers.on("communities.welcome", "community.joined", run=notices.welcome)
        handlers.on("communities.tell_of_mandate", "mandate.asked", run=notices.tell_of_mandate)
        handlers.on("communities.tell_of_answered", "mandate.answered", run=notices.tell_of_mandate_answer)
        handlers.on("communities.forget_choices", "community.left", run=telling.forget)
        telling.register()
        sections.register()
        navigation.primary.register(
            "communities", navigation.Entry(_("Communities"), "communities:list", order=20)
        )
        navigation.personal.register(
            "mandates",
            navigation.Entry(
                _("Who speaks for us"),
                "communities:mandates_waiting",
                "users",
                order=45,
                shown=policies.may_be_asked,
            ),
        )
        register_source(
            "communities",
            Source(_("Communities"), sources.communities, sources.document, Community.objects.visible_to),
        )
        personal_data.register("communities", Holding(_("Your communities"), personal.export, personal.erase))
