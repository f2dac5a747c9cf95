from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
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
        from communities.forums import (
            ballot_box,
            knowledge,
            letterbox,
            live,
            merging,
            notices,
            packed_answers,
            receivers,
            sources,
            telling,
        )
        from communities.forums.actions import copies
        from communities.forums.actions.writing import SENT_AGAIN
        from communities.forums.acts import MAIL, post_acts
        from communities.forums.gatekeepers import gatekeepers, reasons
        from communities.forums.models import Post, Thread
        from communities.forums.panel import community_feeds, export_address, forums_panel, voices_address
        from communities.panels import Panel, Section, feeds, panels, sections
        from communities.policies import can_facilitate
        from network.consent.copies import desks
        from network.foundations.navigation import Entry
        from network.foundations.navigation import personal as personal_menu
        from network.foundations.schedules import Timetable, schedules
        from network.live.streams import LiveStream, streams
        from network.outbox import handlers
        from network.search.sources import Source, register

        gatekeepers.register(knowledge.RULE, knowledge.holds_copy)
        reasons.register(knowledge.RULE, _("Repeats sealed knowledge word for word; its holders decide"))
        reasons.register(SENT_AGAIN, _("Its author has mended it and sent it again"))
        desks.register("forums", copies.DESK)
        panels.register("forums", Panel("forums/_panel.html", forums_panel, order=10))
        feeds.register("forums", community_feeds)
        sections.register("export", Section(_("Copy"), export_address, can_facilitate, order=80))
        sections.register("voices", Section(_("Voices"), voices_address, can_facilitate, order=50))
        streams.register("thread", LiveStream(may_follow=live.may_follow, render=live.render))
        notices.register()
        telling.register()
        letterbox.register()
        ballot_box.register()
        merging.register()
        packed_answers.register()
        post_acts.register("mail", MAIL)
        personal_menu.register("catch_up", Entry(_("Catch up"), "reading:catch_up", "list-checks", order=15))
        handlers.on("forums.tell_of_post", "posted", run=notices.tell_of_post)
        handlers.on("forums.tell_of_poll", "asked", run=ballot_box.tell_of_poll)
        handlers.on("forums.tell_of_poll_let_out", "posted", run=ballot_box.tell_of_poll_let_out)
        handlers.on("forums.tell_of_edit", "edited", run=notices.tell_of_edit)
        handlers.on(
            "forums.tell_author",
            "hidden",
            "moderation.turned_down",
            "moderation.returned",
            "moderation.amended",
            run=notices.tell_author,
            wait=timedelta(seconds=settings.UNDO_SECONDS),
        )
        handlers.on("forums.forget_levels", "community.left", run=receivers.forget_levels)
        handlers.on("forums.index", "posted", "imported", "edited", "hidden", "shown", run=sources.index_post)
        handlers.on(
            "forums.index_threads", "moved", "split", "merged", "tagged", "claimed", run=sources.index_thread
        )
        handlers.on("forums.index_audience", "audience.changed", run=sources.index_audience)
        handlers.on("forums.tell_of_widening", "audience.proposed", run=notices.tell_of_widening)
        handlers.on("forums.tell_of_extension", "forum.extended", run=notices.tell_of_extension)
        handlers.on("forums.tell_of_final_call", "forum.final_call", run=notices.tell_of_final_call)
        handlers.on(
            "forums.tell_of_summary", "summary.drafted", "summary.published", run=notices.tell_of_summary
        )
        handlers.on("forums.tell_of_correction", "summary.correction", run=notices.tell_of_correction)
        handlers.on("forums.tell_of_correction_answer", "summary.answered", run=notices.tell_of_answer)
        schedules.register("forums", Timetable("communities.forums.tasks.call_finally"))
        schedules.register("forums.appear", Timetable("communities.forums.tasks.let_out_due"))
        schedules.register("forums.remind", Timetable("communities.forums.tasks.remind", minutes=5))
        schedules.register(
            "forums.sweep_drafts", Timetable("communities.forums.tasks.sweep_drafts", minutes=24 * 60)
        )
        schedules.register(
            "forums.sweep_files", Timetable("communities.forums.tasks.sweep_files", minutes=60)
        )
        personal_menu.register("bookmarks", Entry(_("Bookmarks"), "kept:bookmarks", "bookmark", order=32))
        personal_menu.register("drafts", Entry(_("Drafts"), "kept:drafts", "file-pen-line", order=34))
        register(
            "threads",
            Source(_("Threads"), sources.threads, sources.thread_document, Thread.objects.visible_to),
        )
        register("posts", Source(_("Posts"), sources.posts, sources.post_document, Post.objects.visible_to))
        personal_data.register(
            "forums", Holding(_("What you wrote"), personal.export, personal.erase, files=personal.files)
        )
