"""Whatever stands in the session's cookie, its bearer is a stranger or herself."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation

from network.accounts.middleware import SEEN, SEEN_EVERY
from network.accounts.models import Device
from network.accounts.tasks import tidy
from tests import people
from tests.accounts.helpers import code_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "cookie",
    ['"abcdefgh\\000ijklmnop"', "x" * 4000, "'; drop table--", '"\\303\\251t\\303\\251-abcdefgh"', ""],
)
def test_a_broken_cookie_is_a_stranger(client, cookie):
    answer = client.get("/inbox/", HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={cookie}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_a_whole_cookie_is_herself(client):
    people.sign_in(client, people.member())
    assert client.get("/inbox/").status_code == 200


# --- where one is signed in --------------------------------------------------------------------------------

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def enter(browser, person, **more):
    return browser.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD}, **more)


def told():
    return [message for message in mail.outbox if "new browser" in message.subject]


def test_one_session_is_ended_and_the_others_stay(client):
    member = people.member()
    other, third = client.__class__(), client.__class__()
    for browser in (client, other, third):
        enter(browser, member)
    page = client.get("/accounts/sessions/").content.decode()
    assert page.count("last seen") == 3
    row = member.usersession_set.get(session_key=other.session.session_key)
    assert client.post(f"/accounts/sessions/{row.pk}/end/").url == "/accounts/sessions/"
    assert other.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == third.get("/accounts/").status_code == 200
    client.post("/accounts/sessions/", {})
    assert third.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_nobody_ends_somebody_elses(client):
    enter(client, people.member())
    other = client.__class__()
    people.sign_in(other, people.outsider())
    row = people.member().usersession_set.get()
    assert other.post(f"/accounts/sessions/{row.pk}/end/").status_code == 404
    assert other.get(f"/accounts/sessions/{row.pk}/end/").status_code == 405
    assert client.get("/accounts/").status_code == 200


def test_last_seen_is_written_now_and_then_not_always(client, django_assert_num_queries):
    member = people.member()
    enter(client, member)
    row = member.usersession_set.get()
    client.get("/accounts/")
    assert member.usersession_set.get().last_seen_at == row.last_seen_at
    session = client.session
    session[SEEN] -= SEEN_EVERY + 1
    session.save()
    client.get("/accounts/")
    assert member.usersession_set.get().last_seen_at > row.last_seen_at


def test_a_new_browser_is_told_by_mail_and_a_known_one_is_not(client):
    member = people.person("lectrice", language="fr")
    enter(client, member)
    assert not told(), "the first one of all is the one before her"
    client.post("/accounts/logout/")
    enter(client, member)
    assert not told()
    enter(client.__class__(), member, HTTP_USER_AGENT=FIREFOX)
    with translation.override("fr"):
        subjects = {message.subject for message in mail.outbox}
    assert len(mail.outbox) == 1, subjects
    assert mail.outbox[0].to == [member.email]
    assert "Firefox" in mail.outbox[0].body


def test_a_browser_of_the_family_is_known_for_each_of_them(client):
    """The same cookie, another person: hers is new to her but it stays known for the first."""
    first, second = people.member(), people.outsider()
    enter(client, first)
    client.post("/accounts/logout/")
    enter(client, second)
    client.post("/accounts/logout/")
    enter(client, first)
    assert not told()


@pytest.mark.parametrize("cookie", ["x" * 5000, "é", "\\000", "forged"])
def test_a_forged_cookie_is_a_new_browser(client, cookie):
    member = people.member()
    enter(client, member)
    other = client.__class__()
    other.cookies["known_browser"] = cookie
    enter(other, member)
    assert len(told()) == 1
    assert Device.objects.count() == 2


def test_browsers_are_forgotten_in_time():
    Device.objects.create(
        person=people.member(), secret_hash="x", last_seen_at=timezone.now() - timedelta(401)
    )
    Device.objects.create(person=people.member(), secret_hash="y")
    tidy()
    assert Device.objects.get().secret_hash == "y"


def test_the_old_address_is_told_when_it_changes(client):
    member = people.member()
    enter(client, member)
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    code = next(message for message in mail.outbox if message.to == ["new@example.org"])
    client.post("/accounts/confirm-email/", {"code": code_in(code)})
    notice = next(message for message in mail.outbox if message.to == ["member@cast.example"])
    assert "has changed" in notice.subject
    assert "new@example.org" in notice.body
