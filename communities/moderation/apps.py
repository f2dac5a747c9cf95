from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "communities.moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from communities.forums.gatekeepers import gatekeepers
        from communities.moderation.receivers import write_log
        from communities.moderation.rules import newcomer_with_links
        from communities.signals import act_recorded

        act_recorded.connect(write_log, dispatch_uid="moderation.write_log")
        gatekeepers.register("newcomer_with_links", newcomer_with_links)
