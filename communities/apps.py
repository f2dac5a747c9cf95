from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        from communities.audience import membership_keys
        from network.foundations.viewer import audience_keys

        audience_keys.register("communities", membership_keys)
