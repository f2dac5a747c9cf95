"""The receiver as another mail server meets it: a real conversation on loopback."""

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from network.foundations.management.commands import up
from network.notifications.inbound import addresses, smtp
from network.notifications.inbound.smtp import Place
from network.notifications.models import IncomingMail
from tests.notifications.inbound.letters import mail

#: The receiver asks the database in a thread of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@contextmanager
def receiving(is_lmtp: bool = False) -> Iterator[int]:
    """The receiver in a thread; its port."""
    loop, begun, ports = asyncio.new_event_loop(), threading.Event(), []

    def ready(port: int) -> None:
        ports.append(port)
        begun.set()

    task = loop.create_task(smtp.serve(Place(is_lmtp, "127.0.0.1", 0), ready))

    def run() -> None:
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(10)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


def ours(number: int = 0) -> str:
    return addresses.make("bounce", number)


def test_a_mail_is_taken_once_and_lies_sealed(settings):
    content = mail("a@post.example", ours(), "Words that nobody else reads.")
    with receiving() as port:
        for _ in range(2):
            with smtplib.SMTP("127.0.0.1", port) as line:
                assert line.sendmail("a@post.example", [ours()], content) == {}
    kept = IncomingMail.objects.get()
    assert (kept.sender, kept.deliveries) == ("a@post.example", 2)
    lies = settings.CONSENT_VAULT_DIR / kept.path
    assert b"Words that" not in lies.read_bytes()


def test_whom_nobody_is_gets_a_sentence(settings):
    with receiving() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.ehlo()
        line.mail("a@post.example")
        for address, code in (
            ("nobody@mail.testserver", 550),
            (ours()[:-25] + "aaaa" + ours()[-21:], 550),
            ("somebody@elsewhere.example", 550),
            (ours().upper(), 250),
        ):
            told, sentence = line.rcpt(address)
            assert told == code, sentence
        assert b"our own addresses" in line.rcpt("somebody@elsewhere.example")[1]
        assert b"Answer the newest mail" in line.rcpt("nobody@mail.testserver")[1]


def test_what_is_too_big_is_refused_for_good(settings):
    settings.MAIL_IN_MAX_SIZE = 20_000
    with receiving() as port, smtplib.SMTP("127.0.0.1", port) as line:
        with pytest.raises(smtplib.SMTPSenderRefused) as refused:
            line.sendmail("a@post.example", [ours()], b"x\r\n" * 20_000)
        assert refused.value.smtp_code == 552
        line.docmd("EHLO", "silent")
        line.docmd("MAIL", "FROM:<a@post.example>")
        line.docmd("RCPT", f"TO:<{ours()}>")
        assert line.data(b"x\r\n" * 20_000)[0] == 552
    assert not IncomingMail.objects.exists()


@pytest.mark.parametrize("away", ["lead_to", "intake.keep"])
def test_while_the_database_is_away_it_has_to_come_again(away, monkeypatch):
    def fails(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(f"network.notifications.inbound.smtp.{away}", fails)
    with receiving() as port, smtplib.SMTP("127.0.0.1", port) as line:
        with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)) as refused:
            line.sendmail("a@post.example", [ours()], mail("a@post.example", ours()))
        error = refused.value
        code = error.smtp_code if hasattr(error, "smtp_code") else error.recipients[ours()][0]
        assert code == 451


def test_at_most_twenty_recipients():
    with receiving() as port, smtplib.SMTP("127.0.0.1", port) as line:
        line.ehlo()
        line.mail("a@post.example")
        codes = [line.rcpt(ours(number))[0] for number in range(21)]
    assert codes == [250] * 20 + [452]


def test_lmtp_answers_for_each_recipient():
    with receiving(is_lmtp=True) as port, smtplib.LMTP("127.0.0.1", port) as line:
        assert line.ehlo()[0] == 250
        line.mail("a@post.example")
        line.rcpt(ours(1))
        line.rcpt(ours(2))
        line.docmd("DATA")
        line.send(mail("a@post.example", ours()) + b"\r\n.\r\n")
        assert [line.getreply()[0] for _ in range(2)] == [250, 250]
    assert IncomingMail.objects.count() == 2


def test_a_line_without_end_and_bytes_of_any_kind_are_taken():
    content = b"From: a@post.example\r\nSubject: \xff\xfe\x00\r\n\r\n" + b"y" * 200_000 + b"\r\n\x00\xe9\r\n"
    with receiving() as port, smtplib.SMTP("127.0.0.1", port) as line:
        assert line.sendmail("a@post.example", [ours()], content) == {}
    assert IncomingMail.objects.get().size > 200_000


def test_the_supervisor_has_mail_received_where_it_should(settings):
    assert "mail" not in up._commands("127.0.0.1", 8000)
    settings.MAIL_IN_LISTEN = "lmtp://127.0.0.1:8024"
    assert up._commands("127.0.0.1", 8000)["mail"][-1] == "receive_mail"


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:80", "smtp://127.0.0.1", "smtp://h:99999999"])
def test_a_place_that_is_none_is_refused(url, settings):
    with pytest.raises(ImproperlyConfigured):
        Place.read(url)
    with pytest.raises(CommandError):
        call_command("receive_mail", listen=url)
    settings.MAIL_IN_DOMAIN = ""
    with pytest.raises(CommandError, match="MAIL_IN_DOMAIN"):
        call_command("receive_mail", listen="smtp://127.0.0.1:8025")
