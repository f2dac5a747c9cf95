"""The digest: gathered once, in her words, small and complete."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from network.notifications import actions, digests, sending
from network.notifications.enums import Channel, Family, MailForm, MailState, Timing
from network.notifications.kinds import kinds
from network.notifications.models import Notification, OutgoingMail
from network.notifications.preferences import Habits
from tests import people
from tests.notifications.factories import kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rooms(desk):
    """A mention beside the notes, which stand under the heading of the network itself."""
    kinds.register("desk.mention", kind(desk, family=Family.MENTION, counted=lambda n: f"{n} mentions"))


def wants(timing, *whom, kind="desk.note"):
    for person in whom or (people.member(),):
        actions.choose(person_id=person.pk, choices={(kind, Channel.MAIL): timing})


def hour_has_come():
    Notification.objects.exclude(digest_at=None).update(digest_at=timezone.now() - timedelta(seconds=1))


def sent(server):
    """Gather and send; what has arrived since."""
    before = len(server.delivered)
    digests.gather()
    sending.send_due()
    return [delivered.message for delivered in server.delivered[before:]]


def text_of(message):
    return message.get_body(["plain"]).get_content()


def html_of(message):
    return message.get_body(["html"]).get_content()


def test_several_notices_are_one_mail_and_are_not_told_again(tell, work_off, smtp_server):
    wants(Timing.DAILY)
    tell(people.member(), note=1, group="thread:7")
    tell(people.member(), note=2, group="thread:7")
    tell(people.member(), note=3)
    work_off()
    assert not OutgoingMail.objects.exists()
    assert sent(smtp_server) == []  # its hour has not come
    hour_has_come()
    [message] = sent(smtp_server)
    for body in (text_of(message), html_of(message)):
        assert all(word in body for word in ("Mangroves", "Corals", "Peatlands", "2 notices"))
        assert "http://testserver/notes/3/" in body
    assert message["Subject"] == "Digest: 3 new notices"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<img" not in html_of(message)
    tell(people.member(), note=1)
    hour_has_come()
    [second] = sent(smtp_server)
    assert second["Subject"] == "Digest: 1 new notice"
    assert "Corals" not in text_of(second)


def test_a_worker_that_dies_in_the_middle_leaves_it_to_the_next(tell, smtp_server, monkeypatch):
    wants(Timing.DAILY, people.member(), people.expert())
    tell(people.member(), people.expert())
    hour_has_come()
    whole = OutgoingMail.objects.create

    def dies(**fields):
        whole(**fields)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), transaction.atomic():
        patch.setattr(OutgoingMail.objects, "create", dies)
        digests.gather()
    assert not OutgoingMail.objects.exists()
    assert Notification.objects.exclude(digest_at=None).count() == 2
    assert digests.gather() == 2
    assert digests.gather() == 0
    assert sending.send_due() == 2
    assert sorted(mail.recipients[0] for mail in smtp_server.delivered) == sorted(
        [people.member().email, people.expert().email]
    )


def test_the_important_stands_first(tell, smtp_server):
    for name in ("desk.note", "desk.mention"):
        wants(Timing.DAILY, kind=name)
    tell(people.member(), note=1, kind="desk.mention")
    tell(people.member(), note=2)
    tell(people.member(), note=3)
    hour_has_come()
    [message] = sent(smtp_server)
    text = text_of(message)
    order = [
        text.index(word)
        for word in ("Mentions of me", "Mangroves", "The network itself", "Peatlands", "Corals")
    ]
    assert order == sorted(order)


def test_it_is_in_her_language_and_direction(tell, smtp_server):
    reader = people.person("reader-ar", language="ar")
    wants(Timing.DAILY, reader, people.member())
    tell(reader, people.member())
    actions.save_preferences(viewer=people.viewer(people.member()), choices={}, habits=Habits(language="fr"))
    hour_has_come()
    messages = {message["To"]: message for message in sent(smtp_server)}
    assert 'dir="rtl"' in html_of(messages[reader.email])
    assert "Mangroves in ar" in text_of(messages[reader.email])
    assert "Mangroves in fr" in text_of(messages[people.member().email])


def test_words_are_made_at_sending_and_what_was_read_meanwhile_is_counted(tell, desk, smtp_server):
    wants(Timing.DAILY)
    for note in (1, 2, 3):
        tell(people.member(), note=note, group=f"thread:{note}")
    del desk.notes[2]
    actions.read(viewer=people.viewer(people.member()), groups=["thread:3"])
    hour_has_come()
    [message] = sent(smtp_server)
    text = text_of(message)
    assert "Mangroves" in text
    assert "Corals" not in text
    assert "Peatlands" not in text
    assert "1 more notice you have read on the site already." in text


def test_where_all_is_read_or_gone_there_is_no_mail(tell, desk, smtp_server):
    wants(Timing.DAILY, people.member(), people.expert())
    tell(people.member(), note=1)
    tell(people.expert(), note=2)
    actions.read(viewer=people.viewer(people.member()))
    del desk.notes[2]
    hour_has_come()
    assert sent(smtp_server) == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.NOTHING}


@pytest.mark.parametrize("letter", ["a", "é", "鱼"])
def test_a_thousand_lines_are_small_and_none_is_left_out_silently(tell, desk, smtp_server, letter):
    wants(Timing.DAILY)
    desk.notes = {n: f"N{n:04} {letter * 120}" for n in range(1000)}
    for n in range(1000):
        Notification.objects.create(
            recipient=people.member(), kind="desk.note", group=f"g:{n}", ids={"note": n}, mail=Timing.DAILY,
            digest_at=timezone.now(),
        )  # fmt: skip
    [message] = sent(smtp_server)
    assert len(message.as_bytes()) < 100_000
    text = text_of(message)
    shown = sum(f"N{n:04}" in text for n in range(1000))
    rest = int(text.partition(" more lines in your inbox")[0].split()[-1])
    assert shown > 20
    assert shown + rest == 1000
    assert "/inbox/?family=system" in text


def test_many_posts_of_one_thread_say_how_many_more(tell, desk, smtp_server):
    wants(Timing.DAILY)
    desk.notes = {n: f"N{n:02}" for n in range(12)}
    for n in range(12):
        tell(people.member(), note=n, group="thread:7")
    hour_has_come()
    [message] = sent(smtp_server)
    assert "7 more there" in text_of(message)
    assert "12 notices" in text_of(message)


def test_one_click_ends_digests_and_what_waits_for_one(tell, client, smtp_server):
    wants(Timing.DAILY)
    tell(people.member())
    hour_has_come()
    [message] = sent(smtp_server)
    tell(people.member(), note=2)
    path = message["List-Unsubscribe"].strip()[1:-1].removeprefix("http://testserver")
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Notification.objects.exclude(digest_at=None).exists()
    [row] = tell(people.member(), note=3)
    assert (row.in_inbox, row.mail) == (True, Timing.NEVER)


def test_a_pause_holds_and_then_says_in_one_line_what_was_held(tell, work_off, smtp_server):
    viewer = people.viewer(people.member())
    today = timezone.localdate()
    tell(people.member(), note=1, kind="desk.mention")
    work_off()  # one is on its way already
    actions.save_preferences(viewer=viewer, choices={}, habits=Habits(paused_until=today + timedelta(days=5)))
    tell(people.member(), note=2)
    work_off()
    assert not OutgoingMail.objects.filter(state=MailState.QUEUED).exists()
    assert sent(smtp_server) == []
    [due] = set(Notification.objects.values_list("digest_at", flat=True))
    assert due.date() in (today + timedelta(days=4), today + timedelta(days=5))
    hour_has_come()
    [message] = sent(smtp_server)
    held = "While your mails were paused, these were held: 1 mentions, 1 notice."
    assert held in text_of(message)
    assert held in html_of(message)


def test_ending_a_pause_early_brings_what_was_held_at_once(tell, work_off, smtp_server):
    viewer = people.viewer(people.member())
    pause = Habits(paused_until=timezone.localdate() + timedelta(days=5))
    actions.save_preferences(viewer=viewer, choices={}, habits=pause)
    tell(people.member())
    work_off()
    actions.save_preferences(viewer=viewer, choices={}, habits=Habits(version=1))
    [message] = sent(smtp_server)
    assert "While your mails were paused" in text_of(message)


def test_gathering_asks_the_same_for_many_notices_of_one_person(tell, django_assert_num_queries):
    wants(Timing.DAILY)
    for n in range(30):
        tell(people.member(), note=1 + n % 3)
    hour_has_come()
    with django_assert_num_queries(7):
        assert digests.gather() == 1
    assert len(OutgoingMail.objects.get(form=MailForm.DIGEST).notification_ids) == 30


class TestAnotherZone:
    """She moves: nobody has to save the preferences again."""

    def moved(self, zone, work_off):
        from network.accounts.actions.details import change_details, details_mark

        person = people.member()
        seen = details_mark(person)
        change_details(person=person, name=person.name, language=person.language, zone=zone, seen=seen)
        work_off()
        return Notification.objects.get(recipient=person).digest_at

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Africa/Nairobi", "America/Los_Angeles"])
    def test_what_waits_comes_at_the_same_hour_there(self, tell, work_off, zone):
        from zoneinfo import ZoneInfo

        wants(Timing.DAILY)
        tell(people.member())
        work_off()
        at = self.moved(zone, work_off)
        assert at.astimezone(ZoneInfo(zone)).hour == Habits().digest_hour
        assert timedelta(0) < at - timezone.now() <= timedelta(days=1)

    def test_what_is_due_is_not_put_off(self, tell, work_off):
        wants(Timing.DAILY)
        tell(people.member())
        work_off()
        hour_has_come()
        assert self.moved("Africa/Nairobi", work_off) <= timezone.now()
