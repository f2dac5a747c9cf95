"""A withdrawal: immediate, and closed wherever it is killed."""

import pytest
from django.db import DatabaseError, connection, transaction

from network.consent import actions
from network.consent.actions import withdrawing
from network.consent.egress import bind_for
from network.consent.enums import RecordKind
from network.consent.models import Change, Closing, ConsentRecord, ItemKey, Release, Scope
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, anonymous
from network.outbox.models import Entry
from tests import people
from tests.consent.factories import CANARY, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    return people.viewer(with_standing(of))


@pytest.fixture
def shared(of):
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def shown(made):
    return CANARY in bind_for(anonymous(), str(made.token("body")), exit="page")


class Killed(Exception):
    pass


def kill(*args, **kwargs):
    raise Killed


def test_it_stops_everything_and_tells_it(shared, of, speaker):
    assert shown(shared)
    actions.withdraw(item=shared, holder=of, by=speaker)
    assert not shown(shared)
    record = shared.records.get(number=2)
    assert (record.kind, record.recorded_by) == (RecordKind.WITHDRAWN, speaker.user.actor_id)
    assert Closing.objects.get().settled_at
    assert Change.objects.order_by("number").last().act == "delete"
    entry = Entry.objects.get(stream=f"knowledge:{shared.pk}")
    assert (entry.kind, entry.ids) == ("withdrawn", {"item": str(shared.pk)})


@pytest.mark.parametrize(
    "step",
    ["_settle", "_record", "write_record", "_mark_settled"],
)
def test_killed_anywhere_it_is_closed_and_gets_finished(shared, of, speaker, step, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(withdrawing, step, kill)
        with pytest.raises(Killed):
            actions.withdraw(item=shared, holder=of, by=speaker)
        assert not shown(shared)
    assert Closing.objects.unsettled().count() == 1
    assert actions.settle_all() == 1
    assert actions.settle_all() == 0
    assert not shown(shared)
    assert shared.records.filter(kind=RecordKind.WITHDRAWN).count() == 1
    shared.refresh_from_db()
    assert actions.first_break(shared) is None


def test_killed_while_it_announces_nothing_is_half_done(shared, of, speaker, monkeypatch):
    from network.consent.actions import recording

    with monkeypatch.context() as patched:
        patched.setattr(recording, "announce", kill)
        with pytest.raises(Killed):
            actions.withdraw(item=shared, holder=of, by=speaker)
    assert not shown(shared)
    assert shared.records.count() == 1
    actions.settle_all()
    assert shared.records.count() == 2


def test_a_consent_does_not_open_what_another_holder_is_closing(of, speaker, monkeypatch):
    second = holder("Others")
    shared = item(of, second)
    consent(shared, of, clause(EVERYONE))
    consent(shared, second, clause(EVERYONE))
    assert shown(shared)
    with monkeypatch.context() as patched:
        patched.setattr(withdrawing, "_settle", kill)
        with pytest.raises(Killed):
            actions.withdraw(item=shared, holder=of, by=speaker)
    consent(shared, second, clause(EVERYONE))
    assert not shown(shared)
    actions.settle_all()
    assert not shown(shared)
    consent(shared, of, clause(EVERYONE))
    assert shown(shared)


def test_consent_can_be_given_again(shared, of, speaker):
    actions.withdraw(item=shared, holder=of, by=speaker)
    consent(shared, of, clause(EVERYONE))
    assert shown(shared)


def test_killed_before_reopening_it_opens_by_and_by(shared, of, speaker, monkeypatch):
    actions.withdraw(item=shared, holder=of, by=speaker)
    from network.consent.actions import recording

    with monkeypatch.context() as patched:
        patched.setattr(recording, "reopen", lambda item_id: False)
        consent(shared, of, clause(EVERYONE))
        assert not shown(shared)
    actions.settle_all()
    assert shown(shared)


def test_a_destroyed_key_is_gone_for_good(shared, of, speaker):
    from tests.consent.factories import authority

    authority(of)
    actions.withdraw(item=shared, holder=of, by=speaker)
    actions.destroy_key(item=shared, by=speaker)
    consent(shared, of, clause(EVERYONE))
    actions.settle_all()
    assert not shown(shared)
    with pytest.raises(Refused):
        actions.seal_part(
            item=shared, name="body", language="en", text="again", by=people.viewer(people.steward())
        )


@pytest.mark.parametrize("who", [people.member, people.editor, people.administrator, people.secretariat])
def test_others_cannot_stop_it(shared, of, who):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.withdraw(item=shared, holder=of, by=people.viewer(who()))
    assert shown(shared)


class TestRecords:
    def test_the_chain_shows_a_change(self, shared, of):
        consent(shared, of, clause(EVERYONE))
        shared.refresh_from_db()
        assert actions.first_break(shared) is None
        record = shared.records.get(number=1)
        record.basis = "pic"
        assert record.payload([]) != shared.records.get(number=1).payload([])
        shared.head_hash = "0" * 64
        assert actions.first_break(shared) == 3

    @pytest.mark.parametrize("model", [ConsentRecord, Scope, Release, Change])
    def test_what_was_recorded_cannot_be_changed_or_deleted(self, shared, model):
        assert shown(shared)
        row = model.objects.first()
        table, key = connection.ops.quote_name(model._meta.db_table), model._meta.pk.column
        for statement in (
            f"UPDATE {table} SET {key} = {key}",  # noqa: S608
            f"DELETE FROM {table}",  # noqa: S608
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert model.objects.filter(pk=row.pk).exists()

    def test_keys_live_in_their_own_database(self, shared):
        from django.db import connections

        tables = {alias: connections[alias].introspection.table_names() for alias in ("default", "keys")}
        assert "consent_itemkey" not in tables["default"]
        assert "consent_part" not in tables["keys"]
        assert ItemKey.objects.get(pk=shared.pk).wrapped
