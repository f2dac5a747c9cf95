"""A suspended account is shut at once and everywhere, and says why."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.accounts import actions, policies
from network.accounts.enums import Role
from network.accounts.models import Suspension, User
from network.accounts.tasks import tidy
from network.foundations.exceptions import Refused
from network.outbox.models import Entry
from tests import people
from tests.accounts.helpers import is_signed_in

pytestmark = pytest.mark.django_db


def suspend(person, **more):
    fields = {"by": policies.INSTALLATION, "reason": "Sent advertisements", **more}
    return actions.suspend(person=person, **fields)


def signed_in_by_password(client, person):
    return client.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})


def test_it_ends_every_session(client):
    member = people.member()
    other = client.__class__()
    for browser in (client, other):
        signed_in_by_password(browser, member)
    suspend(member)
    for browser in (client, other):
        assert browser.get("/accounts/").status_code == 302
        assert not browser.session.get("_auth_user_id")
    assert not member.usersession_set.exists()


def test_it_is_a_row_with_who_when_and_why_and_rings():
    moderator = people.viewer(people.site_moderator())
    member = people.member()
    suspend(member, by=moderator)
    row = Suspension.objects.get()
    assert (row.person, row.imposed_by_id, row.reason) == (member, moderator.user_id, "Sent advertisements")
    assert not User.objects.get(pk=member.pk).is_active
    assert Entry.objects.filter(stream=f"person:{member.pk}", kind="accounts.suspended").exists()


def test_the_person_reads_why_and_until_when_but_a_stranger_reads_nothing(client):
    member = people.member()
    suspend(member, until=timezone.now() + timedelta(days=3))
    response = client.get(signed_in_by_password(client, member).url)
    assert response.status_code == 403
    assert "Sent advertisements" in response.content.decode()
    assert "Sent advertisements" not in client.__class__().get("/accounts/inactive/").content.decode()


def test_a_wrong_password_learns_nothing_of_it(client):
    member = people.member()
    suspend(member)
    response = client.post("/accounts/login/", {"login": member.email, "password": "wrong"})
    assert response.status_code == 422
    assert "suspended" not in response.content.decode()


def test_reinstating_opens_the_account_and_ends_the_row(client):
    member = people.member()
    suspend(member)
    actions.reinstate(person=member, by=people.viewer(people.site_moderator()), reason="A mistake")
    signed_in_by_password(client, member)
    assert is_signed_in(client)
    assert Suspension.objects.get().lifted_reason == "A mistake"


def test_it_runs_out_by_the_clock_of_the_worker():
    member = people.member()
    row = suspend(member, until=timezone.now() + timedelta(hours=1))
    tidy()
    assert not User.objects.get(pk=member.pk).is_active
    Suspension.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    tidy()
    assert User.objects.get(pk=member.pk).is_active
    assert Suspension.objects.get().lifted_at


def test_it_runs_out_at_the_door_even_if_no_worker_came_by(client):
    member = people.member()
    row = suspend(member, until=timezone.now() + timedelta(hours=1))
    Suspension.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    signed_in_by_password(client, member)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("handle", "allowed"),
    [
        ("stranger", False), ("member", False), ("moderator", False), ("editor", False),
        ("secretariat", False), ("steward", False), ("site_moderator", True), ("administrator", True),
    ],
)  # fmt: skip
def test_who_may(handle, allowed):
    by = people.viewer(getattr(people, handle)())
    person = people.outsider()
    if allowed:
        suspend(person, by=by)
        actions.reinstate(person=person, by=by)
        return
    with pytest.raises(PermissionDenied):
        suspend(person, by=by)
    with pytest.raises(PermissionDenied):
        actions.reinstate(person=person, by=by)


def test_a_site_moderator_does_not_suspend_an_administrator():
    people.person("another-administrator", role=Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        suspend(people.administrator(), by=people.viewer(people.site_moderator()))


def test_the_last_administrator_stays():
    with pytest.raises(Refused):
        suspend(people.administrator())


@pytest.mark.parametrize("wrong", [{"reason": "  "}, {"until": timezone.now() - timedelta(days=1)}])
def test_it_needs_a_reason_and_a_time_to_come(wrong):
    with pytest.raises(Refused):
        suspend(people.member(), **wrong)
    assert not Suspension.objects.exists()


def test_once_is_enough_and_nobody_suspends_herself():
    member = people.member()
    suspend(member)
    with pytest.raises(Refused):
        suspend(member)
    moderator = people.site_moderator()
    with pytest.raises(Refused):
        suspend(moderator, by=people.viewer(moderator))
    with pytest.raises(Refused):
        actions.reinstate(person=people.outsider(), by=policies.INSTALLATION)
