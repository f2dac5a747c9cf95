from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "network.organizations"
    verbose_name = "Organizations"

    def ready(self) -> None:
        from network.foundations.viewer import audience_keys
        from network.organizations.audience import focal_point_keys

        audience_keys.register("organizations", focal_point_keys)
