"""What participants are told: confirmations, reminders, changes; each once, in their language and zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from home.events import actions
from home.events.models import Registration, Reminder
from network.foundations.viewer import viewer_for
from network.notifications import sending
from network.notifications.models import Notification
from tests import people
from tests.events.factories import ask, crowd, desk, event

pytestmark = pytest.mark.django_db


def told(who, kind: str) -> int:
    return Notification.objects.filter(recipient=who, kind=f"events.{kind}").count()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Tests send by themselves."""
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)


def mails(work_off, smtp_server) -> list:
    work_off()
    sending.send_due()
    return [delivered.message for delivered in smtp_server.delivered]


def test_a_place_is_confirmed_by_mail_with_a_calendar_in_her_zone_and_language(work_off, smtp_server):
    who = people.person("guest", "Guest", language="fr", zone="Asia/Tokyo")
    page = event(starts_at=datetime(2027, 3, 5, 6, 0, tzinfo=UTC), zone="Africa/Nairobi")
    ask(page, desk(page), who)
    [mail] = mails(work_off, smtp_server)
    text = mail.get_body(["plain"]).get_content()
    assert "09:00" in text  # Nairobi
    assert "15:00" in text  # Tokyo
    enclosed = [part for part in mail.walk() if part.get_filename() == "event.ics"]
    [entry] = Calendar.from_ical(enclosed[0].get_payload(decode=True)).walk("VEVENT")
    assert entry["summary"] == page.title


def test_giving_back_is_not_told_to_whoever_did_it(work_off):
    who = crowd(1)[0]
    page = event()
    here = desk(page)
    ask(page, here, who)
    actions.give_back(viewer=viewer_for(who), desk=here)
    work_off()
    assert told(who, "place") == 0


def test_those_who_keep_the_event_hear_of_who_asks(work_off):
    page = event(owner=people.editor())
    ask(page, desk(page, needs_approval=True), crowd(1)[0])
    work_off()
    assert told(people.editor(), "asked") == 1


def test_each_is_reminded_once_a_day_and_an_hour_before(work_off):
    page = event(days=10)
    here = desk(page, capacity=1)
    has, waits = crowd(2)
    ask(page, here, has)
    ask(page, here, waits)
    assert actions.remind_due() == 0
    for left, expected in ((timedelta(hours=23), 1), (timedelta(minutes=59), 2)):
        here.told_start = timezone.now() + left
        here.save()
        actions.remind_due()
        actions.remind_due()
        work_off()
        assert told(has, "reminder") == expected
    assert told(waits, "reminder") == 0


def test_a_reminder_that_dies_half_way_misses_nobody_and_reminds_nobody_twice(monkeypatch, work_off):
    page = event(days=0.5)
    here = desk(page)
    guests = crowd(5)
    for who in guests:
        ask(page, here, who)
    monkeypatch.setattr("home.events.actions.timing._AT_ONCE", 2)
    from home.events.actions import timing

    kept, calls = timing.announce_each, []

    def dies_the_second_time(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return kept(*args, **kwargs)

    monkeypatch.setattr(timing, "announce_each", dies_the_second_time)
    with pytest.raises(RuntimeError):
        actions.remind_due()
    assert Reminder.objects.count() == 2
    monkeypatch.setattr(timing, "announce_each", kept)
    actions.remind_due()
    work_off()
    assert [told(who, "reminder") for who in guests] == [1] * 5


def test_whoever_registers_in_the_last_hour_is_not_told_of_tomorrow():
    page = event(days=0.02)
    ask(page, desk(page), crowd(1)[0])
    actions.remind_due()
    assert [row.occasion for row in Reminder.objects.all()] == ["hour"]


def test_a_cancelled_event_is_told_to_everybody_who_takes_part_or_waits(work_off):
    page = event()
    here = desk(page, capacity=1)
    has, waits, gone = crowd(3)
    for who in (has, waits, gone):
        ask(page, here, who)
    actions.give_back(viewer=viewer_for(gone), desk=here)
    work_off()
    page.cancelled_at = timezone.now()
    page.save_revision().publish()
    work_off()
    assert [told(who, "changed") for who in (has, waits, gone)] == [1, 1, 0]
    page.save_revision().publish()
    work_off()
    assert told(has, "changed") == 1
    assert Registration.objects.confirmed().count() == 1


def test_another_hour_is_told_and_another_summary_is_not(work_off):
    page = event()
    here = desk(page)
    who = crowd(1)[0]
    ask(page, here, who)
    page.summary = "Told better."
    page.save_revision().publish()
    work_off()
    assert told(who, "changed") == 0
    page.starts_at += timedelta(hours=1)
    page.ends_at += timedelta(hours=1)
    page.save_revision().publish()
    work_off()
    assert told(who, "changed") == 1
    here.refresh_from_db()
    assert here.told_start == page.starts_at


def test_nothing_is_told_of_a_page_that_is_not_shown_any_more(work_off, smtp_server):
    page = event()
    ask(page, desk(page), crowd(1)[0])
    page.unpublish()
    assert mails(work_off, smtp_server) == []
