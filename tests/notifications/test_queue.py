"""The queue under strain: a server that is down for an hour, very many people, and who looks after it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.accounts.models import User
from network.notifications import actions, sending
from network.notifications.enums import MailState
from network.notifications.models import Notification, OutgoingMail
from tests import people
from tests.engine.mail import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)


@pytest.fixture
def clock(monkeypatch):
    """An hour that can be turned on."""

    class Clock:
        passed = timedelta()

        def turn(self, **time):
            self.passed += timedelta(**time)

    turned, now = Clock(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() + turned.passed)
    return turned


def test_a_server_that_is_down_for_an_hour_costs_no_mail(tell, work_off, settings, clock):
    """Real: it listens, is gone for an hour of work every minute, and comes back at the same port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    server = SmtpServer()
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
    with server:
        tell(people.member())
        work_off()
        assert sending.send_all() == 1
    crowd = [people.person(f"waiting-{n}") for n in range(12)]
    tell(*crowd, note=2)
    work_off()
    for _minute in range(60):
        assert sending.send_all() == 0
        clock.turn(minutes=1)
    waiting = OutgoingMail.objects.exclude(state=MailState.SENT)
    assert waiting.count() == 12
    assert not waiting.filter(state=MailState.FAILED).exists()
    with SmtpServer(server.port) as back:
        clock.turn(minutes=240)
        assert sending.send_all() == 12
        assert sending.send_all() == 0
    delivered = [*server.delivered, *back.delivered]
    identifiers = [one.message["Message-ID"] for one in delivered]
    assert len(identifiers) == len(set(identifiers)) == 13
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_while_the_server_is_away_one_mail_a_run_is_tried(tell, work_off, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(*[people.person(f"waiting-{n}") for n in range(5)])
    work_off()
    sending.send_all()
    assert OutgoingMail.objects.filter(attempts__gt=0).count() == 1


def crowd(size: int) -> list[int]:
    start = User.objects.count()
    rows = [User(email=f"crowd-{start + n}@cast.example", password="!", name="Somebody") for n in range(size)]
    return [user.pk for user in User.objects.bulk_create(rows, batch_size=500)]


def test_very_many_are_told_in_batches_of_the_same_size(desk, monkeypatch):
    """However many there are: so many rows are in memory, and so many questions are asked for each batch."""
    from django.db import transaction

    sizes = []
    whole = Notification.objects.bulk_create

    def watched(rows, *args, **kwargs):
        rows = list(rows)
        sizes.append(len(rows))
        return whole(rows, *args, **kwargs)

    monkeypatch.setattr(Notification.objects, "bulk_create", watched)

    def questions(people):
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            actions.notify(kind="desk.note", recipients=people, ids={"note": 1})
        return len(asked)

    one = questions(crowd(actions.AT_ONCE))
    four = questions(crowd(4 * actions.AT_ONCE))
    assert max(sizes) <= actions.AT_ONCE
    assert sizes == [actions.AT_ONCE] * 5
    assert four <= 4 * one


def test_mails_are_taken_from_the_queue_a_few_at_a_time(desk, monkeypatch):
    people_ids = crowd(30)
    OutgoingMail.objects.bulk_create(
        OutgoingMail(recipient_id=pk, notification_ids=[], message_id=f"<{pk}@x>") for pk in people_ids
    )
    taken = []
    monkeypatch.setattr(sending, "_send", lambda mail, connection: taken.append(mail.pk) or True)
    with CaptureQueriesContext(connection) as few:
        sending.send_due(limit=5)
    with CaptureQueriesContext(connection) as more:
        sending.send_due(limit=10)
    assert len(taken) == 15
    assert len(more) - 1 == 2 * (len(few) - 1)  # one question for the list, the same number for each mail


@pytest.fixture
def given_up(tell, work_off):
    tell(people.member(), people.expert())
    work_off()
    OutgoingMail.objects.update(state=MailState.FAILED, attempts=6, error="SMTPServerDisconnected")
    return list(OutgoingMail.objects.order_by("pk"))


def test_one_is_tried_again_and_one_is_dropped(client, given_up):
    people.sign_in(client, people.administrator())
    first, second = given_up
    page = client.get("/inbox/undelivered/").content.decode()
    assert page.count("SMTPServerDisconnected") == 2
    client.post("/inbox/undelivered/", {"mail": first.pk, "act": "again"})
    client.post("/inbox/undelivered/", {"mail": second.pk, "act": "drop"})
    states = dict(OutgoingMail.objects.values_list("pk", "state"))
    assert states == {first.pk: MailState.QUEUED, second.pk: MailState.DROPPED}
    page = client.get("/inbox/undelivered/").content.decode()
    assert "Every mail has found its way" in page
    assert "1 mail waits to be sent." in page
    assert Notification.objects.count() == 2  # what a dropped mail told of stands in the inbox
    later = timezone.now() + timedelta(days=365)
    assert list(OutgoingMail.objects.settled_before(later)) == [second]


def test_only_administrators_deal_with_them(client, given_up):
    for who in (people.member(), people.secretariat(), people.site_moderator()):
        people.sign_in(client, who)
        for act in ("again", "drop"):
            answer = client.post("/inbox/undelivered/", {"mail": given_up[0].pk, "act": act})
            assert answer.status_code == 403
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.FAILED}


@pytest.mark.parametrize("mail", ["x", "\x00", "9" * 30, "-1"])
def test_a_mail_that_is_none_is_not_found(client, given_up, mail):
    people.sign_in(client, people.administrator())
    assert client.post("/inbox/undelivered/", {"mail": mail, "act": "drop"}).status_code == 404


def test_what_was_delivered_is_not_dropped(client, given_up):
    people.sign_in(client, people.administrator())
    OutgoingMail.objects.update(state=MailState.SENT)
    client.post("/inbox/undelivered/", {"mail": given_up[0].pk, "act": "drop"})
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}
