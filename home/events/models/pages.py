"""Event pages, knowledge fairs and the calendar that lists them."""

import uuid
from datetime import UTC, datetime, time, timedelta

from django import forms
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from communities.models import Community
from home.blocks import BodyBlock
from home.events import answers, listing
from home.events.enums import Attendance, Kind
from home.events.models.rooms import Speaker
from home.events.querysets import EventManager
from home.events.wallclock import WallClockForm
from network.experts.models import ExpertProfile
from network.foundations.clock import zone_of
from network.organizations.models import Organization
from network.thesaurus.models import Term


class EventIndexPage(Page):
    """The calendar: what is ahead, what is over, and one feed for calendar programs."""

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["events.EventPage", "events.KnowledgeFairPage"]
    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("calendar of events")

    def serve(self, request: HttpRequest) -> HttpResponse:
        return listing.show(request, self, EventPage.objects.all())


class EventPage(Page):
    """A workshop, a webinar, a meeting: something with an hour. Hours are instants with a named zone."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WORKSHOP)
    summary = models.CharField(
        _("in one sentence"), max_length=300, blank=True, help_text=_("Stands in lists and calendars.")
    )
    starts_at = models.DateTimeField(_("starts"), help_text=_("As a clock at the place shows it."))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance, default=Attendance.ON_SITE
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.ForeignKey(
        Term, verbose_name=_("country"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        limit_choices_to={"domain": "country"},
    )  # fmt: skip
    link = models.URLField(_("address of the online meeting or registration"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(
        _("cancelled on"),
        null=True,
        blank=True,
        help_text=_("Calendars that have the event show it as cancelled."),
    )
    languages = ParentalManyToManyField(
        Term,
        verbose_name=_("languages"),
        blank=True,
        related_name="+",
        limit_choices_to={"domain": "language"},
    )
    themes = ParentalManyToManyField(
        Term, verbose_name=_("KMGBF targets"), blank=True, related_name="+",
        limit_choices_to={"domain": "kmgbf-target"},
    )  # fmt: skip
    organizers = ParentalManyToManyField(
        Organization, verbose_name=_("organizers"), blank=True, related_name="events"
    )
    hosts = ParentalManyToManyField(
        Community, verbose_name=_("communities that host it"), blank=True, related_name="events"
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    uid = models.CharField(max_length=255, blank=True, editable=False, db_index=True)

    base_form_class = WallClockForm
    objects = EventManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]), FieldPanel("zone")],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("attendance"), FieldPanel("place"), FieldPanel("country"), FieldPanel("link")],
            heading=_("Where"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("organizers", widget=forms.CheckboxSelectMultiple),
                FieldPanel("hosts", widget=forms.CheckboxSelectMultiple),
                FieldPanel("languages", widget=forms.SelectMultiple),
                FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
            ],
            heading=_("Who and what about"),
        ),
        InlinePanel("sessions", label=_("session"), heading=_("Programme")),
        FieldPanel("cancelled_at"),
    ]
    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []
    template = "events/event/index.html"

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="events_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="events_end_after_start")
        ]

    def serve(self, request: HttpRequest) -> HttpResponse:
        return answers.show_event(request, self, Speaker.objects.all())

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        request.is_preview = True
        return self.serve(request)

    def clean(self) -> None:
        """Sessions that were added in one go come with the same key: each after the first gets its own."""
        super().clean()
        seen: set[uuid.UUID] = set()
        for session in self.sessions.all():
            if session.key in seen:
                session.key = uuid.uuid4()
            seen.add(session.key)

    @property
    def local_start(self) -> datetime:
        """The first moment by the clock at the place, without a zone: for a leaf of a calendar."""
        return timezone.make_naive(self.starts_at, zone_of(self.zone))


class KnowledgeFairPage(EventPage):
    """A fair: an event with stalls that organizations and communities keep."""

    content_panels = [
        *EventPage.content_panels,
        InlinePanel("stalls", label=_("stall"), heading=_("Stalls")),
    ]
    template = "events/fair/index.html"

    class Meta:
        verbose_name = _("knowledge fair")
        verbose_name_plural = _("knowledge fairs")


class Session(Orderable):
    """One point of the programme, by the clock at the place. Speakers are in the directory or named.

    ``key`` is the same in every translation of the page: what belongs to a session beside the page (its room,
    its speakers' claims, who wants to go there) is found by it.
    """

    event = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="sessions")
    key = models.UUIDField(default=uuid.uuid4, blank=True, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"))
    begins = models.TimeField(_("begins"), help_text=_("As a clock at the place shows it."))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    room = models.CharField(_("room"), max_length=100, blank=True)
    about = models.CharField(_("about"), max_length=400, blank=True)
    speaker = models.ForeignKey(
        ExpertProfile, verbose_name=_("speaker from the directory"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    other_speakers = models.CharField(_("other speakers"), max_length=300, blank=True)

    panels = [
        # The number of a row is another one after each publication; the key goes through the form.
        FieldPanel("key", widget=forms.HiddenInput, classname="w-hidden"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("day"), FieldPanel("begins"), FieldPanel("minutes"), FieldPanel("room")]),
        FieldPanel("about"),
        FieldRowPanel([FieldPanel("speaker"), FieldPanel("other_speakers")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return self.title

    @property
    def names(self) -> list[str]:
        """Speakers who stand there by name only, as an editor separates them."""
        names = (name.strip() for part in self.other_speakers.split(";") for name in part.split(","))
        return list(dict.fromkeys(filter(None, names)))

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, tzinfo=zone_of(self.event.zone))

    @property
    def ends_at(self) -> datetime:
        """An hour lasts an hour, also in the night in which the clocks change."""
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.minutes)

    @property
    def ends(self) -> time:
        """The end by the clock at the place, summer time counted."""
        return self.ends_at.astimezone(zone_of(self.event.zone)).time()


class Stall(Orderable):
    """A table at the fair, kept by an organization or a community."""

    fair = ParentalKey(KnowledgeFairPage, on_delete=models.CASCADE, related_name="stalls")
    title = models.CharField(_("title"), max_length=120)
    about = models.CharField(_("what is shown"), max_length=400, blank=True)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="stalls",
    )  # fmt: skip
    community = models.ForeignKey(
        Community, verbose_name=_("community"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="stalls",
    )  # fmt: skip
    link = models.URLField(_("address"), max_length=300, blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("about"),
        FieldRowPanel([FieldPanel("organization"), FieldPanel("community")]),
        FieldPanel("link"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stall")
        verbose_name_plural = _("stalls")

    def __str__(self) -> str:
        return self.title
