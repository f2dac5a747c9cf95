from django.apps import AppConfig
from django.db.models.signals import post_migrate


class FoundationsConfig(AppConfig):
    name = "network.foundations"
    verbose_name = "Foundations"

    def ready(self) -> None:
        from network.foundations import checks  # noqa: F401
        from network.foundations.appendonly import install_after_migrate
        from network.foundations.schedules import write_after_migrate

        post_migrate.connect(install_after_migrate, sender=self)
        post_migrate.connect(write_after_migrate, sender=self)
