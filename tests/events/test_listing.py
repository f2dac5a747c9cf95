"""The calendar of events: as a list, month, week or map, narrowed alike in pages and feeds."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from communities.enums import Visibility
from home.events.leaves import leaf
from network.thesaurus.models import Term
from tests.communities.factories import community
from tests.events.factories import event

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 6, 10, 12, tzinfo=UTC)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def days_of(answer, title: str) -> list[str]:
    """On which days of a calendar an event stands."""
    page = BeautifulSoup(answer.content, "html.parser")
    return [cell.time["datetime"] for cell in page.select(".calendar td") if title in cell.get_text()]


def test_an_event_stands_on_each_of_its_days_at_its_place(client):
    event("Two days", starts_at=NOON, hours=30, zone="UTC")
    # Eight in the evening in Greenwich is the next day in Auckland.
    event("Far away", starts_at=NOON + timedelta(hours=8), zone="Pacific/Auckland")
    month = client.get("/events/?view=month&at=2031-06")
    assert days_of(month, "Two days") == ["2031-06-10", "2031-06-11"]
    assert days_of(month, "Far away") == ["2031-06-11"]
    week = client.get("/events/?view=week&at=2031-06-10")
    assert days_of(week, "Two days") == ["2031-06-10", "2031-06-11"]
    assert days_of(client.get("/events/?view=month&at=2031-08"), "Two days") == []


def test_a_month_that_begins_in_another_year_leads_to_its_neighbours(client):
    page = BeautifulSoup(client.get("/events/?view=month&at=2030-12&kind=webinar").content, "html.parser")
    assert page.select_one("a[rel=next]")["href"].count("at=2031-01") == 1
    assert "kind=webinar" in page.select_one("a[rel=prev]")["href"]


@pytest.mark.parametrize(
    "asked", ["view=month&at=nonsense", "view=week&at=2031-99-99", "view=month&at=0001-01", "view=party",
              "view=month&at=9999-12", "view=week&at=%00", "view=map&country=XX", "view=month&community=%00"]
)  # fmt: skip
def test_what_cannot_be_understood_is_left_out(client, asked):
    assert client.get(f"/events/?{asked}").status_code == 200


@given(st.dates(date(1992, 1, 1), date(2100, 12, 31)), st.sampled_from(["en", "ar", "ru"]))
def test_a_leaf_holds_its_day_in_whole_weeks(day, language):
    with translation.override(language):
        for view in ("week", "month"):
            found = leaf(view, day.isoformat())
            assert day in [one.date for one in found.days]
            assert all(len(week) == 7 for week in found.weeks)
            assert [b.date - a.date for a, b in zip(found.days, found.days[1:], strict=False)] == [
                timedelta(days=1)
            ] * (len(found.days) - 1)


def test_facets_narrow_and_offer_what_there_is(client):
    kenya = Term.objects.get(domain="country", code="KE")
    reefs = community("Reefs")
    secret = community("Sacred groves", visibility=Visibility.HIDDEN)
    there = event("On the beach", country=kenya, attendance="on-site")
    there.hosts.add(reefs, secret)
    there.save_revision().publish()
    event("On the screen", attendance="online")
    event("On both", attendance="hybrid")
    page = client.get("/events/").content.decode()
    assert "Kenya" in page
    assert "Reefs" in page
    assert "Sacred groves" not in page
    for asked, found in (
        ("country=KE", {"On the beach"}),
        ("community=reefs", {"On the beach"}),
        ("attendance=online", {"On the screen", "On both"}),
        (f"community={secret.slug}", {"On the beach", "On the screen", "On both"}),
    ):
        said = client.get(f"/events/?{asked}").content.decode()
        assert {title for title in ("On the beach", "On the screen", "On both") if title in said} == found
        feed = ElementTree.fromstring(client.get(f"/events/feed.atom?{asked}").content)
        assert {one.text for one in feed.findall("a:entry/a:title", ATOM)} == found
        told = json.loads(client.get(f"/events/feed.json?{asked}").content)
        assert {one["title"] for one in told["items"]} == found
        entries = Calendar.from_ical(client.get(f"/events/calendar.ics?{asked}").content).walk("VEVENT")
        assert {str(one["summary"]) for one in entries} == found


def test_the_map_counts_what_is_ahead_and_leads_to_the_list(client):
    kenya = Term.objects.get(domain="country", code="KE")
    event("Here", country=kenya)
    event("Here too", country=kenya)
    event("Over", country=kenya, starts_at=timezone.now() - timedelta(days=9))
    page = BeautifulSoup(client.get("/events/?view=map").content, "html.parser")
    row = page.select_one("tbody tr")
    assert row.td.get_text() == "2"
    assert row.a["href"] == "?country=KE"


def test_an_event_goes_into_calendars_on_the_web_in_greenwich_time(client):
    page = event("Day & night", starts_at=NOON, zone="Africa/Nairobi")
    links = BeautifulSoup(client.get(page.url).content, "html.parser").select("a[rel~=nofollow]")
    google, outlook = [link["href"] for link in links]
    assert "dates=20310610T120000Z%2F20310610T140000Z" in google
    assert "text=Day+%26+night" in google
    assert "startdt=2031-06-10T12%3A00%3A00%2B00%3A00" in outlook


@pytest.mark.parametrize("asked", ["", "?view=month", "?view=week", "?view=map"])
def test_it_costs_the_same_however_many_there_are(client, asked):
    kenya = Term.objects.get(domain="country", code="KE")
    counts = []
    for number in (1, 20):
        for n in range(number):
            event(f"Event {number} {n}", country=kenya, starts_at=timezone.now() + timedelta(minutes=5))
        with CaptureQueriesContext(connection) as questions:
            client.get(f"/events/{asked}")
        counts.append(len(questions))
    assert counts[0] == counts[1]
