"""Events: found in lists and calendars, at their hour in their zone, in every language."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from home.events.models import EventIndexPage, EventPage, KnowledgeFairPage, Session, Stall
from network.foundations.clock import wall_clock
from tests import people

pytestmark = pytest.mark.django_db


def index() -> EventIndexPage:
    return EventIndexPage.objects.get()


def event(title: str = "Mangrove day", days: float = 3, hours: float = 2, **fields) -> EventPage:
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=days))
    page = fields.pop("model", EventPage)(
        title=title, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours),
        **{"zone": "Africa/Nairobi", **fields},
    )  # fmt: skip
    index().add_child(instance=page)
    page.save_revision().publish()
    return page


def test_the_list_shows_what_is_ahead_next_first_and_what_is_over_on_demand(client):
    event("Later", days=9)
    event("Sooner", days=1)
    event("Over", days=-9)
    running = event("Running now", days=-0.01)
    page = client.get("/events/").content.decode()
    assert page.index("Running now") < page.index("Sooner") < page.index("Later")
    assert "Over" not in page
    past = client.get("/events/?past=on").content.decode()
    assert "Over" in past
    assert running.title not in past


def test_filters_narrow_and_nonsense_is_left_out(client):
    event("Seagrass webinar", kind="webinar")
    event("Seagrass workshop", kind="workshop")
    assert "Seagrass workshop" not in client.get("/events/?kind=webinar").content.decode()
    assert "Seagrass workshop" not in client.get("/events/?q=webinar").content.decode()
    assert "Nothing fits" in client.get("/events/?q=zebra").content.decode()
    for nonsense in ("kind=party", "theme=99", "past=maybe", f"q={'x' * 500}", "q=%00"):
        assert client.get(f"/events/?{nonsense}").status_code == 200
    assert client.get("/events/?cursor=nonsense").status_code == 404


def test_drafts_and_restricted_events_are_nowhere(client):
    draft = EventPage(
        title="Secret draft", starts_at=timezone.now(), ends_at=timezone.now() + timedelta(days=1), live=False
    )
    index().add_child(instance=draft)
    hidden = event("Members only")
    hidden.view_restrictions.create(restriction_type="login")
    for address in ("/events/", "/events/calendar.ics", "/", "/search/?q=secret", "/search/?q=members"):
        content = client.get(address).content.decode()
        assert "Secret draft" not in content
        assert "Members only" not in content
    assert client.get(f"/events/{draft.slug}/").status_code == 404
    assert client.get(f"/events/{hidden.slug}/").status_code == 302
    assert client.get(f"/events/{hidden.slug}/event.ics").status_code == 404


def test_an_event_page_tells_the_official_hour_with_its_zone(client):
    page = event(starts_at=datetime(2027, 3, 5, 6, 0, tzinfo=UTC), zone="Africa/Nairobi")
    content = client.get(f"/events/{page.slug}/").content.decode()
    assert "09:00" in content
    assert "Nairobi" in content
    assert 'datetime="2027-03-05T06:00:00+00:00"' in content


def test_an_event_is_found_in_every_language_and_says_which_it_is_in(client):
    page = event("Mangrove day")
    for prefix in ("", "/ar", "/es", "/fr", "/ru", "/zh-hans"):
        answer = client.get(f"{prefix}/events/{page.slug}/")
        assert answer.status_code == 200, prefix
        assert ("English" in answer.content.decode()) or not prefix
        assert f"{prefix}/events/{page.slug}/" in client.get(f"{prefix}/events/").content.decode()
    assert 'lang="en" dir="ltr"' in client.get(f"/ar/events/{page.slug}/").content.decode()


def test_a_translated_event_takes_the_place_of_the_original(client):
    page = event("Mangrove day")
    french = Locale.objects.get(language_code="fr")
    for parent in (Page.objects.get(slug="home", locale__language_code="en"), index()):
        parent.specific.copy_for_translation(french).save_revision().publish()
    translated = page.copy_for_translation(french)
    translated.title = "Journée des mangroves"
    translated.save_revision().publish()
    listed = client.get("/fr/events/").content.decode()
    assert "Journée des mangroves" in listed
    assert "Mangrove day" not in listed
    assert "Journée des mangroves" not in client.get("/events/").content.decode()


def read_calendar(content: bytes) -> list:
    return Calendar.from_ical(content).walk("VEVENT")


def test_one_event_and_the_feed_read_as_calendars(client):
    page = event(
        "Dugong, dolphin; and\\or whale" * 4,
        starts_at=datetime(2027, 7, 5, 12, 0, tzinfo=UTC),
        zone="Europe/Paris",
    )
    answer = client.get(f"/events/{page.slug}/event.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [entry] = read_calendar(answer.content)
    assert entry["summary"] == page.title
    assert entry.decoded("dtstart") == page.starts_at
    assert entry["dtstart"].params["TZID"] == "Europe/Paris"
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert len(read_calendar(client.get("/events/calendar.ics").content)) == 1


def test_a_change_raises_the_sequence_and_a_cancellation_is_told(client):
    page = event()
    [before] = read_calendar(client.get(f"/events/{page.slug}/event.ics").content)
    page.cancelled_at = timezone.now()
    page.save_revision().publish()
    [after] = read_calendar(client.get(f"/events/{page.slug}/event.ics").content)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["status"] == "CANCELLED"
    assert "This event is cancelled" in client.get(f"/events/{page.slug}/").content.decode()


@given(
    wall=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2035, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Paris", "America/Toronto", "Pacific/Chatham", "Asia/Kathmandu", "UTC"]),
)
def test_a_wall_clock_is_read_in_its_own_zone(wall, zone):
    typed = wall.replace(tzinfo=UTC, microsecond=0)  # as Django reads a form where UTC is current
    told = wall_clock(typed, zone)
    assert told.replace(tzinfo=None) == typed.replace(tzinfo=None)
    assert str(told.tzinfo) == zone


def fair(**fields) -> KnowledgeFairPage:
    made = event("Fair of fairs", model=KnowledgeFairPage, kind="fair", **fields)
    made.sessions.add(
        Session(day=made.starts_at.date(), begins=time(9, 30), minutes=45, title="Opening words")
    )
    made.stalls.add(Stall(title="Herbarium by post"))
    made.save_revision().publish()
    return made


def test_a_fair_shows_programme_and_stalls(client):
    page = client.get(f"/events/{fair().slug}/").content.decode()
    for words in ("Opening words", "09:30", "10:15", "Herbarium by post"):
        assert words in page


def editor_form(**changes) -> dict:
    return {
        "title": "Dialogue on reefs", "slug": "dialogue-on-reefs", "kind": "dialogue", "summary": "Reefs",
        "starts_at": "2027-05-03 09:00", "ends_at": "2027-05-03 11:00", "zone": "Pacific/Auckland",
        "attendance": "online", "place": "", "country": "", "link": "", "cancelled_at": "",
        "body-count": 0, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1",
        "sessions-TOTAL_FORMS": 0, "sessions-INITIAL_FORMS": 0,
        "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "", **changes,
    }  # fmt: skip


def test_an_editor_publishes_an_event_by_the_clock_of_its_place(client):
    people.sign_in(client, people.editor())
    answer = client.post(f"/cms/pages/add/events/eventpage/{index().pk}/", editor_form())
    assert answer.status_code == 302, answer.context["form"].errors
    made = EventPage.objects.get(slug="dialogue-on-reefs")
    assert made.live
    assert made.starts_at == datetime(2027, 5, 2, 21, 0, tzinfo=UTC)
    assert client.get("/events/dialogue-on-reefs/").status_code == 200


def test_sessions_keep_their_key_through_the_form_of_the_cms(client):
    people.sign_in(client, people.editor())
    made = event("Reefs")
    key = str(uuid4())

    def row(number: int, title: str) -> dict:
        told = {"key": key, "title": title, "day": "2027-05-03", "begins": "09:00", "minutes": "30", "id": ""}
        names = {
            "ORDER": number + 1,
            "DELETE": "",
            "room": "",
            "about": "",
            "speaker": "",
            "other_speakers": "",
        }
        return {
            f"sessions-{number}-{name}": value
            for name, value in {**told, **names, "ORDER": number + 1}.items()
        }

    sent = editor_form(slug=made.slug) | row(0, "One") | row(1, "Two") | {"sessions-TOTAL_FORMS": 2}
    answer = client.post(f"/cms/pages/{made.pk}/edit/", sent)
    assert answer.status_code == 302, answer.context["form"].formsets["sessions"].errors
    keys = dict(made.sessions.values_list("title", "key"))
    assert str(keys["One"]) == key
    assert keys["Two"] != keys["One"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_at": "2027-05-03 08:00"}, "ends before it starts"),
        ({"zone": "Mars/Olympus"}, "no such time zone"),
        ({"title": "x" * 256}, "255"),
    ],
)
def test_an_event_that_cannot_be_is_told_beside_its_field(client, changes, sentence):
    people.sign_in(client, people.editor())
    answer = client.post(f"/cms/pages/add/events/eventpage/{index().pk}/", editor_form(**changes))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not EventPage.objects.exists()


@pytest.mark.parametrize("who", ["member", "moderator", "steward", "juror"])
def test_nobody_but_editors_enters_the_cms(client, who):
    people.sign_in(client, getattr(people, who)())
    answer = client.post(f"/cms/pages/add/events/eventpage/{index().pk}/", editor_form())
    assert answer.status_code in (302, 403)
    assert not EventPage.objects.exists()


def test_lists_ask_the_same_number_of_queries_at_one_and_at_many(client):
    counts = []
    for more in (1, 19):
        for number in range(more):
            event(f"Event {more} {number}", days=3 + number)
        client.get("/events/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/events/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_an_event_page_costs_few_queries(client, django_assert_max_num_queries):
    page = event(body=[("text", RichText("<p>Hello</p>"))])
    client.get(f"/events/{page.slug}/")
    with django_assert_max_num_queries(13):
        client.get(f"/events/{page.slug}/")
