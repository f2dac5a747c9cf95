"""Writing to the outbox."""

import threading

import pytest
from django.db import connection, connections, transaction

from network.outbox import actions
from network.outbox.actions import announce, announce_each
from network.outbox.models import Delivery, Entry


def numbers(stream):
    return list(Entry.objects.filter(stream=stream).order_by("number").values_list("number", flat=True))


@pytest.mark.django_db
def test_each_stream_counts_for_itself():
    for stream in ("thread:1", "thread:2", "thread:1"):
        announce(stream, "forums.reply", post=7)
    assert numbers("thread:1") == [1, 2]
    assert numbers("thread:2") == [1]
    assert list(Entry.objects.after("thread:1", 1).values_list("number", "ids")) == [(2, {"post": 7})]


@pytest.mark.django_db
def test_many_streams_cost_what_one_does(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        announce_each("x.y", {f"inbox:{number}": {"n": number} for number in range(50)})
    assert Entry.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_it_belongs_inside_the_deeds_transaction():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        announce("thread:1", "forums.reply")


@pytest.mark.django_db
def test_a_deed_that_fails_leaves_no_trace(on):
    on("mail", "forums.reply", run=lambda entry: None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce("thread:1", "forums.reply")
        raise ZeroDivisionError
    assert not Entry.objects.exists()
    assert not Delivery.objects.exists()
    announce("thread:1", "forums.reply")
    assert numbers("thread:1") == [1]


@pytest.mark.django_db
def test_only_who_listens_is_owed_something(on):
    on("mail", "forums.reply", "forums.edit", run=lambda entry: None)
    on("index", "forums.edit", run=lambda entry: None)
    announce("thread:1", "forums.reply")
    announce("thread:1", "forums.edit")
    announce("thread:1", "forums.pin")
    assert sorted(Delivery.objects.values_list("handler", "entry__kind")) == [
        ("index", "forums.edit"),
        ("mail", "forums.edit"),
        ("mail", "forums.reply"),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_once_a_transaction_and_may_be_deaf(on, monkeypatch):
    on("mail", "forums.reply", run=lambda entry: None)
    woken = []

    def wake(*args, **kwargs):
        woken.append(args)
        raise ConnectionError("the queue does not answer")

    monkeypatch.setattr("django_q.tasks.async_task", wake)
    with transaction.atomic():
        for _each in range(3):
            announce("thread:1", "forums.reply")
        assert not woken
    assert len(woken) == 1
    assert Entry.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_numbers_are_whole_under_many_writers():
    """On SQLite writers queue up at BEGIN, on PostgreSQL at the counter row."""
    failures = []

    def write():
        try:
            for _each in range(10):
                with transaction.atomic():
                    announce("busy", "x.y")
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert numbers("busy") == list(range(1, 61))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_number_is_never_seen_before_those_below_it():
    """The second writer waits for the first to commit, so 'after n' misses nothing."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    first_wrote, may_commit, order = threading.Event(), threading.Event(), []

    def first():
        with transaction.atomic():
            announce("race", "first")
            first_wrote.set()
            may_commit.wait(5)
            order.append("first")
        connections.close_all()

    def second():
        first_wrote.wait(5)
        with transaction.atomic():
            announce("race", "second")
            order.append("second")
        connections.close_all()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    first_wrote.wait(5)
    threads[1].join(0.5)
    assert not Entry.objects.filter(stream="race").exists()
    may_commit.set()
    for thread in threads:
        thread.join()
    assert order == ["first", "second"]
    assert list(Entry.objects.after("race", 0).values_list("kind", flat=True)) == ["first", "second"]
    assert actions.work_off() == 0
