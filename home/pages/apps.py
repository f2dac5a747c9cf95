from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "home.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from wagtail.signals import page_published, page_unpublished

        from home.pages import receivers, search
        from home.pages.demo import seed
        from network.calls.signals import results_recorded
        from network.foundations import demo
        from network.search import sources

        sources.register(
            "pages",
            sources.Source(
                label=_("Pages and events"),
                rows=search.rows,
                document=search.document,
                visible=search.visible,
                localized=False,
            ),
        )
        results_recorded.connect(receivers.publish_results)
        page_published.connect(receivers.index_page)
        page_unpublished.connect(receivers.index_page)
        demo.chapters.register("pages", seed)
