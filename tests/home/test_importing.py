"""Calendar files of others: real shapes, with what is wrong told entry by entry."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from home.events.models import EventPage

pytestmark = pytest.mark.django_db

GOOD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Other//Calendar//EN
BEGIN:VEVENT
UID:one@other.example
DTSTAMP:20270101T000000Z
DTSTART;TZID=America/Bogota:20270510T140000
DTEND;TZID=America/Bogota:20270510T160000
SUMMARY:Taller sobre humedales\\, con visita
LOCATION:Bogotá
DESCRIPTION:Primera línea\\n<script>alert(1)</script> segunda
URL:https://other.example/taller
END:VEVENT
BEGIN:VEVENT
UID:two@other.example
DTSTAMP:20270101T000000Z
DTSTART;VALUE=DATE:20270601
DTEND;VALUE=DATE:20270603
SUMMARY:Two whole days
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:three@other.example
DTSTAMP:20270101T000000Z
DTSTART:20270701T090000
DURATION:PT90M
SUMMARY:Floating hour
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:four@other.example
DTSTAMP:20270101T000000Z
DTSTART:20270701T090000Z
DTEND:20270701T080000Z
SUMMARY:Ends before it starts
END:VEVENT
BEGIN:VEVENT
UID:five@other.example
DTSTAMP:20270101T000000Z
DTSTART:20270701T090000Z
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def bring(tmp_path, capsys):
    def run(text: str, *options) -> str:
        file = tmp_path / "events.ics"
        file.write_bytes(text.replace("\n", "\r\n").encode())
        call_command("import_events", str(file), *options)
        return capsys.readouterr().out

    return run


def test_good_entries_come_in_and_bad_ones_say_why(bring, client):
    told = bring(GOOD, "--zone", "Asia/Tokyo")
    assert "4 made, 2 rejected" in told, "the series has two dates within two years"
    assert "ends before it starts" in told
    assert "has no title" in told
    workshop = EventPage.objects.get(uid="one@other.example")
    assert workshop.title == "Taller sobre humedales, con visita"
    assert (workshop.starts_at, workshop.zone) == (datetime(2027, 5, 10, 19, 0, tzinfo=UTC), "America/Bogota")
    page = client.get(f"/events/{workshop.slug}/").content.decode()
    assert "<script>alert" not in page
    assert "segunda" in page
    days = EventPage.objects.get(uid="two@other.example")
    assert days.starts_at == datetime(2027, 5, 31, 15, 0, tzinfo=UTC), "midnight in Tokyo"
    assert days.ends_at == datetime(2027, 6, 2, 14, 59, tzinfo=UTC)
    floating = EventPage.objects.get(uid="three@other.example")
    assert floating.starts_at == datetime(2027, 7, 1, 0, 0, tzinfo=UTC)
    assert floating.cancelled_at


def test_repeating_changes_only_what_has_changed(bring):
    bring(GOOD)
    assert "4 same" in bring(GOOD)
    assert "2 changed" in bring(GOOD.replace("Two whole days", "Two long days"))
    assert EventPage.objects.count() == 4


def test_a_dry_run_changes_nothing(bring):
    assert "4 made" in bring(GOOD, "--dry-run")
    assert not EventPage.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "hello", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "\x00\xff", "BEGIN:VEVENT\n"]
)
def test_what_is_no_calendar_is_said_to_be_none(bring, text):
    with pytest.raises(CommandError, match=r"not a calendar|no events"):
        bring(text)


def test_our_own_feed_comes_in_again(bring, client):
    bring(GOOD)
    feed = client.get("/events/calendar.ics").content.decode().replace("\r\n", "\n")
    assert "rejected" not in bring(feed)


SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Other//Calendar//EN
BEGIN:VEVENT
UID:weekly@other.example
DTSTAMP:20270101T000000Z
DTSTART;TZID=Europe/Warsaw:20270315T180000
DTEND;TZID=Europe/Warsaw:20270315T193000
SUMMARY:Evening of counting
RRULE:FREQ=WEEKLY;UNTIL=20270412T160000Z
EXDATE;TZID=Europe/Warsaw:20270329T180000
END:VEVENT
BEGIN:VEVENT
UID:weekly@other.example
DTSTAMP:20270101T000000Z
RECURRENCE-ID;TZID=Europe/Warsaw:20270405T180000
DTSTART;TZID=Europe/Warsaw:20270406T190000
DTEND;TZID=Europe/Warsaw:20270406T203000
SUMMARY:Evening of counting, moved
END:VEVENT
END:VCALENDAR
"""


def starts() -> list[datetime]:
    return [page.starts_at for page in EventPage.objects.filter(cancelled_at=None).order_by("starts_at")]


def test_each_date_of_a_series_comes_in_at_the_hour_of_its_clock(bring):
    assert "4 made" in bring(SERIES)
    assert starts() == [
        datetime(2027, 3, 15, 17, 0, tzinfo=UTC),
        datetime(2027, 3, 22, 17, 0, tzinfo=UTC),
        datetime(2027, 4, 6, 17, 0, tzinfo=UTC),
        datetime(2027, 4, 12, 16, 0, tzinfo=UTC),
    ], "summer time began on 28 March; one date is taken out, one moved"
    assert EventPage.objects.get(title__endswith="moved").ends_at == datetime(2027, 4, 6, 18, 30, tzinfo=UTC)
    assert "4 same" in bring(SERIES)


def test_a_date_that_is_taken_out_later_is_cancelled(bring):
    bring(SERIES)
    later = SERIES.replace(":20270329T180000", ":20270329T180000,20270322T180000")
    assert "1 cancelled, 3 same" in bring(later, "--dry-run")
    assert "1 cancelled, 3 same" in bring(later)
    assert len(starts()) == 3
    assert "3 same" in bring(later), "it is cancelled once"


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=NEVER", "INTERVAL=2"]
)
def test_a_rule_that_makes_no_sense_is_told(bring, rule):
    told = bring(SERIES.replace("FREQ=WEEKLY;UNTIL=20270412T160000Z", rule))
    assert "rejected" in told or "no events" in told
    assert not EventPage.objects.exists()


def test_a_series_without_end_comes_in_for_two_years(bring):
    told = bring(SERIES.replace(";UNTIL=20270412T160000Z", ""))
    assert "made" in told
    assert 50 < EventPage.objects.count() < 110
