"""Somebody who was invited by her address reads and answers by mail, and has never signed up."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from communities.actions import invite, invite_many
from communities.enums import MemberRole, Visibility
from communities.forums.models import Post
from communities.invitations import link_to
from communities.models import Invitation, Membership
from network.accounts.models import User
from network.notifications.models import OutgoingMail
from network.notifications.sending import send_due
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread
from tests.notifications.inbound.letters import arrives
from tests.notifications.inbound.letters import mail as letter

pytestmark = pytest.mark.django_db
TYPED = {"name": "Wanjiru", "language": "en", "agree": "on", "conduct": "0"}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr("network.notifications.receivers._hasten", lambda: None)
    monkeypatch.setattr("network.notifications.inbound.intake.hasten", lambda: None)


@pytest.fixture
def here():
    made = community(visibility=Visibility.HIDDEN)
    belongs(people.moderator(), made, MemberRole.MODERATOR)
    return made


def invited(here, address: str = "wanjiru@example.org", role: str = MemberRole.MEMBER) -> str:
    moderator = people.viewer(people.moderator())
    sent = invite(viewer=moderator, community=here, email=address, role=role, language="en")
    return link_to(sent).removeprefix("http://testserver")


def mails_to(address: str) -> list:
    while work_off():
        pass
    OutgoingMail.objects.update(next_try_at=timezone.now())
    send_due()
    return [one for one in mail.outbox if one.to == [address]]


def test_she_reads_and_answers_by_mail_alone(client, here):
    path = invited(here)
    assert "without signing up" in client.get(path).content.decode()
    assert client.post(path, TYPED).status_code == 302
    guest = User.objects.get(email="wanjiru@example.org")
    assert (guest.get_full_name(), guest.has_usable_password(), guest.last_login) == ("Wanjiru", False, None)
    assert Membership.objects.current().get(user=guest).community == here
    # Nobody is signed in by that, and the link opens nothing more.
    assert client.get(here.get_absolute_url()).status_code == 404
    assert "can no longer be used" in client.get(path).content.decode()
    talk = thread(forum(here), people.moderator(), "Crabs", "<p>Who counts by night?</p>")
    [told] = [one for one in mails_to(guest.email) if one.subject == "Crabs"]
    assert "Who counts by night?" in told.body
    reply_to = told.message()["Reply-To"]
    arrives(letter(guest.email, reply_to, "We do."), reply_to)
    post = Post.objects.get(thread=talk, number=2)
    assert (post.author, post.html) == (guest, "<p>We do.</p>")


def test_what_is_missing_is_asked_for_and_nothing_is_done(client, here):
    path = invited(here)
    for missing in ("name", "agree", "conduct"):
        answer = client.post(path, {key: value for key, value in TYPED.items() if key != missing})
        assert answer.status_code == 422, missing
    assert not User.objects.filter(email="wanjiru@example.org").exists()
    assert Invitation.objects.open().exists()


def test_whoever_has_an_account_signs_in(client, here):
    path = invited(here, people.member().email)
    answer = client.post(path, TYPED)
    assert (answer.status_code, "Sign in" in answer.content.decode()) == (422, True)
    assert not Membership.objects.filter(user=people.member()).exists()


def test_who_looks_after_the_community_signs_in(client, here):
    path = invited(here, role=MemberRole.MODERATOR)
    assert "without signing up" not in client.get(path).content.decode()
    assert client.post(path, TYPED).status_code == 422
    assert not User.objects.filter(email="wanjiru@example.org").exists()


def test_letters_to_many_say_so(here):
    viewer = people.viewer(people.moderator())
    asked = [f"one{n}@example.org" for n in range(3)]
    invite_many(viewer=viewer, community=here, addresses=asked, role=MemberRole.MEMBER, language="en")
    work_off()
    assert len(mail.outbox) == 3
    assert all(re.search("answer by mail, without\\s+signing up", one.body) for one in mail.outbox)
