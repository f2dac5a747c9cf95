"""When a forum is open: to the instant, in its own zone, for everybody alike."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.enums import Phase
from communities.forums.models import Extension, Forum, Post, Thread
from communities.forums.windows import Window, is_writable, next_change, next_opening, phase
from communities.moderation.models import ModerationLogEntry
from network.foundations.exceptions import Refused
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db

MONTREAL = ZoneInfo("America/Montreal")
#: A Monday, at noon in Montreal.
OPENS = datetime(2026, 3, 2, 12, tzinfo=MONTREAL).astimezone(UTC)
#: The Friday of the second week, five in the afternoon; the clocks went forward in between.
CLOSES = datetime(2026, 3, 13, 17, tzinfo=MONTREAL).astimezone(UTC)
MOMENT, MINUTE = timedelta(microseconds=1), timedelta(minutes=1)


# --- the pure part ------------------------------------------------------------------------------------


def window(**changes) -> Window:
    return Window(**{"opens_at": OPENS, "closes_at": CLOSES, "zone": "America/Montreal", **changes})


@pytest.mark.parametrize(
    ("at", "where"),
    [
        (OPENS - MOMENT, Phase.ANNOUNCED),
        (OPENS, Phase.OPEN),
        (datetime(2026, 3, 7, 4, 59, 59, tzinfo=UTC), Phase.OPEN),  # Friday, a second before midnight
        (datetime(2026, 3, 7, 5, 0, tzinfo=UTC), Phase.PAUSED),  # Saturday begins at UTC-5 ...
        (datetime(2026, 3, 9, 3, 59, 59, tzinfo=UTC), Phase.PAUSED),
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), Phase.OPEN),  # ... and Monday at UTC-4
        (datetime(2026, 3, 11, 20, 59, 59, tzinfo=UTC), Phase.OPEN),
        (datetime(2026, 3, 11, 21, 0, tzinfo=UTC), Phase.FINAL),  # two days before, at the hour of the close
        (CLOSES - MOMENT, Phase.FINAL),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_each_phase_begins_at_its_instant(at, where):
    assert phase(window(pauses=True, final_days=2), at) == where


def test_the_final_call_keeps_the_hour_across_a_change_of_clocks():
    late = window(closes_at=datetime(2026, 3, 9, 21, tzinfo=UTC), final_days=3)
    assert late.final_at.astimezone(MONTREAL).hour == 17
    assert late.closes_at - late.final_at == timedelta(hours=71)


def test_a_final_call_longer_than_the_window_begins_with_it():
    assert window(final_days=60).final_at == OPENS


def test_summarised_only_once_it_is_over():
    assert phase(window(is_summarised=True), OPENS) == Phase.OPEN
    assert phase(window(is_summarised=True), CLOSES) == Phase.SUMMARISED


_ZONES = st.sampled_from(
    ["UTC", "America/Montreal", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Pacific/Kiritimati"]
)


@given(
    zone=_ZONES,
    start=st.integers(0, 2_000_000).map(lambda minutes: datetime(2023, 1, 1, tzinfo=UTC) + minutes * MINUTE),
    length=st.integers(1, 60 * 24 * 40),
    pauses=st.booleans(),
    final_days=st.integers(0, 10),
    after=st.integers(-60 * 24 * 3, 60 * 24 * 45),
    within=st.floats(0, 1, exclude_max=True),
)
def test_nothing_changes_before_the_next_change(zone, start, length, pauses, final_days, after, within):
    """What a kept page says stays true until the instant at which it expires."""
    one = Window(start, start + timedelta(minutes=length), zone, pauses, final_days)
    now = start + timedelta(minutes=after)
    turn = next_change(one, now)
    assert turn is None or turn > now
    later = now + (timedelta(days=400) if turn is None else turn - now - MOMENT) * within
    assert phase(one, later) == phase(one, now)
    opening = next_opening(one, now)
    assert opening is None or is_writable(one, opening)


# --- writing ------------------------------------------------------------------------------------------


@pytest.fixture
def room():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    return forum(here)


def around(room: Forum, opens: float, closes: float, **more) -> Forum:
    """Set its window so many hours from now."""
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(
        opens_at=now + timedelta(hours=opens), closes_at=now + timedelta(hours=closes), **more
    )
    room.refresh_from_db()
    return room


def at(name: str, room: Forum) -> str:
    return reverse(f"forums:{name}", args=[room.community.slug, room.slug])


def test_a_text_that_comes_too_late_is_kept_and_told_why(client, room):
    started = thread(room, people.community_member())
    around(room, -2, -1, zone="America/Montreal")
    people.sign_in(client, people.community_member())
    answer = client.post(f"{started.get_absolute_url()}reply/", {"html": "Typed to the last second"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Typed to the last second" in page
    assert "This forum closed on" in page
    assert "Montreal time" in page
    start = {"title": "My title", "html": "And a text", "language": "en"}
    answer = client.post(at("start", room), start)
    assert (answer.status_code, Thread.objects.count(), Post.objects.count()) == (422, 1, 1)
    assert "My title" in answer.content.decode()
    edited = client.post(f"{started.get_absolute_url()}posts/1/edit/", {"html": "New words", "version": 1})
    assert edited.status_code == 422
    assert "New words" in edited.content.decode()
    assert client.get(at("start", room)).status_code == 403


def test_before_it_opens_nobody_writes_not_even_who_looks_after_it(room):
    around(room, 1, 5)
    with pytest.raises(Refused, match="opens on"):
        thread(room, people.facilitator())


def test_what_was_written_in_time_counts_when_it_arrives_late(room):
    around(room, -5, -1)
    viewer = people.viewer(people.community_member())
    more = {"viewer": viewer, "forum": room, "title": "T", "html": "<p>x</p>", "language": "en"}
    actions.start_thread(**more, written_at=room.closes_at - MOMENT)
    with pytest.raises(Refused):
        actions.start_thread(**more, written_at=room.closes_at)


def test_a_closed_forum_is_read_as_before(client, room):
    started = thread(room, people.community_member())
    around(room, -5, -1)
    for url in (room.get_absolute_url(), started.get_absolute_url(), room.community.get_absolute_url()):
        answer = client.get(url)
        assert answer.status_code == 200
        assert "Closed" in answer.content.decode()


def test_the_official_hour_stands_with_the_readers_own(client, room):
    closes = datetime(2030, 7, 1, 21, tzinfo=UTC)
    opens = closes - timedelta(days=3000)
    Forum.objects.filter(pk=room.pk).update(opens_at=opens, closes_at=closes, zone="America/Montreal")
    stranger = client.get(room.get_absolute_url()).content.decode()
    assert "Montreal time (UTC−4)" in stranger
    assert "21:00 UTC" in stranger
    somebody = people.person("in-nairobi", zone="Africa/Nairobi")
    people.sign_in(client, somebody)
    hers = client.get(room.get_absolute_url()).content.decode()
    assert "2 July 2030, 00:00 your time" in hers
    assert "21:00 UTC" not in hers


def test_kept_pages_expire_when_the_phase_changes(client, room):
    started = thread(room, people.community_member())
    around(room, -1, 5)
    for url in (room.get_absolute_url(), started.get_absolute_url(), room.community.get_absolute_url()):
        answer = client.get(url)
        assert answer.wsgi_request.page_expires == room.closes_at


# --- setting and extending ----------------------------------------------------------------------------


def typed(**changes) -> dict:
    return {
        "zone": "America/Montreal",
        "opens_at": "2090-03-06T12:00",
        "closes_at": "2090-03-14T17:00",
        "final_call_days": "2",
        **changes,
    }


def version_in(client, url: str) -> dict:
    return {"version": client.get(url).context["form"]["version"].value()}


def test_a_facilitator_sets_a_window_by_the_official_clock(client, room):
    people.sign_in(client, people.facilitator())
    url = at("window", room)
    assert client.post(url, typed() | version_in(client, url)).url == room.get_absolute_url()
    room.refresh_from_db()
    assert room.closes_at == datetime(2090, 3, 14, 17, tzinfo=MONTREAL)
    assert room.phase == Phase.ANNOUNCED
    assert 'value="2090-03-14T17:00"' in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_at": ""}, "closes_at"),
        ({"closes_at": "2090-03-06T12:00"}, "closes_at"),
        ({"opens_at": "2020-03-06T12:00"}, "opens_at"),
        ({"opens_at": "0001-01-01T00:00"}, "opens_at"),
        ({"closes_at": "9999-12-31T23:59"}, "closes_at"),
        ({"opens_at": "tomorrow"}, "opens_at"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"final_call_days": "-1"}, "final_call_days"),
        ({"pauses_at_weekends": "on", "opens_at": "2090-03-04T12:00"}, "opens_at"),
        ({"pauses_at_weekends": "on", "closes_at": "2090-03-11T12:00"}, "closes_at"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, room, changes, field):
    people.sign_in(client, people.facilitator())
    url = at("window", room)
    answer = client.post(url, typed(**changes) | version_in(client, url))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    room.refresh_from_db()
    assert room.window is None


def test_an_extension_is_one_act_that_tells_everybody_alike(client, room):
    around(room, -5, 5)
    was = room.closes_at
    people.sign_in(client, people.facilitator())
    url = at("extend", room)
    until = (was + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    form = {"closes_at": until, "reason": "A cyclone."} | version_in(client, url)
    assert client.post(url, form).url == room.get_absolute_url()
    assert client.post(url, form).status_code == 422  # sent twice: saved in the meantime
    made = Extension.objects.get()
    assert (made.was, made.by) == (was, people.facilitator())
    work_off()
    told = Notification.objects.filter(kind="forums.extended")
    assert {one.recipient for one in told} == {
        people.community_member(),
        people.moderator(),
        people.facilitator(),
    }
    assert ModerationLogEntry.objects.filter(act="forum.extended").count() == 1
    client.logout()
    page = client.get(room.get_absolute_url()).content.decode()
    assert "Extended from" in page
    assert "A cyclone." in page


def test_what_has_opened_is_never_shortened_or_set_anew(room):
    around(room, -5, 5)
    viewer = people.viewer(people.facilitator())
    with pytest.raises(Refused, match="never shortened"):
        actions.extend(viewer=viewer, forum=room, closes_at=room.closes_at - MOMENT, reason="r")
    with pytest.raises(Refused, match="later hour"):
        actions.set_window(viewer=viewer, forum=room, opens_at=None, closes_at=None)
    with pytest.raises(PermissionDenied):
        member = people.viewer(people.community_member())
        later = room.closes_at + timedelta(days=1)
        actions.extend(viewer=member, forum=room, closes_at=later, reason="r")


def test_a_reason_repeats_nothing_that_is_sealed(room):
    around(room, -5, 5)
    told = "The noddies come home before noon when the great wind is two days away, and fly low."
    knowledge.item(knowledge.holder(), title="On birds", text=told)
    viewer, later = people.viewer(people.facilitator()), room.closes_at + timedelta(days=1)
    with pytest.raises(Refused, match="word for word"):
        actions.extend(viewer=viewer, forum=room, closes_at=later, reason=told)


def test_a_closed_forum_gets_its_summary(client, room):
    around(room, -5, 5)
    people.sign_in(client, people.facilitator())
    url = at("summary", room)
    form = {"summary_url": "https://summary.example/1"}
    assert client.post(url, form | version_in(client, url)).status_code == 422
    around(room, -5, -1)
    assert client.post(url, form | version_in(client, url)).status_code == 302
    page = client.get(room.get_absolute_url()).content.decode()
    assert "Summarised" in page
    assert "https://summary.example/1" in page


def test_the_final_call_is_told_once_for_each_close(room):
    around(room, -100, 40, final_call_days=1)
    now = timezone.now()
    assert actions.call_finally(now) == 0
    assert actions.call_finally(now + timedelta(hours=17)) == 1
    assert actions.call_finally(now + timedelta(hours=18)) == 0
    work_off()
    assert Notification.objects.filter(kind="forums.final_call").count() == 3
    later = room.closes_at + timedelta(days=9)
    actions.extend(viewer=people.viewer(people.facilitator()), forum=room, closes_at=later, reason="r")
    assert actions.call_finally(later - timedelta(hours=1)) == 1


def test_the_calendar_file_tells_both_hours_in_the_official_zone(client, room):
    assert client.get(at("calendar", room)).status_code == 404
    Forum.objects.filter(pk=room.pk).update(opens_at=OPENS, closes_at=CLOSES, zone="America/Montreal")
    answer = client.get(at("calendar", room))
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [OPENS, CLOSES]
    assert {event["DTSTART"].params["TZID"] for event in events} == {"America/Montreal"}


def test_a_window_is_taken_out_with_the_community(room, tmp_path):
    around(room, -5, 5)
    viewer = people.viewer(people.facilitator())
    actions.extend(viewer=viewer, forum=room, closes_at=room.closes_at + timedelta(days=1), reason="Rain.")
    call_command("export_community", room.community.slug, to=tmp_path / "out", stdout=StringIO())
    room.refresh_from_db()
    assert room.closes_at.isoformat() in (tmp_path / "out" / "forums.jsonl").read_text()
    assert "Rain." in (tmp_path / "out" / "extensions.jsonl").read_text()
