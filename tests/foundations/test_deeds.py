"""Deeds that the database broke off for others run again, as a whole."""

import threading

import pytest
from django.db import OperationalError, connections, transaction

from network.accounts.models import User
from network.foundations import deeds
from network.foundations.deeds import TRIES, deed
from network.outbox.actions import announce
from tests import people


def broken_off() -> OperationalError:
    """What the engine says when two were in each other's way."""
    error = OperationalError("database is locked")
    error.__cause__ = Exception()
    error.__cause__.sqlstate = "40P01"
    return error


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(deeds, "PAUSE", 0)


class Trial:
    """A deed that is broken off the first ``times``, after it has written something."""

    def __init__(self, times: int, error: Exception | None = None) -> None:
        self.times, self.error, self.tried = times, error or broken_off(), 0
        self.after_commit: list[int] = []

    @deed
    def do(self) -> str:
        self.tried += 1
        announce("test", "tried")
        transaction.on_commit(lambda: self.after_commit.append(self.tried))
        if self.tried <= self.times:
            raise self.error
        return "done"


@pytest.mark.django_db(transaction=True)
def test_it_is_done_once_however_often_it_was_tried():
    from network.outbox.models import Entry

    trial = Trial(TRIES - 1)
    assert trial.do() == "done"
    assert trial.tried == TRIES
    assert trial.after_commit == [TRIES]
    assert Entry.objects.filter(stream="test").count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_is_given_up_after_a_few_tries():
    trial = Trial(TRIES)
    with pytest.raises(OperationalError):
        trial.do()
    assert trial.tried == TRIES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("disk full"), ValueError("x")])
def test_what_is_wrong_with_the_deed_itself_is_told_at_once(error):
    trial = Trial(1, error)
    with pytest.raises(type(error)):
        trial.do()
    assert trial.tried == 1


@pytest.mark.django_db(transaction=True)
def test_inside_a_larger_transaction_that_one_is_broken_off_as_a_whole():
    trial = Trial(1)
    with pytest.raises(OperationalError), transaction.atomic():
        trial.do()
    assert trial.tried == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_that_wait_for_each_other_are_both_done():
    """Each holds the row that the other wants: PostgreSQL breaks one off, and it is done after the other."""
    one, two = people.person("one"), people.person("two")
    met, done = threading.Barrier(2), []

    def rename(first: User, second: User) -> None:
        tries = iter(range(TRIES))

        @deed
        def both() -> None:
            User.objects.select_for_update().get(pk=first.pk)
            if next(tries) == 0:
                met.wait(20)
            User.objects.select_for_update().get(pk=second.pk)

        try:
            both()
            done.append(first.pk)
        finally:
            connections.close_all()

    waiting = threading.Thread(target=rename, args=(two, one))
    waiting.start()
    rename(one, two)
    waiting.join(30)
    assert sorted(done) == sorted([one.pk, two.pk])
