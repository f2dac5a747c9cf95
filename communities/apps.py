from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities import receivers, sections
        from communities.audience import membership_keys
        from network.experts.circles import circles
        from network.foundations import navigation
        from network.foundations.viewer import audience_keys
        from network.outbox import handlers

        audience_keys.register("communities", membership_keys)
        circles.register("communities", membership_keys)
        handlers.on("communities.send_invitation", "invited", run=receivers.send_invitation)
        navigation.primary.register(
            "communities", navigation.Entry(_("Communities"), "communities:list", order=20)
        )
        sections.register()
