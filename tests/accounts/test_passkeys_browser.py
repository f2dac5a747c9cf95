"""Passkeys in a real browser with a virtual authenticator, under the site's own content security policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail

from network.accounts.models import User
from tests import people
from tests.accounts.helpers import code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What a telephone with a fingerprint reader is to a web page.
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser, live_server, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    # A passkey belongs to a name, never to a number: localhost, not 127.0.0.1.
    context = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    page.complaints = []
    page.on(
        "console", lambda message: page.complaints.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    # The address / is the CMS's own page, which this test has none of.
    assert [text for text in page.complaints if "404" not in text] == []
    context.close()


@pytest.fixture
def telephone(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE})
    return session, made["authenticatorId"]


def accessible(page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_signing_up_and_in_with_nothing_but_a_passkey(page, telephone):
    page.goto("/accounts/signup/passkey/")
    accessible(page)
    page.get_by_role("textbox", name="Name").fill("Tui Rangihuna")
    page.get_by_role("textbox", name="E-mail address").fill("tui@example.org")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/confirm-email/")
    accessible(page)
    page.get_by_role("textbox", name="Code").fill(code_in(mail.outbox[0]))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/2fa/webauthn/signup/")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url(lambda url: "/2fa/" not in url)
    person = User.objects.get(email="tui@example.org")
    assert not person.has_usable_password()
    assert person.authenticator_set.filter(type="webauthn").count() == 1

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto("/accounts/")
    assert page.get_by_role("heading", name="Settings").is_visible()
    accessible(page)


def test_a_passkey_that_is_refused_is_told_in_the_page(page, telephone):
    session, authenticator = telephone
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("The passkey was not used").wait_for()


def test_a_role_begins_once_a_passkey_is_added(page, telephone):
    steward = people.steward()
    steward.authenticator_set.all().delete()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(steward.email)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/accounts/second-factor/")
    accessible(page)
    assert not people.viewer(steward).has("role:steward")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/2fa/webauthn/add/")
    accessible(page)
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/2fa/recovery-codes/**")
    accessible(page)
    assert people.viewer(steward).has("role:steward")
    page.goto("/accounts/2fa/")
    accessible(page)
