from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "communities.forums"
    verbose_name = _("Forums")

    def ready(self) -> None:
        from communities.forums import personal
        from communities.forums.demo import seed
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.demo import chapters

        chapters.register("forums", seed)
        from communities.forums import live, notices, sources
        from communities.forums.models import Post, Thread
        from communities.forums.panel import forums_panel
        from communities.panels import Panel, panels
        from network.live.streams import LiveStream, streams
        from network.outbox import handlers
        from network.search.sources import Source, register

        panels.register("forums", Panel("forums/_panel.html", forums_panel, order=10))
        streams.register("thread", LiveStream(may_follow=live.may_follow, render=live.render))
        notices.register()
        handlers.on("forums.tell_of_post", "posted", run=notices.tell_of_post)
        handlers.on("forums.tell_author", "hidden", "moderation.turned_down", run=notices.tell_author)
        handlers.on("forums.index", "posted", "imported", "edited", "hidden", "shown", run=sources.index_post)
        register(
            "threads",
            Source(_("Threads"), sources.threads, sources.thread_document, Thread.objects.visible_to),
        )
        register("posts", Source(_("Posts"), sources.posts, sources.post_document, Post.objects.visible_to))
        personal_data.register("forums", Holding(_("What you wrote"), personal.export, personal.erase))
