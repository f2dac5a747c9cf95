from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PageCacheConfig(AppConfig):
    name = "network.pagecache"
    verbose_name = "Page cache"

    def ready(self) -> None:
        from network.pagecache.receivers import forget_everything

        post_migrate.connect(forget_everything, sender=self)
