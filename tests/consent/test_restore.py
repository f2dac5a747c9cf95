"""A backup brought back: yesterday's main database beside today's keys opens nothing that was ended since."""

import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connections

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import RecordKind
from network.consent.models import ConsentRecord
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # On PostgreSQL a database is brought back by its own tools; the rule that is tried here is the same.
    pytest.mark.skipif(settings.TEST_ENGINE != "sqlite", reason="a database that is a file"),
]


@contextmanager
def _resting(alias):
    """Nobody has the file open, and everything is in it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    yield connection.settings_dict["NAME"]


@pytest.fixture
def yesterday(tmp_path):
    """Keep a copy of the main database, and bring it back."""
    kept = tmp_path / "yesterday.sqlite3"

    class Backup:
        def keep(self):
            with _resting("default") as name:
                shutil.copy(name, kept)

        def bring_back(self):
            with _resting("default") as name:
                shutil.copy(kept, name)

    return Backup()


def shown(made, viewer=None, exit="page"):
    return CANARY in bind_for(viewer or anonymous(), str(made.token("body")), exit=exit)


def test_nothing_that_was_withdrawn_opens(yesterday):
    of = holder()
    speaker = people.viewer(with_standing(of))
    authority(of, speaker.user)
    withdrawn, erased, shared = (item(of) for _ in range(3))
    for made in (withdrawn, erased, shared):
        consent(made, of, clause(EVERYONE))
        assert shown(made)
    yesterday.keep()
    for made in (withdrawn, erased):
        actions.withdraw(item=made, holder=of, by=speaker)
    actions.destroy_key(item=erased, by=speaker)
    yesterday.bring_back()

    assert ConsentRecord.objects.get(item=withdrawn).kind == RecordKind.GIVEN  # it really is yesterday
    assert shown(shared)
    for turn in ("at once", "after the worker tidied up"):
        for made in (withdrawn, erased):
            for who in (anonymous(), speaker, people.viewer(people.administrator())):
                assert not shown(made, who), turn
        assert not shown(erased, speaker, "workspace")
        assert shown(withdrawn, speaker, "workspace")
        actions.settle_all()
    assert ConsentRecord.objects.filter(kind=RecordKind.WITHDRAWN).count() == 2  # written down once more
    withdrawn.refresh_from_db()
    assert actions.first_break(withdrawn) is None


def test_what_is_given_again_after_that_is_shared_again(yesterday):
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    yesterday.keep()
    actions.withdraw(item=made, holder=of, by=people.viewer(with_standing(of)))
    yesterday.bring_back()
    consent(made, of, clause(EVERYONE))
    assert not shown(made)  # the withdrawal is not written down yet, and comes first
    actions.settle_all()
    assert not shown(made)
    consent(made, of, clause(EVERYONE))
    assert shown(made)
