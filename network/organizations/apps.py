from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "network.organizations"
    verbose_name = "Organizations"
