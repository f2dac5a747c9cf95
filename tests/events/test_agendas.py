"""The programme to plan by, one's own agenda, and the certificate of whoever was there."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from home.events import actions
from home.events.clashes import clashes
from home.events.models import AttendanceCertificate, EventPage, Going, Registration, Session
from home.events.personal import erase, export
from network.foundations.viewer import viewer_for
from tests import people
from tests.events.factories import ask, desk, event, session

pytestmark = pytest.mark.django_db

BEGINS = datetime(2027, 5, 10, 6, 0, tzinfo=UTC)


@pytest.fixture
def page() -> EventPage:
    """09:00 in Nairobi: two sessions in one room at one time, and a third that only touches them."""
    made = event(starts_at=BEGINS, hours=30)
    session(made, "Birds", room="Hall 1", other_speakers="Ana Paz")
    session(made, "Bees", room="hall  1", starts_at=BEGINS + timedelta(minutes=30))
    session(
        made, "Bats", room="Hall 1", starts_at=BEGINS + timedelta(minutes=90), other_speakers="ana paz; Bo"
    )
    return made


def address(page: EventPage, name: str, *more) -> str:
    return reverse(f"events:{name}", args=[page.slug, *more])


def number(title: str) -> UUID:
    return Session.objects.get(title=title).key


def test_whoever_keeps_the_event_sees_what_cannot_both_be(client, page):
    told = "These cannot both be"
    assert told not in client.get(address(page, "agenda")).content.decode()
    client.force_login(people.editor())
    answer = client.get(address(page, "agenda"))
    assert told in answer.content.decode()
    [(first, second, shared)] = answer.context["clashes"]
    assert (first.title, second.title, shared) == ("Birds", "Bees", ["Hall 1"])


def test_a_speaker_is_not_in_two_places(page):
    session(page, "Bogs", starts_at=BEGINS + timedelta(minutes=100), room="Hall 2", other_speakers="BO")
    rows = list(Session.objects.select_related("event", "speaker"))
    pairs = [({first.title, second.title}, shared) for first, second, shared in clashes(rows)]
    assert ({"Bats", "Bogs"}, ["Bo"]) in pairs


@given(
    st.lists(
        st.tuples(st.integers(0, 600), st.integers(1, 180), st.sampled_from(["A", "B", ""])), max_size=12
    )
)
def test_clashes_are_exactly_the_pairs_that_overlap_in_a_room(lengths):
    at = EventPage(zone="America/Bogota")
    rows = [
        Session(
            event=at, pk=place, title=str(place), day=BEGINS.date(), room=room, minutes=minutes,
            begins=time(begins // 60, begins % 60),
        )
        for place, (begins, minutes, room) in enumerate(lengths)
    ]  # fmt: skip
    expected = {
        frozenset((one.pk, other.pk))
        for one in rows
        for other in rows
        if one.pk < other.pk
        and one.room
        and one.room == other.room
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    }
    assert {frozenset((first.pk, second.pk)) for first, second, _shared in clashes(rows)} == expected


def test_what_somebody_chooses_is_hers_alone(client, page):
    client.force_login(people.member())
    for title in ("Birds", "Bees"):
        assert client.post(address(page, "go", number(title)), {"goes": "yes"}).status_code == 302
    client.post(address(page, "go", number("Birds")), {"goes": "yes"})
    assert Going.objects.count() == 2
    mine = client.get(address(page, "my_agenda")).content.decode()
    assert "Birds" in mine
    assert "Bats" not in mine
    assert "in two places" in mine
    assert "Birds" in str(export(people.member()))
    client.force_login(people.outsider())
    assert "Nothing chosen yet" in client.get(address(page, "my_agenda")).content.decode()
    client.force_login(people.member())
    client.post(address(page, "go", number("Birds")), {"goes": "no"})
    assert Going.objects.count() == 1
    erase(people.member(), keep_contributions=True)
    assert not Going.objects.exists()


def test_the_agenda_outlives_publishing_the_page_again(client, page):
    client.force_login(people.member())
    client.post(address(page, "go", number("Birds")), {"goes": "yes"})
    draft = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title = "Renamed"
    draft.save_revision().publish()
    answer = client.get(address(page, "my_agenda"))
    [(_day, [(row, _claimed)])] = answer.context["days"]
    assert (answer.context["event"].title, row.title) == ("Renamed", "Birds")


def test_sessions_come_into_calendars_with_the_zone_of_the_place(client, page):
    assert client.get(address(page, "my_calendar")).status_code == 302
    whole = Calendar.from_ical(client.get(address(page, "agenda_calendar")).content)
    assert [str(entry["summary"]) for entry in whole.walk("VEVENT")] == ["Birds", "Bees", "Bats"]
    client.force_login(people.member())
    client.post(address(page, "go", number("Bats")), {"goes": "yes"})
    own = Calendar.from_ical(client.get(address(page, "my_calendar")).content)
    [entry] = own.walk("VEVENT")
    assert entry.decoded("dtstart") == BEGINS + timedelta(minutes=90)
    assert entry["dtstart"].params["TZID"] == "Africa/Nairobi"
    assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(hours=1)
    [other] = [one for one in whole.walk("VEVENT") if str(one["summary"]) == "Bats"]
    assert entry["uid"] == other["uid"]


def came(page: EventPage, who) -> Registration:
    """Registered before, found at the door, and now it is over."""
    here = desk(page)
    row = ask(page, here, who)
    actions.check_in(viewer=viewer_for(people.editor()), event=page, registration=row)
    return row


def over(page: EventPage) -> None:
    page.starts_at, page.ends_at = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1)
    page.save_revision().publish()


def test_who_was_there_takes_a_certificate_that_anybody_can_verify(client):
    page = event("Counting day", hours=2)
    row = came(page, people.expert())
    client.force_login(people.expert())
    taking = address(page, "take_certificate")
    assert client.post(taking).url == address(page, "place"), "it is not over"
    over(page)
    assert "My certificate" in client.get(address(page, "place")).content.decode()
    shown = client.post(taking).url
    assert client.post(taking).url == shown
    client.logout()
    told = client.get(shown)
    assert "Amina Wanjiru" in told.content.decode()
    assert "is valid" in told.content.decode()
    file = client.get(f"{shown}certificate.pdf")
    assert file.content.startswith(b"%PDF")
    assert "attachment" in file["Content-Disposition"]
    actions.undo_check_in(viewer=viewer_for(people.editor()), event=page, registration=row)
    assert "no longer valid" in client.get(shown).content.decode()
    assert client.get(f"{shown}certificate.pdf").status_code == 404
    assert client.get(reverse("events:certificate", args=["ABCD-EFGH-JKMN"])).status_code == 404
    erase(people.expert(), keep_contributions=True)
    assert client.get(shown).status_code == 404


def test_who_was_not_there_has_none(client):
    page = event("Counting day", hours=2)
    here = desk(page)
    ask(page, here, people.member())
    over(page)
    for who in (people.member(), people.outsider()):
        client.force_login(who)
        assert client.post(address(page, "take_certificate")).url == address(page, "place")
    assert not AttendanceCertificate.objects.exists()


def test_an_event_without_sessions_has_no_agenda(client):
    assert client.get(address(event("Empty"), "agenda")).status_code == 404
