from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "network.organizations"
    verbose_name = "Organizations"

    def ready(self) -> None:
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.api import routers
        from network.foundations.demo import chapters
        from network.foundations.viewer import audience_keys
        from network.organizations import personal, searching
        from network.organizations.api import router
        from network.organizations.audience import focal_point_keys
        from network.organizations.demo import seed
        from network.search.sources import Source, register

        audience_keys.register("organizations", focal_point_keys)
        routers.register("organizations", router)
        chapters.register("organizations", seed)
        personal_data.register(
            "organizations", Holding(_("Organizations and countries"), personal.export, personal.erase)
        )
        register(
            searching.KIND,
            Source(_("Organizations"), searching.rows, searching.document, searching.visible),
        )
