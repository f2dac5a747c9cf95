"""The page on which people choose: saved whole, never over another one, and counted truly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from network.notifications import actions
from network.notifications.enums import Channel, MailForm, Timing
from network.notifications.models import Habit, Notification, OutgoingMail, PlaceChoice, Preference
from network.notifications.special import How
from tests import people
from tests.notifications.test_inbox import asked

pytestmark = pytest.mark.django_db
PAGE = "/inbox/preferences/"


@pytest.fixture
def member(client, desk):
    people.sign_in(client, people.member())
    return people.member()


def test_hours_are_kept(client, member):
    tomorrow = timezone.localdate() + timedelta(days=1)
    changed = {"digest_hour": "18", "digest_weekday": "4", "quiet_from": "22", "quiet_to": "6",
               "paused_until": tomorrow.isoformat(), "language": "ar"}  # fmt: skip
    assert client.post(PAGE, asked(**changed)).status_code == 302
    kept = Habit.objects.get(person=member)
    assert (kept.digest_hour, kept.digest_weekday, kept.quiet_from, kept.quiet_to) == (18, 4, 22, 6)
    assert (kept.paused_until, kept.language, kept.version) == (tomorrow, "ar", 1)
    page = client.get(PAGE).content.decode()
    assert 'value="18" selected' in page
    assert f'value="{tomorrow.isoformat()}"' in page


def test_what_is_the_usual_leaves_no_row(client, member):
    client.post(PAGE, asked())
    assert not Preference.objects.exists()
    client.post(PAGE, asked(version="1", **{"family_system-mail": "weekly"}))
    assert list(Preference.objects.values_list("kind", "channel", "timing")) == [
        ("family:system", Channel.MAIL, Timing.WEEKLY)
    ]
    client.post(PAGE, asked(version="2"))
    assert not Preference.objects.exists()


def test_a_kind_goes_before_its_heading(client, member, tell):
    client.post(PAGE, asked(**{"family_system-mail": "weekly", "desk_note-mail": "at_once"}))
    [row] = tell(member)
    assert row.mail == Timing.AT_ONCE
    client.post(PAGE, asked(version="1", **{"family_system-mail": "weekly", "family_system-inbox": None}))
    [row] = tell(member)
    assert (row.in_inbox, row.mail) == (False, Timing.WEEKLY)


def test_two_open_pages_do_not_write_over_one_another(client, member):
    client.post(PAGE, asked(digest_hour="9"))
    answer = client.post(PAGE, asked(digest_hour="10"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "elsewhere in the meantime" in page
    assert 'value="10" selected' in page
    assert Habit.objects.get().digest_hour == 9
    assert client.post(PAGE, asked(digest_hour="10", version="1")).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest_hour": "24"}, {"digest_hour": "9" * 40}, {"digest_weekday": "x"}, {"version": "-1"},
        {"version": None}, {"family_system-mail": "\x00"}, {"family_system-mail": None},
        {"paused_until": "0001-01-01"}, {"paused_until": "9999-12-31"}, {"paused_until": "soon"},
        {"quiet_from": "3"}, {"quiet_to": "3"}, {"language": "xx"}, {"desk_note-mail": "sometimes"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_comes_back_with_everything_typed(client, member, wrong):
    answer = client.post(PAGE, asked(**({"digest_weekday": "3"} | wrong)))
    assert answer.status_code == 422
    assert "to mend" in answer.content.decode()
    assert not Habit.objects.exists()


def test_the_preview_counts_what_the_worker_would_send(client, member, tell, work_off, monkeypatch):
    """What the page says of a choice is what that choice brings."""
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    for n in range(3):
        tell(member, note=n + 1)
    tell(member, kind="desk.quiet")
    answer = client.post(PAGE, asked(act="preview"))
    assert answer.status_code == 200
    assert not Habit.objects.exists()
    reckoned = answer.context["reckoned"]
    work_off()
    assert (reckoned.mails, reckoned.digests, reckoned.notices) == (3, 0, 3)
    assert OutgoingMail.objects.count() == 3
    daily = client.post(PAGE, asked(act="preview", **{"family_system-mail": "daily"})).context["reckoned"]
    assert (daily.mails, daily.digests) == (1, 1)
    assert (
        "1 mail."
        in client.post(PAGE, asked(act="preview", **{"family_system-mail": "daily"})).content.decode()
    )
    none = client.post(PAGE, asked(act="preview", **{"family_system-mail": "never"})).context["reckoned"]
    assert none.mails == 0


def test_days_make_as_many_digests_in_the_preview(client, member, tell):
    rows = [row for n in range(4) for row in tell(member, note=1 + n % 3)]
    for days, row in enumerate(rows):
        Notification.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))
    Notification.objects.filter(pk=rows[3].pk).update(created_at=timezone.now() - timedelta(days=9))
    daily = client.post(PAGE, asked(act="preview", **{"family_system-mail": "daily"})).context["reckoned"]
    assert (daily.mails, daily.digests, daily.notices) == (3, 3, 3)


def test_quiet_hours_delay_a_mail_to_their_end(member, tell, work_off, monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    hour = timezone.now().hour
    Habit.objects.create(person=member, quiet_from=hour, quiet_to=(hour + 2) % 24)
    tell(member)
    work_off()
    waits = OutgoingMail.objects.get(form=MailForm.SINGLE).next_try_at
    assert waits.hour == (hour + 2) % 24
    assert waits > timezone.now()


def test_a_line_is_muted_from_the_inbox_and_listed_with_a_way_to_end_it(client, member, tell):
    [row] = tell(member, group="desk:7")
    tell(member, note=2, group="desk:8")
    page = client.get("/inbox/").content.decode()
    assert "/inbox/places/desk:7/" in page
    assert client.post("/inbox/places/desk:7/", {"how": "muted"}).status_code == 302
    row.refresh_from_db()
    assert row.read_at
    assert tell(member, note=3, group="desk:7") == []
    assert len(tell(member, note=3, group="desk:8")) == 1
    page = client.get(PAGE).content.decode()
    assert "Mangroves in en" in page
    assert "Not at all" in page
    client.post("/inbox/places/desk:7/", {"how": "usual", "end": "1"})
    assert len(tell(member, group="desk:7")) == 1
    assert not PlaceChoice.objects.exists()


def test_a_line_goes_by_its_own_choice(client, member, tell):
    tell(member, group="desk:7")
    client.post("/inbox/places/desk:7/", {"how": "weekly"})
    [row] = tell(member, note=2, group="desk:7")
    assert (row.in_inbox, row.mail) == (True, Timing.WEEKLY)
    assert row.digest_at
    client.post("/inbox/places/desk:7/", {"how": "inbox"})
    [row] = tell(member, note=2, group="desk:7")
    assert (row.in_inbox, row.mail) == (True, Timing.NEVER)


@pytest.mark.parametrize("how", ["", "list", "sometimes", "\x00", "x" * 100_000])
def test_a_choice_that_is_not_offered_is_refused(client, member, tell, how):
    tell(member, group="desk:7")
    assert client.post("/inbox/places/desk:7/", {"how": how}).status_code == 422
    assert not PlaceChoice.objects.exists()


@pytest.mark.parametrize(
    "place", ["desk:99", "community:1", "thread:999999999999999999999", "x", "%00", "a" * 3000]
)
def test_a_place_that_is_not_hers_does_not_exist(client, member, tell, place):
    tell(people.expert(), group="desk:99")
    assert client.get(f"/inbox/places/{place}/").status_code == 404
    assert client.post(f"/inbox/places/{place}/", {"how": "muted"}).status_code == 404


def test_how_says_what_it_keeps():
    for how in How:
        if how != How.USUAL:
            from network.notifications.special import how as told

            assert told(PlaceChoice(**how.as_fields(False))) == how


def test_choices_for_a_kind_end_with_an_empty_one(member, tell):
    actions.choose(person_id=member.pk, choices={("desk.note", Channel.MAIL): Timing.NEVER})
    actions.choose(person_id=member.pk, choices={("desk.note", Channel.MAIL): ""})
    assert tell(member)[0].mail == Timing.AT_ONCE
