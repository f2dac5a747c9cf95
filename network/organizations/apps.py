from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "network.organizations"
    verbose_name = "Organizations"

    def ready(self) -> None:
        from network.foundations.api import routers
        from network.foundations.viewer import audience_keys
        from network.organizations import searching
        from network.organizations.api import router
        from network.organizations.audience import focal_point_keys
        from network.search.sources import Source, register

        audience_keys.register("organizations", focal_point_keys)
        routers.register("organizations", router)
        register(
            searching.KIND,
            Source(_("Organizations"), searching.rows, searching.document, searching.visible),
        )
