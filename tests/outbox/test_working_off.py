"""Working off what is owed."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from network.outbox import actions, watch
from network.outbox.handlers import kept_streams
from network.outbox.models import Delivery, Entry, Stream
from network.outbox.querysets import MAX_ATTEMPTS

pytestmark = pytest.mark.django_db


def now_due():
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def test_each_delivery_is_made_once(on):
    seen = []
    on("mail", "x.y", run=lambda entry: seen.append(entry.ids["n"]))
    for number in range(3):
        actions.announce("s", "x.y", n=number)
    assert actions.work_off() == 3
    assert actions.work_off() == 0
    assert seen == [0, 1, 2]


def test_handlers_take_turns(on):
    seen = []
    on("slow", "many", run=lambda entry: seen.append("slow"))
    on("quick", "one", run=lambda entry: seen.append("quick"))
    for _each in range(5):
        actions.announce("s", "many")
    actions.announce("s", "one")
    assert actions.work_off(limit=2) == 2
    assert sorted(seen) == ["quick", "slow"]


def test_a_failure_is_undone_and_tried_again_later_and_later(on, caplog):
    def fail(entry):
        Stream.objects.create(name="half done")
        raise KeyError("what a person wrote")

    on("mail", "x.y", run=fail)
    on("index", "x.y", run=lambda entry: None)
    actions.announce("s", "x.y")
    assert actions.work_off() == 1, "the other handler is not kept from its work"
    assert not Stream.objects.filter(name="half done").exists()
    delays = []
    for _attempt in range(3):
        delivery = Delivery.objects.get(handler="mail")
        delays.append(round((delivery.due_at - timezone.now()).total_seconds()))
        assert delivery.error == "KeyError"
        assert actions.work_off() == 0, "not before it is due"
        now_due()
        actions.work_off()
    assert delays == [10, 20, 40]


def test_what_fails_too_often_is_given_up_told_and_may_be_tried_again(on):
    on("mail", "x.y", run=lambda entry: 1 / 0)
    actions.announce("s", "x.y")
    for _attempt in range(MAX_ATTEMPTS + 2):
        now_due()
        actions.work_off()
    assert Delivery.objects.get().attempts == MAX_ATTEMPTS
    assert (watch.given_up(), watch.owed()) == (1, 0)
    out = StringIO()
    call_command("outbox", retry=True, stdout=out)
    assert "mail: ZeroDivisionError (1)" in out.getvalue()
    assert (watch.given_up(), watch.owed()) == (0, 1)


def test_a_missing_handler_is_noticed_not_taken_for_done(on):
    Delivery.objects.create(entry=actions.announce("s", "x.y"), handler="renamed")
    assert actions.work_off() == 0
    assert Delivery.objects.get().error == "LookupError"


def test_a_worker_that_dies_in_the_middle_leaves_it_to_the_next(on):
    lives = iter([False, True])

    def work(entry):
        Stream.objects.create(name="effect")
        if not next(lives):
            raise SystemExit  # as when the supervisor ends the process

    on("mail", "x.y", run=work)
    actions.announce("s", "x.y")
    with pytest.raises(SystemExit):
        actions.work_off()
    delivery = Delivery.objects.get()
    assert (delivery.attempts, delivery.done_at) == (0, None)
    assert actions.work_off() == 1
    assert Stream.objects.filter(name="effect").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same(on):
    seen, started = [], threading.Barrier(2)
    on("mail", "x.y", run=lambda entry: seen.append(entry.number))
    with transaction.atomic():
        for _each in range(30):
            actions.announce("s", "x.y")

    def work():
        started.wait(5)
        while actions.work_off(limit=10):
            pass
        connections.close_all()

    workers = [threading.Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    actions.work_off()
    assert sorted(seen) == list(range(1, 31))


def test_lag_is_the_age_of_the_oldest_that_is_due(on):
    on("mail", "x.y", run=lambda entry: None)
    assert watch.lag() == 0
    assert watch.keeps_up() == "0 s behind"
    actions.announce("s", "x.y")
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=10))
    assert 595 < watch.lag() < 605
    with pytest.raises(watch.Unready, match="is the worker running"):
        watch.keeps_up()


def test_pruning_forgets_only_what_nobody_can_ask_for(on, monkeypatch):
    monkeypatch.setattr(kept_streams, "_entries", {"consent": "consent:"})
    on("mail", "x.y", run=lambda entry: None)
    on("broken", "z", run=lambda entry: 1 / 0)
    for stream, kind in (("s", "x.y"), ("s", "z"), ("consent:1", "x.y"), ("s", "fresh")):
        actions.announce(stream, kind)
    actions.work_off()
    long_ago = timezone.now() - timedelta(days=200)
    Delivery.objects.exclude(done_at=None).update(done_at=long_ago)
    Entry.objects.exclude(kind="fresh").update(at=long_ago)
    assert actions.prune() == 1
    assert sorted(Entry.objects.values_list("stream_id", "kind")) == [
        ("consent:1", "x.y"),
        ("s", "fresh"),
        ("s", "z"),
    ]
    actions.announce("s", "x.y")
    assert Entry.objects.latest("id").number == 4, "numbers go on"
