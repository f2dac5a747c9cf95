from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "home.events"
    verbose_name = "Events"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _
        from wagtail.signals import page_published

        from communities.panels import Panel, panels
        from home.blocks.listings import Listing, listings
        from home.events import (
            finding,
            letterbox,
            live,
            merging,
            notices,
            personal,
            receivers,
            room_notices,
            stall_notices,
        )
        from home.events.actions.following import CHANGED
        from home.events.actions.line import MOVED
        from home.events.actions.rooms import MATERIALS
        from home.events.actions.speaking import CLAIM_ANSWERED, CLAIMED
        from home.events.actions.stalls import ANSWERED, ASKED, BOOKED
        from home.events.actions.timing import REMINDED
        from home.events.demo import seed
        from home.events.panel import events_panel
        from network.accounts.personal_data import Holding, personal_data
        from network.foundations import demo, navigation
        from network.foundations.schedules import Timetable, schedules
        from network.live.streams import LiveStream, streams
        from network.outbox import handlers

        panels.register("events", Panel("events/_panel.html", events_panel, order=20))
        listings.register("events", Listing("events/_listed.html", finding.next_events))
        navigation.primary.register("events", navigation.Entry(_("Events"), "events", order=30))
        demo.chapters.register("events", seed)
        navigation.personal.register(
            "places", navigation.Entry(_("My places at events"), "events:mine", "calendar", order=35)
        )
        notices.register()
        stall_notices.register()
        room_notices.register()
        letterbox.register()
        merging.register()
        streams.register("session", LiveStream(may_follow=live.may_follow, render=live.render, shared=False))
        handlers.on("events.tell_of_place", MOVED, run=notices.tell_of_place)
        handlers.on("events.tell_of_reminder", REMINDED, run=notices.tell_of_reminder)
        handlers.on("events.tell_stall", ASKED, BOOKED, run=stall_notices.tell_stall)
        handlers.on("events.tell_visitor", ANSWERED, run=stall_notices.tell_visitor)
        handlers.on("events.tell_of_claim", CLAIMED, run=room_notices.tell_of_claim)
        handlers.on("events.tell_claimant", CLAIM_ANSWERED, run=room_notices.tell_claimant)
        handlers.on("events.tell_speakers", MATERIALS, run=room_notices.tell_speakers)
        handlers.on("events.tell_of_change", CHANGED, run=notices.tell_of_change)
        schedules.register("events.settle", Timetable("home.events.tasks.settle"))
        schedules.register("events.remind", Timetable("home.events.tasks.remind"))
        schedules.register("events.forget_needs", Timetable("home.events.tasks.forget_needs", minutes=60))
        page_published.connect(receivers.follow_page)
        personal_data.register("events", Holding(_("Your places at events"), personal.export, personal.erase))
