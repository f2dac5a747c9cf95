"""Pausing, from outside: who may, what stays closed, and what alone ends it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.consent import actions
from network.consent.actions import withdrawing
from network.consent.egress import bind_for
from network.consent.enums import RecordKind
from network.consent.models import Change, Closing, ItemKey
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, anonymous
from network.outbox.models import Entry
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def shared(of, speaker):
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


def shown(made):
    return CANARY in bind_for(anonymous(), str(made.token("body")), exit="page")


def page_of(made, of):
    return reverse("consent:pause", args=[made.pk, of.pk])


class Killed(Exception):
    pass


def kill(*args, **kwargs):
    raise Killed


class TestWho:
    def test_any_person_of_the_holders_with_one_press(self, client, shared, of):
        people.sign_in(client, with_standing(of, people.expert()))
        answer = client.post(page_of(shared, of))
        assert answer["Location"] == shared.get_absolute_url()
        assert not shown(shared)

    def test_without_the_press_a_page_asks(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        assert client.get(page_of(shared, of)).status_code == 200
        assert shown(shared)

    def test_a_steward_whom_they_asked_to(self, client, shared, of):
        people.sign_in(client, people.steward())
        client.post(page_of(shared, of))
        assert not shown(shared)

    @pytest.mark.parametrize("who", [people.member, people.editor, people.administrator, people.secretariat])
    def test_nobody_else(self, client, shared, of, who):
        people.sign_in(client, who())
        assert client.post(page_of(shared, of)).status_code == 404
        with pytest.raises(PermissionDenied):
            actions.freeze(item=shared, holder=of, by=people.viewer(who()))
        assert shown(shared)

    def test_not_for_the_other_holders_of_the_same(self, client, of, speaker):
        others = holder("Others")
        both = item(of, others)
        people.sign_in(client, speaker)
        assert client.get(page_of(both, others)).status_code == 403
        assert client.post(page_of(both, others)).status_code == 403
        assert not both.records.exists()

    def test_not_for_holders_of_something_else(self, client, shared, speaker):
        others = holder("Others")
        people.sign_in(client, people.steward())
        assert client.post(page_of(shared, others)).status_code == 404
        with pytest.raises(Refused):
            actions.freeze(item=shared, holder=others, by=people.viewer(people.steward()))


class TestWhat:
    def test_open_pages_and_programs_are_told(self, shared, of, speaker):
        actions.freeze(item=shared, holder=of, by=people.viewer(speaker))
        entry = Entry.objects.get(stream=f"knowledge:{shared.pk}")
        assert (entry.kind, entry.ids) == ("withdrawn", {"item": str(shared.pk)})
        assert Change.objects.order_by("number").last().act == "delete"

    def test_the_holders_keep_reading(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        client.post(page_of(shared, of))
        page = client.get(shared.get_absolute_url()).content.decode()
        assert CANARY in page
        assert "paused sharing this" in page

    def test_only_consent_given_anew_ends_it(self, shared, of, speaker):
        actions.freeze(item=shared, holder=of, by=people.viewer(speaker))
        actions.settle_all()
        assert not shown(shared)
        consent(shared, of, kind=RecordKind.REFUSED)
        actions.settle_all()
        assert not shown(shared)
        consent(shared, of, clause(EVERYONE))
        assert shown(shared)

    def test_consent_of_the_other_holder_does_not_end_it(self, of, speaker):
        others = holder("Others")
        both = item(of, others)
        for each in (of, others):
            consent(both, each, clause(EVERYONE))
        actions.freeze(item=both, holder=of, by=people.viewer(speaker))
        consent(both, others, clause(EVERYONE))
        assert not shown(both)

    def test_pressed_twice_it_is_written_down_once(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        for _turn in range(2):
            client.post(page_of(shared, of))
        assert shared.records.filter(kind=RecordKind.SUSPENDED).count() == 1

    def test_what_was_stopped_is_not_made_less_by_it(self, shared, of, speaker):
        by = people.viewer(speaker)
        actions.withdraw(item=shared, holder=of, by=by)
        actions.freeze(item=shared, holder=of, by=by)
        assert shared.records.in_order().last().kind == RecordKind.WITHDRAWN

    def test_what_is_paused_can_be_stopped(self, shared, of, speaker):
        by = people.viewer(speaker)
        actions.freeze(item=shared, holder=of, by=by)
        actions.withdraw(item=shared, holder=of, by=by)
        assert shared.records.in_order().last().kind == RecordKind.WITHDRAWN
        shared.refresh_from_db()
        assert actions.first_break(shared) is None


@pytest.mark.parametrize("step", ["_settle", "_record", "write_record", "_mark_settled"])
def test_killed_anywhere_it_is_closed_and_gets_finished(shared, of, speaker, step, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(withdrawing, step, kill)
        with pytest.raises(Killed):
            actions.freeze(item=shared, holder=of, by=people.viewer(speaker))
        assert not shown(shared)
    assert ItemKey.objects.get(pk=shared.pk).closed_at
    assert Closing.objects.unsettled().count() == 1
    assert actions.settle_all() == 1
    assert not shown(shared)
    assert shared.records.filter(kind=RecordKind.SUSPENDED).count() == 1
