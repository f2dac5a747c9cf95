"""Mails on their way out, to a real SMTP server."""

import re
import smtplib
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from aiosmtpd.smtp import SMTP
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from network.foundations.viewer import viewer_for
from network.notifications import actions, sending
from network.notifications.enums import Channel, MailState, Timing
from network.notifications.models import Notification, OutgoingMail, Preference
from tests import people
from tests.engine.mail import SmtpServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(tell, work_off):
    """A mail that is owed to the member; nothing has been sent yet."""

    def run(person=None, **what):
        tell(person or people.member(), **what)
        work_off()
        return OutgoingMail.objects.latest("pk")

    return run


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """Tests send by themselves."""
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)


class Refusing(SmtpServer):
    """Answers each mail with ``answers`` in turn, then takes the rest."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = list(answers)

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"


def use(settings, server):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port


def wait_is_over(mail):
    OutgoingMail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now())


def test_one_notification_is_one_mail_and_it_is_sent_once(owed, smtp_server, work_off):
    mail = owed()
    work_off()
    assert OutgoingMail.objects.count() == 1
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.SENT, 1)
    assert len(smtp_server.delivered) == 1


def test_what_a_mail_program_needs_is_in_its_head(owed, smtp_server):
    mail = owed()
    sending.send_due()
    delivered = smtp_server.delivered[0]
    head = delivered.message
    assert delivered.recipients == [people.member().email]
    assert head["Message-ID"] == mail.message_id
    assert head["In-Reply-To"] == head["References"] == "<note-7@testserver>"
    assert head["List-Id"] == '"Office, Notes" <notes.office.testserver>'
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["List-Unsubscribe"].strip().startswith("<http://testserver/inbox/unsubscribe/")
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Subject"] == "Mangroves in en"


def test_a_mail_about_a_thread_is_a_mail_of_a_list(owed, smtp_server, settings, desk):
    settings.MAIL_DOMAIN = "lists.example.org"
    desk.post_to = "notes.office@lists.example.org"
    owed()
    sending.send_due()
    head = smtp_server.delivered[0].message
    assert head["Message-ID"].endswith("@lists.example.org>")
    assert head["In-Reply-To"] == head["References"] == "<note-7@lists.example.org>"
    assert head["List-Id"] == '"Office, Notes" <notes.office.lists.example.org>'
    assert head["List-Post"] == "<mailto:notes.office@lists.example.org>"
    assert head["Precedence"] == "list"
    assert head["Auto-Submitted"] == "auto-generated"


def test_without_mail_in_no_address_is_told_to_write_to(owed, smtp_server):
    owed()
    sending.send_due()
    head = smtp_server.delivered[0].message
    assert head["List-Post"] is None
    assert head["Precedence"] == "list"


def test_text_and_html_say_the_same(owed, smtp_server):
    owed()
    sending.send_due()
    message = smtp_server.delivered[0].message
    assert message.get_content_type() == "multipart/alternative"
    text = message.get_body(["plain"]).get_content()
    html = message.get_body(["html"]).get_content()
    for body in (text, html):
        assert "http://testserver/notes/1/" in body
        assert "A note" in body
        assert "http://testserver/inbox/unsubscribe/" in body
    assert "Somebody wrote: Mangroves" in text
    assert "<strong>Mangroves</strong>" in html
    assert "&quot;" not in text


def test_it_is_written_in_the_recipients_language(owed, smtp_server):
    owed(people.person("reader-ar", language="ar"))
    owed(people.person("reader-fr", language="fr"))
    sending.send_due()
    arabic, french = (delivered.message for delivered in smtp_server.delivered)
    assert arabic["Subject"] == "Mangroves in ar"
    assert 'dir="rtl"' in arabic.get_body(["html"]).get_content()
    assert "/ar/inbox/unsubscribe/" in arabic["List-Unsubscribe"]
    assert french["Subject"] == "Mangroves in fr"


def test_words_are_made_at_sending_and_what_is_gone_is_not_mailed(owed, desk, smtp_server):
    changed, gone = owed(note=1), owed(note=2)
    desk.notes[1] = "Seagrass"
    del desk.notes[2]
    assert sending.send_due() == 1
    assert smtp_server.delivered[0].message["Subject"] == "Seagrass in en"
    gone.refresh_from_db()
    changed.refresh_from_db()
    assert (changed.state, gone.state) == (MailState.SENT, MailState.NOTHING)


def test_who_was_suspended_since_gets_nothing(owed, smtp_server):
    mail = owed()
    people.User.objects.filter(pk=people.member().pk).update(is_active=False)
    sending.send_due()
    mail.refresh_from_db()
    assert mail.state == MailState.NOTHING
    assert not smtp_server.delivered


def test_an_erased_persons_mail_goes_with_her(owed):
    owed()
    people.member().delete()
    assert not OutgoingMail.objects.exists()


def test_who_wants_no_mail_gets_none(owed, tell, work_off):
    chosen = {("desk.note", Channel.MAIL): Timing.NEVER}
    actions.choose(person_id=people.member().pk, choices=chosen)
    tell(people.member())
    work_off()
    assert Notification.objects.count() == 1
    assert not OutgoingMail.objects.exists()


def test_a_line_break_in_a_subject_forges_no_header(owed, desk, smtp_server):
    desk.notes[1] = "Mangroves\r\nBcc: everybody@example.org"
    owed()
    sending.send_due()
    delivered = smtp_server.delivered[0]
    assert delivered.recipients == [people.member().email]
    assert delivered.message["Bcc"] is None


def test_a_server_that_is_away_is_tried_again_and_then_given_up(owed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = owed()
    pauses = []
    for _ in range(sending.MAX_TRIES):
        before = timezone.now()
        assert sending.send_due() == 0
        mail.refresh_from_db()
        pauses.append(round((mail.next_try_at - before).total_seconds() / 60))
        assert sending.send_due() == 0  # its time has not come
        wait_is_over(mail)
    assert pauses[:5] == [1, 5, 15, 60, 240]
    assert (mail.state, mail.attempts) == (MailState.FAILED, 6)
    assert mail.error == "ConnectionRefusedError"


def test_when_the_server_is_back_the_mail_arrives_once(owed, settings):
    mail = owed()
    with Refusing("451 come back later") as server:
        use(settings, server)
        assert sending.send_due() == 0
        wait_is_over(mail)
        assert sending.send_due() == 1
        assert len(server.delivered) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.error, mail.attempts) == (MailState.SENT, "", 2)


def test_a_final_no_is_not_argued_with_and_holds_nobody_up(owed, settings):
    refused, taken = owed(), owed(people.expert())
    with Refusing("550 no such user") as server:
        use(settings, server)
        assert sending.send_due() == 1
        assert [delivered.recipients for delivered in server.delivered] == [[people.expert().email]]
    refused.refresh_from_db()
    taken.refresh_from_db()
    assert (refused.state, refused.error) == (MailState.FAILED, "SMTPRecipientsRefused 550")
    assert taken.state == MailState.SENT


def test_a_worker_that_died_is_followed_by_another_with_the_same_identifier(owed, smtp_server):
    mail = owed()
    assert OutgoingMail.objects.claim(mail.pk, until=timezone.now() + sending.LEASE)
    assert sending.send_due() == 0  # the first one may still be at it
    later = timezone.now() + sending.LEASE + timedelta(seconds=1)
    assert list(OutgoingMail.objects.due(later)) == [mail]
    wait_is_over(mail)
    assert sending.send_due() == 1
    assert smtp_server.delivered[0].message["Message-ID"] == mail.message_id


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_sends(owed, smtp_server):
    for note in (1, 2, 3):
        owed(note=note)
    start = Barrier(4)

    def work():
        from django.db import connection

        start.wait()
        sending.send_due()
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    identifiers = [delivered.message["Message-ID"] for delivered in smtp_server.delivered]
    assert sorted(identifiers) == sorted(OutgoingMail.objects.values_list("message_id", flat=True))
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}


def unsubscribe_path(server):
    address = server.delivered[0].message["List-Unsubscribe"]
    return re.fullmatch(r"<http://testserver(/.*)>", address.strip())[1]


def test_one_click_ends_mails_of_this_kind_and_nothing_else(owed, smtp_server, tell, work_off):
    owed()
    sending.send_due()
    path = unsubscribe_path(smtp_server)
    program = Client(enforce_csrf_checks=True)
    page = program.get(path)
    assert page.status_code == 200
    assert not Preference.objects.exists()  # looking, as scanners of mails do, changes nothing
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row = tell(people.member())[0]
    assert (row.in_inbox, row.mail) == (True, Timing.NEVER)
    assert Preference.objects.get().person == people.member()


@pytest.mark.parametrize("signed", ["x", "WzEsImRlc2subm90ZSJd:1abc:forged", ":", "é"])
def test_a_forged_address_is_not_one_of_ours(client, desk, signed):
    assert client.post(f"/inbox/unsubscribe/{signed}/").status_code == 404
    assert not Preference.objects.exists()


def test_the_address_of_somebody_who_has_gone_does_not_fail(owed, smtp_server, client):
    owed()
    sending.send_due()
    path = unsubscribe_path(smtp_server)
    people.member().delete()
    assert client.post(path).status_code == 200


@pytest.fixture
def given_up(owed, monkeypatch):
    mail = owed()
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED, attempts=6, error="SMTPServerDisconnected"
    )
    return mail


def test_administrators_see_what_was_given_up_and_try_again(client, given_up, smtp_server):
    people.sign_in(client, people.administrator())
    page = client.get("/inbox/undelivered/").content.decode()
    assert people.member().email in page
    assert "SMTPServerDisconnected" in page
    assert "Mangroves" not in page
    assert client.post("/inbox/undelivered/").status_code == 302
    assert sending.send_due() == 1
    assert "Every mail has found its way" in client.get("/inbox/undelivered/").content.decode()


def test_nobody_else_sees_it(client, given_up):
    for who in (
        people.member(),
        people.editor(),
        people.secretariat(),
        people.steward(),
        people.site_moderator(),
    ):
        people.sign_in(client, who)
        assert client.get("/inbox/undelivered/").status_code == 403
        assert client.post("/inbox/undelivered/").status_code == 403
        with pytest.raises(PermissionDenied):
            actions.try_again(viewer=viewer_for(who))


def test_smtplib_speaks_as_we_read_it():
    error = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no")})
    assert sending._code(error) == 550
    assert sending._is_final(error)
    assert not sending._is_final(smtplib.SMTPAuthenticationError(535, b"password"))
    assert not sending._is_final(smtplib.SMTPServerDisconnected())


def test_what_was_settled_is_forgotten_after_its_time_and_what_is_owed_is_not(owed):
    settled, recent, undelivered = owed(), owed(note=2), owed(note=3)
    long_ago = timezone.now() - sending.KEPT - timedelta(days=1)
    OutgoingMail.objects.filter(pk=settled.pk).update(state=MailState.SENT, created_at=long_ago)
    OutgoingMail.objects.filter(pk=recent.pk).update(state=MailState.SENT)
    OutgoingMail.objects.filter(pk=undelivered.pk).update(state=MailState.FAILED, created_at=long_ago)
    assert sending.forget() == 1
    assert set(OutgoingMail.objects.all()) == {recent, undelivered}
