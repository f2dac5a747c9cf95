"""``on_commit`` callbacks run at the exit of the outermost block that is not the test's own."""

import pytest
from django.db import IntegrityError, transaction

from network.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls() -> list[str]:
    return []


def test_a_callback_runs_when_the_block_ends_and_not_before(calls):
    with transaction.atomic():
        transaction.on_commit(lambda: calls.append("told"))
        assert calls == []
    assert calls == ["told"]


def test_an_inner_block_fires_nothing_early_and_order_is_kept(calls):
    with transaction.atomic():
        transaction.on_commit(lambda: calls.append("first"))
        with transaction.atomic():
            transaction.on_commit(lambda: calls.append("second"))
        assert calls == []
        transaction.on_commit(lambda: calls.append("third"))
    assert calls == ["first", "second", "third"]


def test_a_block_that_raises_drops_its_callbacks(calls):
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        transaction.on_commit(lambda: calls.append("told"))
        raise ValueError("no")
    with transaction.atomic():
        pass
    assert calls == []


def test_a_rolled_back_inner_block_drops_only_its_own(calls):
    with transaction.atomic():
        transaction.on_commit(lambda: calls.append("kept"))
        with pytest.raises(ValueError, match="no"), transaction.atomic():
            transaction.on_commit(lambda: calls.append("dropped"))
            raise ValueError("no")
    assert calls == ["kept"]


def test_a_block_set_to_roll_back_calls_nobody(calls):
    with transaction.atomic():
        transaction.on_commit(lambda: calls.append("told"))
        transaction.set_rollback(True)
    assert calls == []


def test_outside_of_any_block_a_callback_runs_at_once(calls):
    transaction.on_commit(lambda: calls.append("told"))
    assert calls == ["told"]


def test_a_callback_sees_what_was_written_and_may_write_itself(calls):
    def write_again() -> None:
        assert User.objects.filter(email="one@example.org").exists()
        with transaction.atomic():
            User.objects.create_user("two@example.org")
            transaction.on_commit(lambda: calls.append("two"))

    with transaction.atomic():
        User.objects.create_user("one@example.org")
        transaction.on_commit(write_again)
    assert calls == ["two"]
    assert User.objects.filter(email="two@example.org").exists()


def test_a_callback_that_fails_is_heard_unless_it_is_robust(calls):
    def fail() -> None:
        raise LookupError("heard")

    with pytest.raises(LookupError), transaction.atomic():
        transaction.on_commit(fail)
    with transaction.atomic():
        transaction.on_commit(fail, robust=True)
        transaction.on_commit(lambda: calls.append("after"))
    assert calls == ["after"]


def test_an_error_of_the_database_drops_the_callbacks(calls):
    User.objects.create_user("one@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        transaction.on_commit(lambda: calls.append("told"))
        User.objects.create_user("one@example.org")
    assert calls == []
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_in_a_test_with_real_transactions_nothing_changes(calls):
    with transaction.atomic():
        transaction.on_commit(lambda: calls.append("told"))
        with transaction.atomic():
            pass
        assert calls == []
    assert calls == ["told"]
