"""What surrounds a test: cache, queue, outbox, mail, files."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction

from network.outbox import actions, handlers


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="there is one process only")
@pytest.mark.xdist_group("harness")
def test_what_shares_something_costly_goes_to_one_worker(request):
    assert request.node.nodeid.endswith("@harness")


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_cache_is_empty_when_a_test_begins(time):
    assert cache.get("left") is None
    cache.set("left", time)


def test_files_go_to_a_place_of_this_process():
    assert Path(settings.MEDIA_ROOT).is_relative_to(settings.TEST_PLACE)


@pytest.fixture
def heard(monkeypatch):
    heard: list[int] = []
    handlers_now = dict(handlers.handlers._entries)
    monkeypatch.setattr(handlers.handlers, "_entries", handlers_now)
    handlers.on("harness", "harness.happened", run=lambda entry: heard.append(entry.number))
    return heard


def test_the_outbox_waits_until_the_test_works_it_off(db, heard, work_off):
    with transaction.atomic():
        actions.announce("harness:1", "harness.happened")
        actions.announce("harness:1", "harness.happened")
    assert heard == []
    assert work_off() == 2
    assert heard == [1, 2]
    assert work_off() == 0


def test_a_failing_handler_fails_the_test(db, monkeypatch, work_off):
    monkeypatch.setattr(handlers.handlers, "_entries", {})
    handlers.on("harness", "harness.happened", run=lambda entry: 1 / 0)
    with transaction.atomic():
        actions.announce("harness:1", "harness.happened")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        work_off()


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_task_is_queued_for_real_and_not_run(db, heard, time):
    from django_q.brokers import get_broker

    assert get_broker().queue_size() == 0
    with transaction.atomic():
        actions.announce("harness:1", "harness.happened")
    assert get_broker().queue_size() == 1
    assert heard == []


def test_mail_goes_through_a_real_server(smtp_server):
    send_mail("Bonjour à tous", "Ça va?", "network@example.org", ["maria@example.org"])
    (mail,) = smtp_server.delivered
    assert mail.recipients == ["maria@example.org"]
    assert mail.message["subject"] == "Bonjour à tous"
    assert mail.message.get_content().strip() == "Ça va?"
