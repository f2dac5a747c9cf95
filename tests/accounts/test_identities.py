"""ORCID and an organization's own sign-in, against a server on this machine."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from network.accounts.models import ProcessingConsent, User
from network.experts.enums import Visibility
from network.settings import identities
from tests import people
from tests.accounts.elsewhere import ORCID, go_and_come_back, providers, serving
from tests.accounts.helpers import code_in, is_signed_in
from tests.experts.factories import published

pytestmark = pytest.mark.django_db
AT_ORCID, AT_GARDEN = "/accounts/orcid/login/", "/accounts/oidc/garden/login/"
FORM = {"name": "Josiah S. Carberry", "email": "josiah@brown.example", "language": "fr", "agree": "on"}


@pytest.fixture
def elsewhere(settings):
    cache.clear()
    with serving() as place:
        settings.SOCIALACCOUNT_PROVIDERS = providers(place)
        settings.ORCID_SITE = settings.ORCID_API = place.url
        yield place


def signed_in(client, person: User) -> None:
    client.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})


def linked(person: User, provider: str = "orcid", uid: str = ORCID) -> SocialAccount:
    return SocialAccount.objects.create(user=person, provider=provider, uid=uid)


def test_where_nothing_is_configured_there_is_nothing(client):
    assert client.get(AT_ORCID).status_code == 404
    assert client.post(AT_GARDEN).status_code == 404
    assert client.get("/accounts/oidc/garden/login/callback/").status_code == 404
    assert "ORCID" not in client.get("/accounts/login/").content.decode()


def test_the_way_there_is_told_first_and_pressed(client, elsewhere):
    assert AT_ORCID in client.get("/accounts/login/").content.decode()
    page = client.get(AT_ORCID)
    assert page.status_code == 200
    assert f"form-action 'self' {elsewhere.url}" in page["Content-Security-Policy"]
    left = client.post(AT_ORCID)
    asked = parse_qs(urlsplit(left["Location"]).query)
    assert left["Location"].startswith(f"{elsewhere.url}/oauth/authorize?")
    assert asked["scope"] == ["/authenticate"]


@pytest.mark.parametrize("words", ["scope=/activities/update", "auth_params=prompt%3Dnone"])
def test_nobody_asks_for_more_by_the_address_line(client, elsewhere, words):
    asked = urlsplit(client.post(f"{AT_ORCID}?{words}")["Location"]).query
    assert "update" not in asked
    assert "prompt" not in asked


def test_somebody_new_is_asked_for_what_everybody_is_asked(client, elsewhere):
    answer = go_and_come_back(client, elsewhere, AT_ORCID)
    assert answer.url == "/accounts/identities/signup/"
    page = client.get(answer.url)
    assert page.context["form"].initial["name"] == "Josiah Carberry"
    refused = client.post(answer.url, {**FORM, "agree": ""})
    assert refused.status_code == 422
    assert FORM["name"] in refused.content.decode()
    assert not User.objects.exists()

    assert client.post(answer.url, FORM).url == "/accounts/confirm-email/"
    assert not is_signed_in(client), "her address is not proven yet"
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert is_signed_in(client)
    person = User.objects.get(email=FORM["email"])
    assert (person.name, person.language) == (FORM["name"], "fr")
    assert ProcessingConsent.objects.filter(person=person).exists()
    account = SocialAccount.objects.get(user=person)
    assert account.uid == ORCID
    assert set(account.extra_data) == {"orcid-identifier", "name"}


def test_whoever_is_linked_comes_in_and_past_her_second_factor(client, elsewhere):
    linked(people.member())
    go_and_come_back(client, elsewhere, AT_ORCID)
    assert is_signed_in(client)
    other = client.__class__()
    SocialAccount.objects.update(user=people.steward())
    assert go_and_come_back(other, elsewhere, AT_ORCID).url == "/accounts/2fa/authenticate/"
    assert not is_signed_in(other)


def test_a_suspended_person_does_not_come_in_this_way(client, elsewhere):
    linked(people.barred())
    assert "/accounts/inactive/" in go_and_come_back(client, elsewhere, AT_ORCID).url
    assert not is_signed_in(client)


def test_an_address_that_has_an_account_opens_nothing_and_betrays_nothing(client, elsewhere):
    member = people.member()
    answers = []
    for address in (member.email, "nobody@brown.example"):
        browser = client.__class__()
        go_and_come_back(browser, elsewhere, AT_ORCID)
        answer = browser.post("/accounts/identities/signup/", {**FORM, "email": address})
        answers.append((answer.status_code, answer.url))
        assert not is_signed_in(browser)
    assert answers[0] == answers[1]
    assert not SocialAccount.objects.filter(user=member).exists()
    assert "account already" in next(told for told in mail.outbox if told.to == [member.email]).subject


def test_back_in_the_language_in_which_she_left(client, elsewhere):
    assert go_and_come_back(client, elsewhere, "/ar/accounts/orcid/login/").url.startswith("/ar/accounts/")


def test_turning_back_and_failing_are_pages_with_a_way_on(client, elsewhere):
    turned = go_and_come_back(client, elsewhere, AT_ORCID, code="", error="access_denied")
    assert turned.status_code == 302
    assert client.get(turned.url).status_code == 200
    for bent in ({"state": "forged"}, {"code": "stolen"}):
        answer = go_and_come_back(client, elsewhere, AT_ORCID, **bent)
        assert answer.status_code == 401
        assert "That did not work" in answer.content.decode()
    assert client.get("/accounts/orcid/login/callback/").status_code == 401


@pytest.mark.parametrize("told", [{}, {"orcid": None}, {"orcid": ["x"]}, {"orcid": ""}])
def test_what_orcid_answers_is_not_trusted_in_its_shape(client, elsewhere, told):
    elsewhere.orcid_answer = told
    assert go_and_come_back(client, elsewhere, AT_ORCID).status_code == 401


def test_linking_takes_a_recent_sign_in_and_is_told_by_mail(client, elsewhere):
    member = people.member()
    signed_in(client, member)
    go_and_come_back(client, elsewhere, AT_ORCID, process="connect")
    account = SocialAccount.objects.get(user=member)
    assert "ORCID opens your account" in mail.outbox[-1].subject
    page = client.get("/accounts/identities/").content.decode()
    assert ORCID in page
    client.post("/accounts/identities/", {"account": account.pk})
    assert not SocialAccount.objects.exists()
    assert "removed" in mail.outbox[-1].subject


def test_what_orcid_proves_stands_in_the_profile_and_goes_with_the_link(client, elsewhere):
    member = people.member()
    profile = published(member, orcid="0000-0001-5109-3700", seen_by=Visibility.EVERYONE)
    assert "Confirmed at ORCID" not in client.get(profile.get_absolute_url()).content.decode()
    signed_in(client, member)
    go_and_come_back(client, elsewhere, AT_ORCID, process="connect")
    profile.refresh_from_db()
    assert profile.orcid == ORCID
    assert profile.revisions.order_by("-pk").first().before["values"]["orcid"] == "0000-0001-5109-3700"
    assert "Confirmed at ORCID" in client.__class__().get(profile.get_absolute_url()).content.decode()
    client.post("/accounts/identities/", {"account": SocialAccount.objects.get().pk})
    profile.refresh_from_db()
    assert profile.orcid == ""
    # Whoever writes her first profile and signs in there does not type it again.
    linked(people.outsider())
    assert published(people.outsider(), designation="Adviser").orcid == ORCID


def test_linking_never_takes_an_identity_from_somebody_else(client, elsewhere):
    linked(people.outsider())
    member = people.member()
    signed_in(client, member)
    go_and_come_back(client, elsewhere, AT_ORCID, process="connect")
    assert SocialAccount.objects.get().user == people.outsider()
    other = SocialAccount.objects.get()
    assert client.post("/accounts/identities/", {"account": other.pk}).status_code == 422
    assert SocialAccount.objects.exists()


def test_whoever_first_proves_the_address_has_the_account_alone(client, elsewhere):
    """Somebody signs up with an address that is not hers and waits for its owner to come."""
    go_and_come_back(client, elsewhere, AT_ORCID)
    client.post("/accounts/identities/signup/", FORM)
    User.objects.get().set_password("waiting for the owner")
    owner = client.__class__()
    owner.post("/accounts/login/code/", {"email": FORM["email"]})
    owner.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert is_signed_in(owner)
    assert not SocialAccount.objects.exists()
    assert not User.objects.get().has_usable_password()
    intruder = client.__class__()
    assert go_and_come_back(intruder, elsewhere, AT_ORCID).url == "/accounts/identities/signup/"


# --- an organization's own ---------------------------------------------------------------------------------


def test_an_address_of_the_organization_is_proven_by_it(client, elsewhere):
    elsewhere.claims |= {"email": "josiah@garden.example", "email_verified": True}
    form = go_and_come_back(client, elsewhere, AT_GARDEN).url
    client.post(form, {**FORM, "email": "somebody@else.example"})
    assert is_signed_in(client)
    person = User.objects.get()
    assert person.email == "josiah@garden.example", "what is proven cannot be typed over"
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "josiah@elsewhere.example", "email_verified": True},
        {"email": "josiah@garden.example", "email_verified": False},
        {"email": "josiah@garden.example"},
        {"email": "josiah@garden.example", "email_verified": "yes"},
        {"email": "josiah@garden.example.evil.example", "email_verified": True},
        {"email": ["josiah@garden.example"], "email_verified": True},
    ],
)
def test_every_other_address_is_confirmed_by_its_owner(client, elsewhere, claims):
    elsewhere.claims |= claims
    form = go_and_come_back(client, elsewhere, AT_GARDEN).url
    assert client.post(form, FORM).url == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_no_account_is_taken_over_by_what_an_organization_says(client, elsewhere):
    member = people.member()
    EmailAddress.objects.update(email="member@garden.example")
    User.objects.filter(pk=member.pk).update(email="member@garden.example")
    elsewhere.claims |= {"email": "member@garden.example", "email_verified": True}
    answer = go_and_come_back(client, elsewhere, AT_GARDEN)
    client.post(answer.url, FORM)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_the_address_may_come_from_the_page_about_the_person(client, elsewhere):
    elsewhere.userinfo = {"sub": "person-7", "email": "josiah@garden.example", "email_verified": True}
    form = go_and_come_back(client, elsewhere, AT_GARDEN).url
    client.post(form, FORM)
    assert is_signed_in(client)


def test_but_not_if_that_is_about_somebody_else(client, elsewhere):
    elsewhere.userinfo = {"sub": "person-8", "email": "josiah@garden.example", "email_verified": True}
    assert go_and_come_back(client, elsewhere, AT_GARDEN).status_code == 401


def bend_signature(place):
    place.signed_by = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def bend_algorithm(place):
    place.signed_by, place.algorithm = "our-secret-that-is-long-enough-to-sign", "HS256"


def bend_to_none(place):
    place.signed_by, place.algorithm = None, "none"


def bend_audience(place):
    place.claims["aud"] = "somebody-else"


def bend_issuer(place):
    place.claims["iss"] = "https://evil.example"


def bend_time(place):
    place.claims["exp"] = 1


def bend_subject(place):
    del place.claims["sub"]
    place.claims["email"] = "x@garden.example"


@pytest.mark.parametrize(
    "bend",
    [bend_signature, bend_algorithm, bend_to_none, bend_audience, bend_issuer, bend_time, bend_subject],
)
def test_a_token_that_proves_nothing_opens_nothing(client, elsewhere, bend):
    linked(people.member(), "garden", "person-7")
    bend(elsewhere)
    assert go_and_come_back(client, elsewhere, AT_GARDEN).status_code == 401
    assert not is_signed_in(client)


def test_a_code_of_another_browser_is_worth_nothing(client, elsewhere):
    """PKCE: whoever catches a code cannot use it."""
    linked(people.member(), "garden", "person-7")
    left = client.post(AT_GARDEN)
    sent = parse_qs(urlsplit(left["Location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    answer = client.get(AT_GARDEN + "callback/", {"code": "the-code", "state": sent["state"][0]})
    assert answer.status_code == 401
    assert not is_signed_in(client)


def test_a_server_that_is_down_or_is_somebody_else_is_told(client, elsewhere, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = (
        "http://127.0.0.1:9"
    )
    answer = client.get(AT_GARDEN)
    assert answer.status_code == 401
    assert "Botanic Garden did not tell us" in answer.content.decode()


def test_settings_come_from_the_environment(monkeypatch):
    for name, value in {
        "ORCID_CLIENT_ID": "APP-1", "ORCID_CLIENT_SECRET": "s", "ORCID_SANDBOX": "true",
        "OIDC_PROVIDERS": "unep,min-env", "OIDC_UNEP_ISSUER": "https://sso.example/",
        "OIDC_UNEP_CLIENT_ID": "a", "OIDC_UNEP_CLIENT_SECRET": "b", "OIDC_UNEP_NAME": "UNEP",
        "OIDC_UNEP_DOMAINS": "UN.org, unep.org", "OIDC_MIN_ENV_ISSUER": "https://id.example",
        "OIDC_MIN_ENV_CLIENT_ID": "c", "OIDC_MIN_ENV_CLIENT_SECRET": "d",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    found = identities.providers()
    assert found["orcid"]["APPS"][0]["client_id"] == "APP-1"
    assert identities.orcid_hosts() == ("https://sandbox.orcid.org", "https://pub.sandbox.orcid.org")
    first, second = found["openid_connect"]["APPS"]
    assert first["settings"] == {"server_url": "https://sso.example", "domains": ["un.org", "unep.org"]}
    assert second["name"] == "min-env"
    monkeypatch.setenv("OIDC_UNEP_ISSUER", "http://sso.example")
    with pytest.raises(ImproperlyConfigured, match="https://"):
        identities.providers()
