"""Roles: who holds which keys, who may give them, and that somebody is always left who can."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.models import GroupPagePermission

from network.accounts import actions, policies
from network.accounts.enums import SECOND_FACTOR_ROLES, Role
from network.accounts.models import RoleGrant, User
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.models import Entry
from tests import people

pytestmark = pytest.mark.django_db

GROUP_ROLES = [role for role in Role if role is not Role.ADMINISTRATOR]


def test_each_role_is_one_group_and_wagtails_own_are_gone():
    assert set(Group.objects.values_list("name", flat=True)) == {role.value for role in GROUP_ROLES}


def test_editors_publish_pages_and_the_secretariat_only_enters():
    editor, secretariat = Group.objects.get(name="editor"), Group.objects.get(name="secretariat")
    rights = GroupPagePermission.objects.filter(group=editor).values_list("permission__codename", flat=True)
    assert {"add_page", "change_page", "publish_page"} <= set(rights)
    assert not GroupPagePermission.objects.filter(group=secretariat).exists()
    for group in (editor, secretariat):
        assert group.permissions.filter(codename="access_admin").exists()


@pytest.mark.parametrize("name", ["steward", "site_moderator"])
def test_other_roles_have_no_way_into_the_administration(name):
    assert not Group.objects.get(name=name).permissions.exists()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gives_its_key_and_no_other(role):
    person = people.person(f"holds-{role}", role=role)
    roles = {key for key in people.viewer(person).keys if key.startswith("role:")}
    assert roles == {f"role:{role}"}


@pytest.mark.parametrize("role", sorted(SECOND_FACTOR_ROLES))
def test_without_a_second_factor_a_demanding_role_gives_no_key(role):
    person = people.person(f"holds-{role}", role=role)
    Authenticator.objects.filter(user=person).delete()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not {key for key in people.viewer(person).keys if key.startswith("role:")}


def test_a_role_that_demands_nothing_stays_when_another_waits():
    person = people.person("both", role=Role.EDITOR)
    actions.grant_role(person=person, role=Role.STEWARD, by=policies.INSTALLATION)
    assert people.viewer(person).has("role:editor")
    assert not people.viewer(person).has("role:steward")


@pytest.mark.parametrize(("handle", "queries"), [("member", 1), ("editor", 1), ("secretariat", 2)])
def test_asking_for_the_keys_costs_at_most_two_queries(handle, queries, django_assert_num_queries):
    """However many rooms give keys; the second question is for her second factor."""
    person = User.objects.get(pk=getattr(people, handle)().pk)
    with django_assert_num_queries(queries):
        viewer_for(person)


def test_granting_is_a_row_with_who_and_why():
    administrator = people.viewer(people.administrator())
    member = people.member()
    actions.grant_role(person=member, role=Role.EDITOR, by=administrator, reason="Runs the news desk")
    grant = RoleGrant.objects.get(person=member)
    assert (grant.role, grant.granted_by_id, grant.reason) == (
        "editor",
        administrator.user_id,
        "Runs the news desk",
    )
    assert Entry.objects.filter(stream=f"person:{member.pk}", kind="accounts.role_granted").exists()


def test_granting_twice_is_one_row():
    member = people.member()
    for _ in range(2):
        actions.grant_role(person=member, role=Role.EDITOR, by=policies.INSTALLATION)
    assert RoleGrant.objects.filter(person=member).count() == 1


def test_revoking_ends_the_row_and_the_key():
    editor = people.editor()
    actions.revoke_role(
        person=editor, role=Role.EDITOR, by=people.viewer(people.administrator()), reason="Moved on"
    )
    grant = RoleGrant.objects.get(person=editor)
    assert grant.revoked_at
    assert grant.revoked_reason == "Moved on"
    assert not people.viewer(editor).has("role:editor")


@pytest.mark.parametrize(
    "handle",
    ["stranger", "member", "expert", "moderator", "editor", "secretariat", "steward", "site_moderator"],
)
@pytest.mark.parametrize("role", list(Role))
def test_only_administrators_give_and_take_roles(handle, role):
    by = people.viewer(getattr(people, handle)())
    with pytest.raises(PermissionDenied):
        actions.grant_role(person=people.outsider(), role=role, by=by)
    with pytest.raises(PermissionDenied):
        actions.revoke_role(person=people.outsider(), role=role, by=by)


def test_an_administrator_holds_no_other_role_by_being_one():
    keys = people.viewer(people.administrator()).keys
    assert {key for key in keys if key.startswith("role:")} == {"role:administrator"}


def test_the_last_administrator_stays():
    administrator = people.administrator()
    with pytest.raises(Refused):
        actions.revoke_role(person=administrator, role=Role.ADMINISTRATOR, by=people.viewer(administrator))
    other = people.person("second-administrator", role=Role.ADMINISTRATOR)
    actions.revoke_role(person=administrator, role=Role.ADMINISTRATOR, by=people.viewer(other))
    assert not User.objects.get(pk=administrator.pk).is_superuser
