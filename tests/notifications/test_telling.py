"""Who is told, and what is written down about it."""

import pytest
from django.db import transaction

from network.notifications import actions
from network.notifications.enums import Channel, Timing
from network.notifications.models import Notification
from network.outbox.models import Entry
from tests import people

pytestmark = pytest.mark.django_db


def test_each_is_told_once_and_the_actor_never(tell):
    one, two = people.member(), people.expert()
    tell(one, two, one, actor=two)
    assert list(Notification.objects.values_list("recipient", "actor")) == [(one.pk, two.pk)]


def test_who_has_left_or_is_suspended_is_not_told(tell):
    tell(people.barred(), people.member())
    assert list(Notification.objects.values_list("recipient", flat=True)) == [people.member().pk]


def test_a_row_holds_ids_and_the_inbox_hears_of_it(tell):
    row = tell(people.member(), group="note:1")[0]
    assert row.ids == {"note": 1}
    entry = Entry.objects.get(stream_id=f"inbox:{people.member().pk}")
    assert (entry.number, entry.kind, entry.ids) == (1, "notifications.arrived", {"notification": row.pk})


def test_without_a_transaction_or_with_an_unknown_kind_nothing_is_told(desk, db):
    with pytest.raises(ValueError, match="unknown"), transaction.atomic():
        actions.notify(kind="desk.unknown", recipients=[people.member().pk], ids={})
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_telling_belongs_inside_a_transaction(desk):
    with pytest.raises(RuntimeError, match="transaction"):
        actions.notify(kind="desk.note", recipients=[1], ids={})


def test_what_is_rolled_back_was_never_told(tell):
    person = people.member()
    with pytest.raises(LookupError), transaction.atomic():
        tell(person)
        raise LookupError
    assert not Notification.objects.exists()
    assert not Entry.objects.filter(stream_id=f"inbox:{person.pk}").exists()


def test_the_same_queries_for_one_and_for_thirty(tell, django_assert_max_num_queries):
    crowd = [people.person(f"person-{n}") for n in range(30)]
    tell(crowd[0])
    for recipients in (crowd[:1], crowd):
        with django_assert_max_num_queries(13):
            tell(*recipients)


@pytest.mark.parametrize(
    ("kind", "inbox", "mail", "expected"),
    [
        ("desk.note", None, None, (True, True)),
        ("desk.quiet", None, None, (True, False)),
        ("desk.note", Timing.NEVER, None, (False, True)),
        ("desk.note", None, Timing.NEVER, (True, False)),
        ("desk.quiet", None, Timing.AT_ONCE, (True, True)),
        ("desk.note", Timing.NEVER, Timing.NEVER, None),
    ],
)
def test_what_she_chose_is_what_happens(tell, kind, inbox, mail, expected):
    person = people.member()
    chosen = {(kind, Channel.INBOX): inbox, (kind, Channel.MAIL): mail}
    actions.choose(person_id=person.pk, choices={place: timing for place, timing in chosen.items() if timing})
    tell(person, people.expert(), kind=kind)
    row = Notification.objects.filter(recipient=person).values_list("in_inbox", "mail").first()
    assert (row and (row[0], row[1] == Timing.AT_ONCE)) == expected
    assert Notification.objects.filter(recipient=people.expert()).exists()
