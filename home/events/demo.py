"""The demo's events: a knowledge fair, a webinar, a workshop, something cancelled, something over."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from communities.models import Community
from home.events import actions
from home.events.enums import Asking, Attendance, HourKind, Kind, Shown
from home.events.models import (
    Booth,
    Desk,
    EventIndexPage,
    EventPage,
    KnowledgeFairPage,
    LiveRoom,
    Session,
    Stall,
)
from home.events.rooms import Standing, room_of
from network.accounts.models import User
from network.experts.models import ExpertProfile
from network.foundations.clock import zone_of
from network.foundations.viewer import viewer_for
from network.organizations.models import Affiliation, Organization
from network.thesaurus.models import Term

EVENTS = [
    {
        "slug": "invasive-species-early-warning",
        "title": "Early warning for invasive alien species: three islands compare notes",
        "kind": Kind.WEBINAR, "zone": "Pacific/Auckland", "in_days": 12, "at": (9, 0), "hours": 2,
        "attendance": Attendance.ONLINE, "place": "", "country": "", "targets": ["6"], "languages": ["en", "fr"],
        "summary": "What happens in the first seventy-two hours after a sighting, told by the people on call.",
        "body": "<p>Three island teams show the message that a sighting triggers, who reads it first and what it costs to "
        "be wrong. The second hour belongs to your questions; send them beforehand in the community.</p><ul><li>Report "
        "forms that a fishing crew fills in</li><li>Who decides on a quarantine at night</li><li>What was learnt from two "
        "false alarms</li></ul>",
    },
    {
        "slug": "mangrove-restoration-workshop",
        "title": "Restoring mangroves with the people who live among them",
        "kind": Kind.WORKSHOP, "zone": "Africa/Dar_es_Salaam", "in_days": 26, "at": (9, 30), "hours": 31,
        "attendance": Attendance.ON_SITE, "place": "Bagamoyo", "country": "TZ", "targets": ["2", "22"],
        "languages": ["en"],
        "summary": "Two days in the field: species choice, tenure, and how to count what survives after three years.",
        "body": "<p>The first day is spent on the mud. The second day turns what we saw into a plan that a village council "
        "can adopt: who plants, who watches, who is paid and who says stop.</p>",
    },
    {
        "slug": "reporting-dialogue",
        "title": "Dialogue on national reports: from indicators to sentences people read",
        "kind": Kind.DIALOGUE, "zone": "America/Bogota", "in_days": 40, "at": (14, 0), "hours": 3,
        "attendance": Attendance.HYBRID, "place": "Bogotá", "country": "CO", "targets": ["14", "21"],
        "languages": ["es", "en"],
        "summary": "Editors of five national clearing-houses read each other's drafts aloud.",
        "body": "<p>Bring one page of your draft. Each page is read aloud by somebody from another country, who then says "
        "what she understood.</p>",
    },
    {
        "slug": "seed-keepers-round-table",
        "title": "Round table of seed keepers",
        "kind": Kind.ROUND_TABLE, "zone": "Asia/Kathmandu", "in_days": 55, "at": (10, 15), "hours": 2, "cancelled": True,
        "attendance": Attendance.ONLINE, "place": "", "country": "", "targets": ["4", "10"], "languages": ["en"],
        "summary": "Cancelled at the wish of the hosts; a new date follows in the community.",
        "body": "<p>The hosts have asked for more time to agree among themselves what is shown and what stays at home.</p>",
    },
    {
        "slug": "pollinators-seminar",
        "title": "What four winters of counting pollinators taught us",
        "kind": Kind.SEMINAR, "zone": "Europe/Warsaw", "in_days": -30, "at": (15, 0), "hours": 2,
        "attendance": Attendance.HYBRID, "place": "Kraków", "country": "PL", "targets": ["7", "10"],
        "languages": ["en", "ru"],
        "summary": "Methods that volunteers keep to, and those that they quietly drop.",
        "body": "<p>Slides and the discussion are in the community's archive.</p>",
    },
]  # fmt: skip

SESSIONS = [
    (0, (9, 0), 30, "Opening", "Main hall", "Welcome by the hosts, and how to find your way.", ""),
    (0, (9, 45), 75, "Community monitoring that survives the project", "Room 1",
     "Three groups show the notebook they really use.", "Community wardens of the lagoon"),
    (0, (13, 30), 60, "Data licences in twenty minutes, then your cases", "Room 2", "Bring a data set.", ""),
    (1, (9, 0), 90, "Asking for consent before publishing", "Main hall",
     "What free, prior and informed consent asks of an editor, step by step.", ""),
    (1, (11, 0), 60, "Maps that work on a weak line", "Room 1", "Under 200 KB, with a table beside each.", ""),
    (1, (15, 0), 45, "What we take home", "Main hall", "", "Everybody"),
]  # fmt: skip

STALLS = [
    ("Herbarium by post", "How a small herbarium lends, digitises and returns: boxes to open."),
    ("The forum in a suitcase", "Reading and answering by mail from places without a line."),
    ("Red List at the kitchen table", "Assess a species with us in half an hour."),
    ("Native trees for towns", "Seedlings, and a spreadsheet that a gardener can use."),
]


def seed() -> None:
    index = EventIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    editor = User.objects.get(email="editor@demo.example")
    for told in EVENTS:
        if not EventPage.objects.filter(slug=told["slug"]).exists():
            _publish(index, _event(told), editor, told["targets"], told["languages"])
    if not KnowledgeFairPage.objects.exists():
        _fair(index, editor)
    _desks(editor)
    _stalls()
    _rooms(editor)


def _start(zone: str, in_days: int, at: tuple[int, int]) -> datetime:
    place = ZoneInfo(zone)
    day = timezone.now().astimezone(place).date() + timedelta(days=in_days)
    return datetime.combine(day, time(*at), tzinfo=place)


def _event(told: dict) -> EventPage:
    starts_at = _start(told["zone"], told["in_days"], told["at"])
    return EventPage(
        slug=told["slug"], title=told["title"], kind=told["kind"], zone=told["zone"], starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=told["hours"]), attendance=told["attendance"], place=told["place"],
        country=Term.objects.filter(domain="country", code=told["country"]).first(), summary=told["summary"],
        cancelled_at=timezone.now() if told.get("cancelled") else None, body=[("text", RichText(told["body"]))],
    )  # fmt: skip


def _publish(index: Page, page: EventPage, editor: User, targets: list[str], languages: list[str]) -> None:
    page.owner = editor
    page.organizers = Organization.objects.order_by("pk")[:1]
    page.hosts = Community.objects.filter(visibility="public").order_by("pk")[:1]
    page.themes = Term.objects.filter(domain="kmgbf-target", code__in=targets)
    page.languages = Term.objects.filter(domain="language", code__in=languages)
    index.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)


def _fair(index: EventIndexPage, editor: User) -> None:
    """The fair, with speakers from the directory and stalls of organizations."""
    zone = "America/Toronto"
    starts_at = _start(zone, 75, (9, 0))
    fair = KnowledgeFairPage(
        slug="knowledge-fair", title="Knowledge fair: what works, and how we know", kind=Kind.FAIR, zone=zone,
        starts_at=starts_at, ends_at=_start(zone, 76, (16, 0)), attendance=Attendance.HYBRID, place="Montreal",
        country=Term.objects.get(domain="country", code="CA"), link="https://fair.network.example/",
        summary="Two days of stalls, short sessions and long conversations between practitioners of forty countries.",
        body=[("text", RichText(
            "<p>A fair is for showing, not for presenting. Each stall has something to open, taste, count or repair. "
            "Sessions are short; the corridor is long.</p><h2>Taking part from afar</h2><p>Stalls answer questions within "
            "a day, in writing, for as long as the fair lasts.</p>"
        ))],
    )  # fmt: skip
    speakers = list(ExpertProfile.objects.published().order_by("pk")[: len(SESSIONS)])
    for place, (day, begins, minutes, title, room, about, others) in enumerate(SESSIONS):
        fair.sessions.add(Session(
            day=(starts_at + timedelta(days=day)).date(), begins=time(*begins), minutes=minutes, title=title, room=room,
            about=about, other_speakers=others, speaker=speakers[place] if place < len(speakers) and not others else None,
        ))  # fmt: skip
    organizations = list(Organization.objects.order_by("pk")[: len(STALLS)])
    for place, (title, about) in enumerate(STALLS):
        keeper = organizations[place] if place < len(organizations) else None
        fair.stalls.add(Stall(title=title, about=about, organization=keeper))
    _publish(index, fair, editor, ["20", "21"], ["en", "fr", "es"])


def _desks(editor: User) -> None:
    """Desks of two events: one with a line of people who wait, one that approves each registration."""
    viewer = viewer_for(editor)
    workshop = EventPage.objects.get(
        slug="mangrove-restoration-workshop", locale__language_code=settings.LANGUAGE_CODE
    )
    webinar = EventPage.objects.get(
        slug="invasive-species-early-warning", locale__language_code=settings.LANGUAGE_CODE
    )
    if Desk.objects.filter(event=workshop.translation_key).exists():
        return
    africa = Term.objects.get(domain="un-region", narrower__code="TZ")
    full = actions.open_desk(
        viewer=viewer, event=workshop, capacity=6, asks_needs=True, shown_to=Shown.PARTICIPANTS,
        quotas={africa.pk: 3}, questions=[
            {"text": "Boots: which size?", "purpose": "We lend them; the helpers at the store read it.",
             "kind": Asking.CHOICE, "choices": ["36–38", "39–41", "42–44", "45 and more", "I bring mine"], "required": False},
            {"text": "What have you planted, and what died?", "purpose": "The trainers choose the sites by it.",
             "kind": Asking.TEXT, "choices": [], "required": True},
        ],
    )  # fmt: skip
    open_to_all = actions.open_desk(
        viewer=viewer,
        event=webinar,
        shown_to=Shown.PARTICIPANTS,
        meeting_url="https://meet.network.example/islands",
    )
    profiles = (
        ExpertProfile.objects.published()
        .exclude(country=None)
        .select_related("user", "country")
        .order_by("pk")
    )
    for place, profile in enumerate(profiles[:9]):
        known = viewer_for(profile.user)
        said = [
            {"question": "What have you planted, and what died?", "answer": "Rhizophora; the second row."}
        ]
        actions.register(
            viewer=known, event=workshop, desk=full, attendance=Attendance.ON_SITE, country=profile.country, answers=said,
            needs="No stairs, please." if place == 1 else "", is_listed=place % 2 == 0, takes_at_once=place == 7,
        )  # fmt: skip
        if place < 5:
            actions.register(
                viewer=known, event=webinar, desk=open_to_all, attendance=Attendance.ONLINE, is_listed=True
            )


def _stalls() -> None:
    """The stall of an organization that has an officer: its story, hours, a question with its answer."""
    officers = Affiliation.objects.officers()
    of = {row.organization_id: row.person for row in officers.select_related("person").order_by("-pk")}
    stall = (
        Stall.objects.filter(organization__in=of, booth=None).select_related("fair").order_by("pk").first()
    )
    if stall is None or Booth.objects.exists():
        return
    keeper = viewer_for(of[stall.organization_id])
    actions.tell_story(
        viewer=keeper, stall=stall, of_people=False, version=0,
        story="<p>Sit down with us for half an hour. We go through one case from its beginning to its end, with your own notes "
        "on the table.</p><ul><li>What we bring: forms, a kettle, time</li><li>What you bring: a place that you know</li>"
        "<li>What stays: a page that you can show at home</li></ul>",
    )  # fmt: skip
    begins = stall.fair.starts_at
    for hours, kind, minutes in ((1, HourKind.OPEN, 120), (4, HourKind.TALK, 20), (5, HourKind.TALK, 20)):
        actions.add_hour(
            viewer=keeper, stall=stall, kind=kind, starts_at=begins + timedelta(hours=hours), minutes=minutes
        )
    visitor = User.objects.get(email="expert@demo.example")
    asked = actions.ask(
        viewer=viewer_for(visitor),
        stall=stall,
        text="May I bring a case for which I have no map, only a sketch?",
    )
    actions.answer(
        viewer=keeper,
        question=asked,
        text="Yes. Half of what we know began as a sketch.",
    )


def _rooms(editor: User) -> None:
    """Sessions with a room: one that is ahead, to which people have sent questions, and one that is an archive."""
    if LiveRoom.objects.exists():
        return
    english = EventPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    ahead = _session(
        english.get(slug="invasive-species-early-warning"), editor, "The first seventy-two hours",
        about="Three teams on call, then your questions.", other_speakers="Those on call in Apia; A warden",
    )  # fmt: skip
    over = _session(
        english.get(slug="pollinators-seminar"), editor, "Four winters of counting",
        about="What volunteers keep to.", other_speakers="The counting team",
    )  # fmt: skip
    actions.set_room(
        here=_standing(ahead, editor), version=0, meeting_url="https://meet.network.example/islands",
        captions_url="https://captions.network.example/islands", allows_unnamed=True,
    )  # fmt: skip
    desk = Desk.objects.get(event=ahead.event.translation_key)
    guests = [
        row.person for row in desk.registrations.confirmed().select_related("person").order_by("number")
    ]
    told = [
        ("Who pays for the boat when the alarm is false?", "en"),
        ("Qui décide d’une quarantaine pendant la nuit ?", "fr"),
        ("Can fishers report without a telephone?", "en"),
    ]
    for guest, (text, language) in zip(guests, told, strict=False):
        asked = actions.ask_in_room(here=_standing(ahead, guest), text=text, language=language)
        if language == "fr":
            actions.decide(here=_standing(ahead, editor), question=asked, show=True)
            for other in guests[3:]:
                actions.vote(here=_standing(ahead, other), question=asked)
    actions.set_room(
        here=_standing(over, editor), version=0, slides_url="https://slides.network.example/pollinators"
    )
    actions.end_session(here=_standing(over, editor))


def _session(page: EventPage, editor: User, title: str, **told: str) -> Session:
    """A session that lasts as long as the event."""
    begins = page.starts_at.astimezone(zone_of(page.zone))
    page.sessions.add(Session(day=begins.date(), begins=begins.time(), minutes=120, title=title, **told))
    page.save_revision(user=editor).publish(user=editor)
    return Session.objects.select_related("event", "speaker").get(event=page, title=title)


def _standing(of: Session, who: User) -> Standing:
    return Standing(viewer_for(who), of.event, of, room_of(of.event, of), timezone.now())
