from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
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
        from communities.forums.gatekeepers import forewarnings, gatekeepers, reasons
        from communities.moderation import (
            claim_notices,
            doors,
            kinds,
            letterbox,
            live,
            merging,
            notices,
            policies,
            receivers,
            rules,
        )
        from communities.moderation.models import ModerationLogEntry
        from communities.panels import member_pages, sections
        from communities.signals import act_recorded
        from network.foundations import navigation
        from network.foundations.appendonly import append_only
        from network.foundations.schedules import Timetable, schedules
        from network.live.streams import LiveStream, streams
        from network.notifications.inbound.working import WAITING
        from network.outbox import handlers

        append_only.register("moderation", ModerationLogEntry)
        act_recorded.connect(receivers.write_log, dispatch_uid="moderation.write_log")
        act_recorded.connect(receivers.weigh_act, dispatch_uid="moderation.weigh_act")
        gatekeepers.register("rules", rules.waits)
        forewarnings.register("rules", rules.forewarn)
        for name, said in rules.REASONS.items():
            reasons.register(name, said)
        kinds.register()
        letterbox.register()
        merging.register()
        member_pages.register("moderation", doors.RECORD)
        streams.register(
            "community", LiveStream(may_follow=live.may_follow, render=live.render, shared=False)
        )
        schedules.register(
            "moderation.week", Timetable("communities.moderation.tasks.tell_of_week", minutes=7 * 24 * 60)
        )
        post_acts.register("report", doors.REPORT)
        post_acts.register("claim", doors.CLAIM)
        sections.register("moderation", doors.QUEUE)
        navigation.personal.register(
            "moderation",
            navigation.Entry(
                _("Moderation"), "moderation:everything", "shield", order=40, shown=policies.looks_after_any
            ),
        )
        navigation.personal.register(
            "moderation_mine",
            navigation.Entry(_("Decisions about me"), "moderation:mine", "scroll-text", order=48),
        )
        notices.register()
        claim_notices.register()
        handlers.on("moderation.tell_of_held", "moderation.held", run=notices.tell_of_held)
        handlers.on("moderation.tell_of_mail", WAITING, run=notices.tell_of_mail)
        handlers.on("moderation.tell_of_report", "moderation.reported", run=notices.tell_of_report)
        undo = timedelta(seconds=settings.UNDO_SECONDS)
        handlers.on("moderation.tell_reporter", "moderation.decided", run=notices.tell_reporter, wait=undo)
        handlers.on("moderation.tell_of_claim", "moderation.claimed", run=claim_notices.tell_of_claim)
        handlers.on(
            "moderation.tell_claimant",
            "moderation.claim_answered",
            run=claim_notices.tell_claimant,
            wait=undo,
        )
        handlers.on("moderation.call_two", "moderation.alerted", run=notices.call_two)
        handlers.on("moderation.tell_of_appeal", "moderation.appealed", run=notices.tell_of_appeal)
        handlers.on(
            "moderation.tell_appellant", "moderation.appeal_answered", run=notices.tell_appellant, wait=undo
        )
        handlers.on("moderation.tell_concerned", "moderation.acted", run=notices.tell_concerned)
        handlers.on("moderation.count_author", "posted", run=receivers.count_author)
        personal_data.register("moderation", Holding(_("Moderation"), personal.export, personal.erase))
