"""When mails leave: by the recipient's own clock, around clock changes, quiet hours and pauses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.notifications.enums import Family, Timing
from network.notifications.kinds import Kind
from network.notifications.preferences import Habits
from network.notifications.scheduling import end_of_quiet, leaving, next_digest

NOTE = Kind("A note")
ALARM = Kind("An alarm", family=Family.CONSENT, urgent=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "after", "expected"),
    [
        ("UTC", 7, "2026-03-02T06:59", "2026-03-02T07:00"),
        ("UTC", 7, "2026-03-02T07:00", "2026-03-03T07:00"),
        ("Africa/Nairobi", 7, "2026-03-02T03:00", "2026-03-02T04:00"),
        ("Pacific/Kiritimati", 7, "2026-03-02T16:30", "2026-03-02T17:00"),
        # The hour that the clock jumps over, and the one that it shows twice.
        ("Europe/Paris", 2, "2026-03-28T12:00", "2026-03-29T01:00"),
        ("Europe/Paris", 2, "2026-03-29T01:00", "2026-03-30T00:00"),
        ("Europe/Paris", 2, "2026-10-24T12:00", "2026-10-25T00:00"),
        ("Europe/Paris", 2, "2026-10-25T00:00", "2026-10-26T01:00"),
        ("Europe/Paris", 7, "2026-03-28T12:00", "2026-03-29T05:00"),
        ("Nowhere/AtAll", 7, "2026-03-02T06:00", "2026-03-02T07:00"),
    ],
)
def test_a_daily_digest_comes_at_her_hour(zone, hour, after, expected):
    assert next_digest(at(after), Timing.DAILY, Habits(zone=zone, digest_hour=hour)) == at(expected)


def test_a_weekly_digest_comes_on_her_day():
    habits = Habits(zone="Asia/Tokyo", digest_weekday=4, digest_hour=6)
    assert next_digest(at("2026-03-02T00:00"), Timing.WEEKLY, habits) == at("2026-03-05T21:00")


@given(
    st.integers(0, 4 * 365 * 24 * 60),
    st.sampled_from(["UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    st.integers(0, 23),
)
def test_there_is_one_digest_a_day_whatever_the_clock_does(minute, zone, hour):
    habits = Habits(zone=zone, digest_hour=hour)
    first = next_digest(at("2024-01-01T00:00") + timedelta(minutes=minute), Timing.DAILY, habits)
    second = next_digest(first, Timing.DAILY, habits)
    assert timedelta(hours=22) <= second - first <= timedelta(hours=26)


@pytest.mark.parametrize(
    ("begins", "ends", "when", "expected"),
    [
        (22, 7, "2026-03-02T21:59", "2026-03-02T21:59"),
        (22, 7, "2026-03-02T22:00", "2026-03-03T07:00"),
        (22, 7, "2026-03-03T06:59", "2026-03-03T07:00"),
        (22, 7, "2026-03-03T07:00", "2026-03-03T07:00"),
        (12, 14, "2026-03-03T13:30", "2026-03-03T14:00"),
        (12, 14, "2026-03-03T14:00", "2026-03-03T14:00"),
        (9, 9, "2026-03-03T09:30", "2026-03-03T09:30"),
        (None, None, "2026-03-03T03:00", "2026-03-03T03:00"),
    ],
)
def test_quiet_hours_hold_until_their_end(begins, ends, when, expected):
    assert end_of_quiet(at(when), Habits(quiet_from=begins, quiet_to=ends)) == at(expected)


def test_what_is_urgent_waits_for_nothing():
    habits = Habits(quiet_from=22, quiet_to=7, paused_until=date(2026, 4, 1))
    night = at("2026-03-02T23:00")
    assert leaving(ALARM, Timing.AT_ONCE, night, habits).at == night
    assert leaving(ALARM, Timing.NEVER, night, habits) is None


def test_a_pause_holds_for_a_digest_on_its_last_day():
    habits = Habits(zone="Africa/Nairobi", digest_hour=8, paused_until=date(2026, 4, 1))
    for timing in (Timing.AT_ONCE, Timing.DAILY, Timing.WEEKLY):
        held = leaving(NOTE, timing, at("2026-03-02T10:00"), habits)
        assert (held.at, held.in_digest) == (at("2026-04-01T05:00"), True)
    assert not leaving(NOTE, Timing.AT_ONCE, at("2026-03-31T21:30"), habits).in_digest  # it is April there
