"""People who are suspended or have left: on every page, in lists, search, feeds, programs and mails."""

import pytest
from django.core import mail
from django.test import Client

from communities.enums import MemberRole, Visibility
from network.accounts import actions, policies
from network.accounts.enums import Leaving
from network.experts.models import ExpertProfile
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs, community
from tests.experts.factories import published
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db
#: Not the part that is searched for: a list of what was found marks that one.
NAME = "Wanjiru"


@pytest.fixture
def talk():
    """She has a profile, a thread and an answer in a community that everybody reads."""
    here = community("Mangroves", visibility=Visibility.PUBLIC)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    for who in (people.expert(), people.community_member()):
        belongs(who, here)
    published(people.expert(), affiliation="Crab Observatory")
    begun = thread(forum(here), people.expert(), title="Crabs by night", html="<p>How does one count?</p>")
    reply(begun, people.community_member(), "<p>With a lamp.</p>")
    work_off()
    mail.outbox.clear()
    return begun


def places(talk, slug):
    """Where her name could stand."""
    base = talk.get_absolute_url().rsplit("/", 2)[0]
    return {
        "profile": f"/experts/{slug}/",
        "directory": "/experts/?q=Amina",
        "search": "/search/?q=Amina",
        "api": "/api/v1/people?q=Amina",
        "api person": f"/api/v1/people/{slug}",
        "thread": talk.get_absolute_url(),
        "feed": f"{base}/feed.atom",
        "thread feed": f"{talk.get_absolute_url()}feed.atom",
    }


def named(talk, slug, viewer=None):
    """The places that still name her or lead to her profile."""
    client = people.sign_in(Client(), viewer) if viewer else Client()
    found = {}
    for place, path in places(talk, slug).items():
        answer = client.get(path, follow=True)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        found[place] = (answer.status_code, NAME in text)
    return found


@pytest.fixture
def slug(talk):
    return ExpertProfile.objects.get(user=people.expert()).slug


def test_before_she_is_everywhere(talk, slug):
    found = named(talk, slug)
    assert {place for place, (status, named) in found.items() if named} >= {
        "profile",
        "directory",
        "search",
        "thread",
    }


@pytest.mark.parametrize("viewer", ["stranger", "member", "administrator"])
def test_a_suspended_person_has_no_page_and_is_not_found_but_her_words_stay_under_her_name(
    talk, slug, viewer
):
    actions.suspend(person=people.expert(), by=policies.INSTALLATION, reason="Sent advertisements")
    work_off()
    found = named(talk, slug, getattr(people, viewer)() if viewer != "stranger" else None)
    assert found["profile"][0] == found["api person"][0] == 404
    assert not any(found[place][1] for place in ("directory", "search", "api"))
    assert found["thread"] == (200, True), "what was said stays said, by whom it was said"


def test_she_is_found_again_when_the_account_is_open(talk, slug):
    actions.suspend(person=people.expert(), by=policies.INSTALLATION, reason="Sent advertisements")
    actions.reinstate(person=people.expert(), by=policies.INSTALLATION)
    work_off()
    found = named(talk, slug)
    assert found["profile"] == (200, True)
    assert found["directory"][1]
    assert found["search"][1]


def test_no_mail_goes_to_a_suspended_person(talk):
    actions.suspend(person=people.expert(), by=policies.INSTALLATION, reason="Sent advertisements")
    reply(talk, people.community_member(), "<p>And with patience.</p>")
    work_off()
    assert [message.to for message in mail.outbox if people.expert().email in message.to] == []


@pytest.mark.parametrize("choice", list(Leaving))
def test_who_has_left_is_named_nowhere(talk, slug, choice):
    address = people.expert().email
    actions.leave(person=people.expert(), choice=choice)
    work_off()
    mail.outbox.clear()
    found = named(talk, slug)
    assert found["profile"][0] == found["api person"][0] == 404
    assert not any(named for _status, named in found.values())
    page = Client().get(talk.get_absolute_url(), follow=True).content.decode()
    assert "With a lamp." in page, "the answers of others stay"
    assert ("How does one count?" in page) is (choice is Leaving.KEEP)
    if choice is Leaving.KEEP:
        assert "Former member" in page
    reply(talk, people.community_member(), "<p>And with patience.</p>")
    work_off()
    assert not any(address in message.to or "left.invalid" in str(message.to) for message in mail.outbox)
