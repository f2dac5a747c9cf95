"""The doors: valid words of a person with a second factor open none but the one that asks for it."""

import pytest
from django.urls import get_resolver

from network.accounts.models import User
from tests import people
from tests.accounts.helpers import is_signed_in

pytestmark = pytest.mark.django_db

#: Where a closed door may point to: the front door, or another closed one on the way there.
TO_THE_FRONT = {"/accounts/login/", "/ar/accounts/login/", "/cms/login/"}

DOORS = [
    "/cms/login/",
    "/cms/password_reset/",
    "/cms/password_reset/done/",
    "/cms/password_reset/confirm/MQ/set-password/",
    "/cms/password_reset/complete/",
    "/_util/login/",
    "/ar/_util/login/",
    "/_util/authenticate_with_password/1/1/",
    "/documents/authenticate_with_password/1/",
    "/admin/",
    "/admin/login/",
    "/django-admin/login/",
    "/dj/login/",
    "/accounts/3rdparty/login/",
    "/accounts/orcid/login/",
    "/accounts/social/signup/",
    "/_allauth/browser/v1/auth/login/",
    "/api/v2/pages/",
    "/api/v3/",
    "/cms/api/main/",
]


@pytest.mark.parametrize("door", DOORS)
def test_valid_words_open_no_other_door(client, door):
    steward = people.steward()
    words = dict.fromkeys(["username", "login", "email"], steward.email) | {"password": people.PASSWORD}
    response = client.post(door, words)
    assert not is_signed_in(client)
    assert response.status_code in {302, 404, 405}
    if response.status_code == 302:
        assert response.url.split("?")[0] in TO_THE_FRONT


@pytest.mark.parametrize("door", DOORS)
def test_no_other_door_shows_a_form_for_a_password(client, door):
    response = client.get(door)
    assert response.status_code in {302, 404}
    if response.status_code == 302:
        assert response.url.split("?")[0] in TO_THE_FRONT


def test_no_library_mounts_a_door_that_we_do_not_know():
    """Whatever the name of a view says of logging in stands in one of the two lists."""
    known = {
        "account_login", "account_request_login_code", "account_confirm_login_code", "mfa_login_webauthn",
        "wagtailadmin_login", "wagtailcore_login",
        # To an identity elsewhere, which opens only what it was linked to (test_identities.py).
        "openid_connect_login", "orcid_login", "socialaccount_login_cancelled", "socialaccount_login_error",
    }  # fmt: skip

    def names(resolver):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from names(pattern)
            elif pattern.name:
                yield pattern.name

    assert {name for name in names(get_resolver()) if "login" in name} <= known


def test_neither_the_old_administration_nor_wagtails_apis_are_installed(settings):
    assert not {"django.contrib.admin", "wagtail.api.v2", "wagtail.api.v3", "allauth.headless"} & set(
        settings.INSTALLED_APPS
    )


def test_passwords_open_nothing_over_http_basic(client):
    client.get("/cms/", headers={"authorization": "Basic c3Rld2FyZDpkZW1v"})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("handle", "status"),
    [
        ("stranger", 302), ("member", 302), ("expert", 302), ("moderator", 302), ("holder", 302),
        ("juror", 302), ("steward", 302), ("site_moderator", 302), ("barred", 302),
        ("editor", 200), ("secretariat", 200), ("administrator", 200),
    ],
)  # fmt: skip
def test_who_enters_the_administration(client, handle, status):
    people.sign_in(client, getattr(people, handle)())
    response = client.get("/cms/")
    assert response.status_code == status
    if status == 302:
        assert not response.url.startswith("/cms/home")


@pytest.mark.parametrize("handle", ["secretariat", "administrator"])
@pytest.mark.parametrize(
    "address", ["/cms/", "/cms/pages/", "/cms/users/", "/cms/account/", "/cms/reports/locked/"]
)
def test_nobody_enters_it_without_the_second_factor_that_her_role_demands(client, handle, address):
    person = getattr(people, handle)()
    person.authenticator_set.all().delete()
    client.force_login(person)
    response = client.get(address)
    assert (response.status_code, response.url) == (302, "/accounts/second-factor/")
    page = client.get(response.url).content.decode()
    assert "/accounts/2fa/totp/activate/" in page
    assert "/accounts/2fa/webauthn/add/" in page


def test_after_signing_in_she_is_led_to_set_it_up(client):
    person = people.secretariat()
    person.authenticator_set.all().delete()
    response = client.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})
    assert response.url == "/accounts/second-factor/"


def test_whoever_owes_none_is_not_bothered(client):
    client.force_login(people.steward())
    assert client.get("/accounts/second-factor/").url == "/accounts/"


def test_the_last_second_factor_cannot_be_removed_while_the_role_demands_it(client):
    steward = people.steward()
    client.force_login(steward)
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    response = client.post("/accounts/2fa/totp/deactivate/")
    assert response.status_code == 422
    assert steward.authenticator_set.filter(type="totp").exists()
    member = people.member()
    assert not User.objects.get(pk=member.pk).authenticator_set.exists()
