"""A backup brought back: yesterday's main database beside today's keys opens nothing that was ended since."""

import shutil

import pytest
from django.conf import settings
from django.db import connections

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import LabelFamily, RecordKind, Warning
from network.consent.models import ConsentRecord, ItemKey, Label
from network.consent.presets import presets
from network.foundations.viewer import EVERYONE, MEMBER, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing
from tests.engine import postgres

pytestmark = pytest.mark.django_db(transaction=True)


class File:
    """A copy of the main database where it is a file."""

    def __init__(self, place):
        self.kept = place / "yesterday.sqlite3"

    def keep(self):
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self._resting(), self.kept)

    def bring_back(self):
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.kept, self._resting())

    def _resting(self):
        connections["default"].close()
        return connections["default"].settings_dict["NAME"]


class Server:
    """The same on a PostgreSQL server."""

    def __init__(self, place):
        self.name = connections["default"].settings_dict["NAME"]
        self.kept = f"{self.name}_yesterday"

    def keep(self):
        connections["default"].close()
        postgres.duplicate(self.name, self.kept)

    def bring_back(self):
        connections["default"].close()
        postgres.duplicate(self.kept, self.name)
        postgres.drop(self.kept)


@pytest.fixture
def yesterday(tmp_path):
    """Keep a copy of the main database, and bring it back."""
    return (Server if settings.TEST_ENGINE == "postgres" else File)(tmp_path)


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


def _everybody(speaker):
    return (anonymous(), people.viewer(people.member()), speaker, people.viewer(people.administrator()))


def test_nothing_that_was_narrowed_opens(yesterday):
    """Given to everybody, then to members only: the older word counts for nobody, not even for members."""
    of = holder()
    speaker = people.viewer(with_standing(of))
    authority(of, speaker.user)
    narrowed, refused, derived, untouched = item(of), item(of), None, item(of)
    for made in (narrowed, refused, untouched):
        consent(made, of, clause(EVERYONE))
    derived = item(of, derived_from=[narrowed])
    consent(derived, of, clause(EVERYONE))
    assert shown(derived)
    yesterday.keep()
    consent(narrowed, of, clause(MEMBER))
    consent(refused, of, kind=RecordKind.REFUSED)
    assert not shown(narrowed)
    assert shown(narrowed, people.viewer(people.member()))
    yesterday.bring_back()

    assert ConsentRecord.objects.get(item=narrowed).kind == RecordKind.GIVEN  # it really is yesterday
    assert shown(untouched)
    for turn in ("at once", "after the worker tidied up"):
        for who in _everybody(speaker):
            for made in (narrowed, refused, derived):
                for exit in ("page", "feed", "api", "mail", "media"):
                    assert not shown(made, who, exit), (turn, exit)
        assert shown(narrowed, speaker, "workspace")
        actions.settle_all()
    told = ConsentRecord.objects.filter(item=narrowed).order_by("number")
    assert [record.kind for record in told] == [RecordKind.GIVEN, RecordKind.SUSPENDED]
    assert told.last().number > 2  # the number of what was lost is not given twice
    narrowed.refresh_from_db()
    assert actions.first_break(narrowed) is None
    assert actions.settle_all() == 0

    consent(narrowed, of, clause(MEMBER))
    assert not shown(narrowed)
    assert shown(narrowed, people.viewer(people.member()))
    assert not shown(derived)  # it is for everybody, and what it was made from is not
    assert shown(derived, people.viewer(people.member()))


def test_before_the_worker_comes_a_new_word_is_no_way_around_it(yesterday):
    """Of two holders one has narrowed. After the backup the other speaks again: hers does not stand in."""
    narrower, wider = holder("The narrower"), holder("The wider")
    made = item(narrower, wider)
    for of in (narrower, wider):
        consent(made, of, clause(EVERYONE))
    yesterday.keep()
    consent(made, narrower, clause(MEMBER))
    yesterday.bring_back()
    for _ in range(3):
        consent(made, wider, clause(EVERYONE))
        assert not shown(made)
    consent(made, narrower, clause(MEMBER))
    actions.settle_all()
    assert not shown(made)
    assert shown(made, people.viewer(people.member()))


def test_nothing_made_from_what_was_withdrawn_opens(yesterday):
    of = holder()
    speaker = people.viewer(with_standing(of))
    source = item(of)
    consent(source, of, clause(EVERYONE))
    derived = item(of, derived_from=[source])
    consent(derived, of, clause(EVERYONE))
    yesterday.keep()
    actions.withdraw(item=source, holder=of, by=speaker)
    yesterday.bring_back()
    assert not shown(derived)
    actions.settle_all()
    assert not shown(derived)


def test_marks_that_were_put_after_it_hold_back(yesterday):
    of = holder()
    speaker = people.viewer(with_standing(of))
    authority(of, speaker.user)
    labeled, warned, freed = item(of), item(of), item(of)
    for made in (labeled, warned, freed):
        consent(made, of, presets.get("public").clause())
    gone = actions.put_label(item=freed, holder=of, family=LabelFamily.TK, code="tkss", by=speaker)
    yesterday.keep()
    actions.put_label(item=labeled, holder=of, family=LabelFamily.TK, code="tkss", by=speaker)
    actions.put_warning(item=warned, holder=of, warning=Warning.DECEASED, by=speaker)
    actions.take_label(label=gone, by=speaker)
    assert shown(freed)
    yesterday.bring_back()

    for made in (labeled, warned):
        assert not shown(made, exit="feed")
    assert not shown(labeled)
    actions.settle_all()
    assert Label.objects.in_force().filter(item=labeled, code="tkss").exists()
    warned.refresh_from_db()
    assert warned.holdings.get().warnings == [Warning.DECEASED]
    assert not shown(labeled)
    assert not shown(warned, exit="feed")
    assert not shown(freed)  # the backup says that it is held back: its holders take that away once more
    actions.take_label(label=Label.objects.in_force().get(item=freed), by=speaker)
    actions.settle_all()
    assert shown(freed)


def test_what_a_crash_did_not_write_down_is_written_down_by_the_worker(yesterday):
    """The main database was written, the keys were not: nothing is closed, and the memory is made good."""
    of = holder()
    made = item(of)
    consent(made, of, clause(EVERYONE))
    consent(made, of, clause(MEMBER))
    ItemKey.objects.filter(pk=made.pk).update(words={}, marks=[])
    assert shown(made, people.viewer(people.member()))
    actions.settle_all()
    assert ItemKey.objects.get(pk=made.pk).words == {str(of.pk): 2}
    assert shown(made, people.viewer(people.member()))
