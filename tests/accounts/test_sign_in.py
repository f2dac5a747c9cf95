"""Signing in: code, password, second factor; what strangers learn; where one lands."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from tests import people
from tests.accounts.helpers import code_in, is_signed_in, totp_code

pytestmark = pytest.mark.django_db


def by_password(client, person, password=people.PASSWORD, **more):
    return client.post("/accounts/login/", {"login": person.email, "password": password, **more})


def test_by_password(client):
    assert by_password(client, people.member()).url == "/"
    assert is_signed_in(client)


def test_by_password_in_capital_letters_of_the_address(client):
    client.post("/accounts/login/", {"login": people.member().email.upper(), "password": people.PASSWORD})
    assert is_signed_in(client)


def test_by_code(client):
    member = people.member()
    client.post("/accounts/login/code/", {"email": member.email})
    assert mail.outbox[0].to == [member.email]
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert is_signed_in(client)


def test_a_wrong_password_is_one_sentence_that_betrays_nothing(client):
    known = by_password(client, people.member(), "wrong")
    unknown = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    assert known.status_code == unknown.status_code == 422
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_asking_for_a_code_or_a_new_password_betrays_nothing(client):
    for address in ["/accounts/login/code/", "/accounts/password/reset/"]:
        known = client.__class__().post(address, {"email": people.member().email})
        unknown = client.__class__().post(address, {"email": "nobody@example.org"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert {message.to[0] for message in mail.outbox} == {people.member().email, "nobody@example.org"}


def test_the_second_factor_is_asked_after_the_password(client):
    steward = people.steward()
    assert by_password(client, steward).url == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": totp_code()})
    assert is_signed_in(client)


def test_the_second_factor_is_asked_after_a_code_too(client):
    client.post("/accounts/login/code/", {"email": people.steward().email})
    response = client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert response.url == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)


def test_a_code_of_the_second_factor_opens_once(client):
    code = totp_code()
    by_password(client, people.steward())
    client.post("/accounts/2fa/authenticate/", {"code": code})
    other = client.__class__()
    by_password(other, people.steward())
    other.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_signed_in(other)


def test_the_secret_of_a_second_factor_is_not_in_the_database():
    people.steward()
    assert people.TOTP_SECRET not in str(Authenticator.objects.get().data)


def test_six_tries_are_too_many(client):
    member = people.member()
    for _ in range(5):
        by_password(client, member, "wrong")
    response = by_password(client, member)
    assert response.status_code == 422
    assert "Too many" in str(response.context["form"].errors)


@pytest.mark.parametrize(
    ("address", "words", "limit"),
    [
        ("/accounts/signup/", {"email": "x"}, 20),
        ("/accounts/login/code/", {"email": "one@example.org"}, 3),
        ("/accounts/password/reset/", {"email": "one@example.org"}, 5),
    ],
)
def test_too_many_tries_get_a_page_that_says_so(client, address, words, limit):
    for _ in range(limit):
        assert client.__class__().post(address, words).status_code in {302, 422}
    response = client.__class__().post(address, words)
    page = response.content.decode()
    assert response.status_code in {422, 429}
    assert "Too many tries" in page


def test_from_somewhere_back_to_where_one_was(client):
    assert by_password(client, people.member(), next="/accounts/data/").url == "/accounts/data/"


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_never_to_a_foreign_place(client, where):
    assert by_password(client, people.member(), next=where).url == "/"


def test_into_ones_own_language(client):
    person = people.person("lectrice", language="fr")
    assert by_password(client, person).url == "/fr/"
    assert by_password(client.__class__(), person, next="/accounts/data/").url == "/fr/accounts/data/"


def test_signing_out_takes_a_press_of_a_button(client):
    client.force_login(people.member())
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_an_unconfirmed_address_gets_a_code_instead_of_entry(client):
    from allauth.account.models import EmailAddress

    member = people.member()
    EmailAddress.objects.update(verified=False)
    assert by_password(client, member).url == "/accounts/confirm-email/"
    assert not is_signed_in(client)


def test_changing_the_password_ends_the_other_sessions(client):
    member = people.member()
    other = client.__class__()
    by_password(client, member)
    by_password(other, member)
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": people.PASSWORD,
            "password1": "mist over the lagoon",
            "password2": "mist over the lagoon",
        },
    )
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert mail.outbox[-1].to == [member.email]


def test_a_new_password_by_the_link_in_the_mail(client):
    member = people.member()
    client.post("/accounts/password/reset/", {"email": member.email})
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    page = client.get(link, follow=True)
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": "mist over the lagoon", "password2": "mist over the lagoon"})
    by_password(client, member, "mist over the lagoon")
    assert is_signed_in(client)


def test_the_address_changes_only_by_the_code_sent_to_the_new_one(client):
    member = people.member()
    by_password(client, member)
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    member.refresh_from_db()
    assert member.email == "member@cast.example"
    code = next(message for message in mail.outbox if message.to == ["new@example.org"])
    client.post("/accounts/confirm-email/", {"code": code_in(code)})
    member.refresh_from_db()
    assert member.email == "new@example.org"


OUTSIDE = ["login/", "signup/", "signup/passkey/", "login/code/", "password/reset/", "password/reset/done/"]
INSIDE = [
    "",
    "details/",
    "data/",
    "email/",
    "password/change/",
    "2fa/",
    "sessions/",
    "reauthenticate/",
    "logout/",
]


@pytest.mark.parametrize("address", [*OUTSIDE, *INSIDE])
@pytest.mark.parametrize("language", ["", "ar/"])
def test_every_page_keeps_the_strict_policy(client, address, language):
    """No style in an attribute, no script without a file: what the content security policy would block."""
    if address in INSIDE:
        client.force_login(people.member())
    response = client.get(f"/{language}accounts/{address}")
    if response.status_code == 302:
        assert "/reauthenticate/" in response.url
        return
    page = response.content.decode()
    assert response.status_code == 200
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert ' style="' not in page
    assert " onclick=" not in page
    for tag in page.split("<script")[1:]:
        opening = tag.split(">")[0]
        assert "src=" in opening or 'type="application/json"' in opening
