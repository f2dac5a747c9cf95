"""Fetching from a mailbox, from a real IMAP server."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from network.notifications.inbound import addresses
from network.notifications.models import IncomingMail
from tests.notifications.inbound.imap_server import PASSWORD, USER, ImapServer
from tests.notifications.inbound.letters import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def server(settings):
    with ImapServer() as server:
        settings.MAIL_IN_IMAP_HOST, settings.MAIL_IN_IMAP_PORT = server.host, server.port
        settings.MAIL_IN_IMAP_TLS = False
        settings.MAIL_IN_IMAP_USER, settings.MAIL_IN_IMAP_PASSWORD = USER, PASSWORD
        yield server


def ours() -> str:
    return addresses.make("bounce", 0)


def fetch() -> str:
    out = StringIO()
    call_command("fetch_mail", stdout=out)
    return out.getvalue()


def written(number: int, to: str = "", **headers: str) -> bytes:
    return mail("a@post.example", to or ours(), Message_ID=f"<{number}@post.example>", **headers)


def test_each_is_kept_once_and_marked(server):
    for number in range(3):
        server.box.put(written(number))
    assert fetch().startswith("3 kept")
    assert fetch().startswith("0 kept")
    assert IncomingMail.objects.count() == 3
    assert all("\\Seen" in one.flags for one in server.box.folders["INBOX"])


@pytest.mark.parametrize("can_move", [True, False])
def test_what_was_fetched_is_moved(server, settings, can_move):
    settings.MAIL_IN_IMAP_DONE_FOLDER = "Done"
    server.box.can_move = can_move
    server.box.put(written(1))
    server.box.put(written(2))
    assert fetch().startswith("2 kept")
    assert {name: len(mails) for name, mails in server.box.folders.items()} == {"INBOX": 0, "Done": 2}


def test_a_fetch_that_broke_off_is_started_again(server):
    for number in range(3):
        server.box.put(written(number))
    server.box.dies_after = 2
    with pytest.raises(CommandError, match="does not answer"):
        fetch()
    assert IncomingMail.objects.count() == 1
    server.box.dies_after = 0
    fetch()
    assert IncomingMail.objects.count() == 3


def test_the_real_recipient_counts_before_what_stands_in_to(server):
    server.box.put(written(1, to="list@post.example", Delivered_To=ours().upper()))
    server.box.put(written(2, to="nobody@post.example"))
    assert fetch().startswith("1 kept, 1 to no address of ours")
    assert IncomingMail.objects.get().recipient == ours()


def test_of_ten_thousand_recipients_ours_is_found_or_not_and_nothing_breaks(server):
    many = ", ".join(f"p{number}@post.example" for number in range(10_000))
    raw = written(1).replace(b"To: ", f"To: {ours()}, {many}, ".encode(), 1)
    server.box.put(raw)
    assert fetch().startswith("1 kept")


def test_the_hour_of_the_mailbox_counts(server):
    server.box.put(written(1))
    fetch()
    assert IncomingMail.objects.get().counts_at == datetime(2026, 11, 5, 10, tzinfo=UTC)


def test_a_mail_that_is_too_big_is_left(server, settings):
    settings.MAIL_IN_MAX_SIZE = 100
    server.box.put(written(1))
    assert "1 too big" in fetch()


def test_what_is_missing_is_said(server, settings):
    settings.MAIL_IN_IMAP_PASSWORD = "wrong"
    with pytest.raises(CommandError, match="does not answer"):
        fetch()
    settings.MAIL_IN_IMAP_HOST = ""
    with pytest.raises(CommandError, match="MAIL_IN_IMAP_HOST"):
        fetch()
    settings.MAIL_IN_DOMAIN = ""
    with pytest.raises(CommandError, match="MAIL_IN_DOMAIN"):
        fetch()
