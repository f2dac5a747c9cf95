"""Signing up: name, address, language, consent; then a code proves the address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.core import mail

from network.accounts.models import ProcessingConsent, User
from tests import people
from tests.accounts.helpers import SIGN_UP, code_in, is_signed_in

pytestmark = pytest.mark.django_db


def test_the_form_asks_for_name_address_language_and_consent(client):
    page = client.get("/accounts/signup/").content.decode()
    for name in ["name", "email", "password1", "language", "agree"]:
        assert f'name="{name}"' in page


def test_from_nothing_to_signed_in_by_the_code_in_the_mail(client):
    response = client.post("/accounts/signup/", SIGN_UP)
    assert response.url == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    assert mail.outbox[0].to == ["maria@example.org"]

    response = client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert is_signed_in(client)
    person = User.objects.get(email="maria@example.org")
    assert (person.name, person.language) == ("María José Ñáñez", "es")
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert ProcessingConsent.objects.get(person=person).wording == "2026-11"
    assert response.url.startswith("/es/")


def test_nobody_is_signed_in_before_the_code(client):
    client.post("/accounts/signup/", {**SIGN_UP, "password1": "a quiet river in April"})
    assert client.get("/accounts/").status_code == 302
    client.post("/accounts/confirm-email/", {"code": "AAAA-AAAA"})
    assert not is_signed_in(client)


def test_the_code_opens_no_door_after_three_wrong_tries(client):
    client.post("/accounts/signup/", SIGN_UP)
    code = code_in(mail.outbox[0])
    for _ in range(3):
        client.post("/accounts/confirm-email/", {"code": "AAAA-AAAA"})
    client.post("/accounts/confirm-email/", {"code": code})
    assert not is_signed_in(client)


@pytest.mark.parametrize("missing", ["name", "email", "agree"])
def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(client, missing):
    response = client.post("/accounts/signup/", {**SIGN_UP, missing: ""})
    assert response.status_code == 422
    assert missing in response.context["form"].errors
    page = response.content.decode()
    for field, value in SIGN_UP.items():
        if field in {"name", "email"} and field != missing:
            assert value in page
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Анна-Мария О’Нил", "Анна-Мария О’Нил"),
        ("محمد بن سلمان الخليل", "محمد بن سلمان الخليل"),
        ("李晓梅", "李晓梅"),
        ("Sam 🌱 Verde 👩🏽‍🌾", "Sam 🌱 Verde 👩🏽‍🌾"),
        ("  Two \t spaces \n", "Two spaces"),
        ("\u202eevil\u202c\u2066name\u2069", "evilname"),
        ("e\u0301lan", "élan"),
        ("می‌خواهم", "می‌خواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_names_in_any_script_are_kept_as_written(client, typed, kept):
    client.post("/accounts/signup/", {**SIGN_UP, "name": typed})
    assert User.objects.get().name == kept


@pytest.mark.parametrize("name", ["x" * 151, "\u202e\u202c", "\x00"])
def test_names_that_cannot_be_are_refused(client, name):
    response = client.post("/accounts/signup/", {**SIGN_UP, "name": name})
    assert response.status_code == 422
    assert "name" in response.context["form"].errors


def test_a_script_in_a_name_is_text(client):
    client.post("/accounts/signup/", {**SIGN_UP, "name": "<script>alert(1)</script>"})
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert "<script>alert(1)" not in client.get("/accounts/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", "a" * 250 + "@example.org"),
        ("language", "tlh"),
        ("password1", "short"),
        ("password1", "password123"),
    ],
)
def test_bad_input_is_told_beside_its_field(client, field, value):
    response = client.post("/accounts/signup/", {**SIGN_UP, field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_an_address_that_has_an_account_gets_the_same_answer_and_a_mail(client):
    member = people.member()
    known = client.post("/accounts/signup/", {**SIGN_UP, "email": member.email})
    unknown = client.__class__().post("/accounts/signup/", SIGN_UP)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert User.objects.filter(email=member.email).count() == 1
    told = next(message for message in mail.outbox if message.to == [member.email])
    assert "account already" in told.subject


def test_the_mail_says_it_in_text_and_in_html_without_foreign_parts(client):
    client.post("/accounts/signup/", SIGN_UP)
    message = mail.outbox[0]
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert code_in(message) in html
    for forbidden in ["http://", "https://", "<img", "<script", "successfully", "please"]:
        assert forbidden not in html.lower().replace("http://testserver", "")
    assert "[" not in message.subject


def test_the_whole_way_through_a_real_mail_server(client, smtp_server):
    client.post("/ar/accounts/signup/", {**SIGN_UP, "language": "ar"})
    (delivered,) = smtp_server.delivered
    assert delivered.recipients == ["maria@example.org"]
    text = delivered.message.get_body(("plain",)).get_content()
    html = delivered.message.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE).group(1)
    assert code in html
    client.post("/ar/accounts/confirm-email/", {"code": code})
    assert is_signed_in(client)

    client.post("/accounts/logout/")
    client.post("/accounts/login/code/", {"email": "maria@example.org"})
    text = smtp_server.delivered[-1].message.get_body(("plain",)).get_content()
    code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", text, re.MULTILINE).group(1)
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert is_signed_in(client)


@pytest.mark.parametrize("known", [True, False])
def test_a_password_is_hashed_once_whether_the_address_is_known_or_not(client, monkeypatch, known):
    """Else the time that the answer takes tells who has an account."""
    email = people.member().email if known else "new@example.org"
    hasher = get_hasher()
    hashed = []
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k))
    client.post("/accounts/signup/", {**SIGN_UP, "email": email, "password1": "a quiet river in April"})
    assert len(hashed) == 1
