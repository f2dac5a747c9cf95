"""Administrators look after people in the Wagtail administration; nobody else, and never past our actions."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from network.accounts import actions, policies, second_factor
from network.accounts.models import RoleGrant, Suspension, User
from tests import people
from tests.accounts.helpers import code_in, is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = people.administrator()
    client.force_login(person)
    return person


def typed(person, **changes):
    return {
        "name": person.name,
        "language": person.language,
        "roles": sorted(second_factor.roles_of(person)),
        "reason": "",
        "until": "",
        **changes,
    }


def edit(client, person, **changes):
    return client.post(f"/cms/users/edit/{person.pk}/", typed(person, **changes))


@pytest.mark.parametrize(
    "address", ["/cms/users/", "/cms/users/new/", "/cms/users/edit/{pk}/", "/cms/users/delete/{pk}/"]
)
@pytest.mark.parametrize(
    "handle", ["stranger", "member", "editor", "secretariat", "steward", "site_moderator"]
)
def test_nobody_but_an_administrator_comes_near(client, address, handle):
    people.sign_in(client, getattr(people, handle)())
    target = address.format(pk=people.outsider().pk)
    for response in (client.get(target), client.post(target, {"name": "x"})):
        assert response.status_code in {302, 403}
        if response.status_code == 302:
            assert "users" not in response.url.split("?")[0]
    assert not User.objects.get(pk=people.outsider().pk).has_left


@pytest.mark.parametrize(
    "address", ["/cms/users/", "/cms/users/new/", "/cms/users/?q=chen", "/cms/users/?ordering=-email"]
)
def test_the_pages_open(client, administrator, address):
    people.member()
    assert client.get(address).status_code == 200


def test_the_list_names_people_with_their_roles(client, administrator):
    people.steward()
    page = client.get("/cms/users/").content.decode()
    assert "Nang Htay" in page
    assert "Knowledge steward" in page


def test_the_list_asks_as_much_for_30_as_for_1(client, administrator, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people.member()
    with CaptureQueriesContext(connection) as few:
        client.get("/cms/users/")
    for number in range(15):
        people.person(f"one-of-many-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/cms/users/")
    assert len(many) <= len(few)


def test_adding_a_person_who_then_enters_by_a_code(client, administrator):
    response = client.post(
        "/cms/users/new/",
        {
            "name": "Abdou Faye",
            "email": "Abdou@Example.org",
            "language": "fr",
            "roles": ["editor"],
            "reason": "New",
        },
    )
    assert response.status_code == 302
    person = User.objects.get(email="abdou@example.org")
    assert (person.name, person.language) == ("Abdou Faye", "fr")
    assert not person.has_usable_password()
    grant = RoleGrant.objects.get(person=person)
    assert (grant.role, grant.granted_by, grant.reason) == ("editor", administrator, "New")

    browser = client.__class__()
    browser.post("/accounts/login/code/", {"email": person.email})
    browser.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert is_signed_in(browser)
    assert EmailAddress.objects.get(user=person).verified


def test_an_address_that_is_taken_is_refused(client, administrator):
    member = people.member()
    response = client.post(
        "/cms/users/new/", {"name": "Twin", "email": member.email.upper(), "language": "en", "roles": []}
    )
    assert response.status_code in {200, 422}
    assert "has an account with this address" in response.content.decode()


def test_changing_roles_writes_rows(client, administrator):
    editor = people.editor()
    assert edit(client, editor, roles=["site_moderator"], reason="Moved").status_code == 302
    rows = {grant.role: grant for grant in RoleGrant.objects.filter(person=editor)}
    assert rows["editor"].revoked_by == administrator
    assert rows["site_moderator"].granted_by == administrator
    assert second_factor.roles_of(editor) == {"site_moderator"}


def test_the_address_cannot_be_changed_here(client, administrator):
    member = people.member()
    edit(client, member, email="mine@example.org")
    member.refresh_from_db()
    assert member.email == "member@cast.example"


def test_suspending_and_lifting(client, administrator):
    member = people.member()
    assert edit(client, member, suspended="on", reason="Threats").status_code == 302
    assert not User.objects.get(pk=member.pk).is_active
    assert Suspension.objects.get().reason == "Threats"
    assert edit(client, member, reason="Apologised").status_code == 302
    assert User.objects.get(pk=member.pk).is_active


def test_suspending_without_a_reason_is_refused_beside_the_field(client, administrator):
    response = edit(client, people.member(), suspended="on")
    assert "the person will read it" in response.content.decode()
    assert not Suspension.objects.exists()


def test_the_last_administrator_cannot_take_her_own_role(client, administrator):
    response = edit(client, administrator, roles=[])
    assert "only administrator" in response.content.decode()
    assert User.objects.get(pk=administrator.pk).is_superuser


def test_erasing_leaves_the_bare_row(client, administrator):
    member = people.member()
    assert client.get(f"/cms/users/delete/{member.pk}/").status_code == 200
    assert client.post(f"/cms/users/delete/{member.pk}/").status_code == 302
    assert User.objects.get(pk=member.pk).has_left
    assert "Chen Wei" not in client.get("/cms/users/").content.decode()
    assert client.get(f"/cms/users/edit/{member.pk}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/cms/groups/", "/cms/groups/new/", "/cms/groups/edit/1/",
        "/cms/bulk/accounts/user/assign_role/?id=1", "/cms/bulk/accounts/user/delete/?id=1",
        "/cms/bulk/accounts/user/set_active_state/?id=1",
    ],
)  # fmt: skip
def test_ways_past_our_actions_are_closed(client, administrator, address):
    assert client.get(address).status_code == 404
    assert client.post(address, {"role": 1, "mark_as_active": "False"}).status_code == 404


def test_no_menu_points_to_a_closed_page(client, administrator):
    assert "/cms/groups/" not in client.get("/cms/").content.decode()


def test_ones_own_corner_has_no_second_place_for_name_and_address(client):
    client.force_login(people.editor())
    page = client.get("/cms/account/")
    assert page.status_code == 200
    assert "first_name" not in page.content.decode()
    assert "localtime" not in page.content.decode()


def test_history_says_who_did_it(administrator):
    actions.grant_role(person=people.member(), role="editor", by=policies.INSTALLATION)
    assert RoleGrant.objects.get(person=people.member()).granted_by is None
