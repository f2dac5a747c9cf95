from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "communities.moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from communities.moderation import personal
        from communities.moderation.demo import seed
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations.demo import chapters

        chapters.register("moderation", seed)
        from communities.forums.acts import post_acts
        from communities.forums.gatekeepers import gatekeepers
        from communities.moderation import doors, notices, policies
        from communities.moderation.models import ModerationLogEntry
        from communities.moderation.receivers import write_log
        from communities.moderation.rules import newcomer_with_links
        from communities.panels import sections
        from communities.signals import act_recorded
        from network.foundations import navigation
        from network.foundations.appendonly import append_only
        from network.outbox import handlers

        append_only.register("moderation", ModerationLogEntry)
        act_recorded.connect(write_log, dispatch_uid="moderation.write_log")
        gatekeepers.register("newcomer_with_links", newcomer_with_links)
        post_acts.register("report", doors.REPORT)
        sections.register("moderation", doors.QUEUE)
        navigation.personal.register(
            "moderation",
            navigation.Entry(
                _("Moderation"), "moderation:everything", "shield", order=40, shown=policies.looks_after_any
            ),
        )
        notices.register()
        handlers.on("moderation.tell_of_held", "moderation.held", run=notices.tell_of_held)
        handlers.on("moderation.tell_of_report", "moderation.reported", run=notices.tell_of_report)
        handlers.on("moderation.tell_reporter", "moderation.decided", run=notices.tell_reporter)
        personal_data.register("moderation", Holding(_("Moderation"), personal.export, personal.erase))
