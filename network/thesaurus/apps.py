from django.apps import AppConfig


class ThesaurusConfig(AppConfig):
    name = "network.thesaurus"
    verbose_name = "Thesaurus"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from network.foundations.api import routers
        from network.thesaurus import receivers
        from network.thesaurus.api import router
        from network.thesaurus.models import Domain, Term

        routers.register("terms", router)
        for model in (Domain, Term):
            for bell in (post_save, post_delete):
                bell.connect(receivers.forget_kept, sender=model)
