from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "home.pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save
        from django.utils.translation import gettext_lazy as _
        from wagtail.models import PageViewRestriction
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from communities.panels import Panel, panels
        from home.pages import personal, receivers, search
        from home.pages.demo import seed
        from home.pages.landing import blog_panel, landing_panel
        from network.accounts.personal_data import Holding, personal_data
        from network.awards.signals import leave_recorded, leave_taken_back_recorded
        from network.calls.signals import results_recorded
        from network.foundations import demo
        from network.pagecache.rules import COMMUNITIES, PAGES, PEOPLE, Rule, rules
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
        panels.register("landing", Panel("pages/_landing.html", landing_panel, order=5))
        panels.register("blog", Panel("pages/_blog.html", blog_panel, order=30))
        personal_data.register(
            "pages", Holding(_("What you wrote in blogs"), personal.export, personal.erase)
        )
        results_recorded.connect(receivers.publish_results)
        leave_recorded.connect(receivers.draft_practice)
        leave_taken_back_recorded.connect(receivers.take_practice_away)
        page_published.connect(receivers.index_page)
        page_unpublished.connect(receivers.index_page)
        for bell in (page_published, page_unpublished, post_page_move):
            bell.connect(receivers.forget_kept)
        for bell in (post_save, post_delete):
            bell.connect(receivers.forget_kept, sender=PageViewRestriction)
        # They show communities by what was written in last, which may lag a minute behind.
        rule = Rule(
            tags=lambda **_parts: [PAGES, PEOPLE, COMMUNITIES],
            query=frozenset(
                {"cursor", "kind", "theme", "past", "view", "at", "attendance", "country", "language"}
            ),
            seconds=60,
        )
        for name in ("wagtail_serve", "events", "news"):
            rules.register(name, rule)
        demo.chapters.register("pages", seed)
