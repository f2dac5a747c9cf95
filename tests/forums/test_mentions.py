"""``@handle``: a link for everybody, and one notice for whoever is meant and may read it."""

import pytest

from communities.enums import Involvement, MemberRole
from communities.forums import actions
from communities.forums.models import Mention
from communities.models import Membership
from network.experts.models import ExpertProfile
from network.notifications.models import Notification
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.experts import factories as experts
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def profiled(handle: str):
    who = people.person(handle)
    experts.published(who, slug=handle)
    return who


@pytest.fixture
def started():
    here = community()
    for who in (people.community_member(), profiled("anna"), profiled("bela")):
        belongs(who, here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return thread(forum(here), people.community_member(), html="<p>Start.</p>")


def told(who) -> list[str]:
    while outbox.work_off():
        pass
    return sorted(Notification.objects.filter(recipient=who).values_list("kind", flat=True))


def write(to, html: str, by=None):
    return reply(to, by or people.community_member(), html)


def test_a_member_is_linked_and_told_once(client, started):
    anna = people.person("anna")
    assert told(anna) == []
    actions.watch(viewer=people.viewer(anna), thread=started)
    post = write(started, "<p>Dear @anna, and again @Anna.</p>")
    assert post.html.count('href="/experts/anna/"') == 1
    assert told(anna) == ["forums.mention"]
    assert told(people.community_member()) == []
    people.sign_in(client, anna)
    assert "mentioned you" in client.get("/inbox/").content.decode()


def test_an_edit_tells_only_those_who_are_new(started):
    post = write(started, "<p>@anna</p>")
    assert told(people.person("anna")) == ["forums.mention"]
    actions.edit(
        viewer=people.viewer(people.community_member()),
        post=post,
        html=post.html.replace("</p>", " and @bela</p>"),
        version=1,
    )
    assert told(people.person("anna")) == ["forums.mention"]
    assert told(people.person("bela")) == ["forums.mention"]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>@anna</p></blockquote>",
        "<pre>@anna</pre>",
        "<p>anna@anna.example and x@anna</p>",
        '<p><a href="https://x.example/@anna">https://x.example/@anna</a></p>',
        "<p>@nobody-of-that-name</p>",
    ],
)
def test_quotations_code_addresses_and_strangers_are_nobody(started, html):
    post = write(started, html, by=people.moderator())
    assert "/experts/anna/" not in post.html
    assert not Mention.objects.exists()


def test_who_may_not_read_is_not_told_and_who_cannot_be_found_is_not_named(started):
    experts.published(people.outsider(), slug="goran")
    ExpertProfile.objects.filter(slug="goran").update(name_visibility=0)
    started.forum.community.visibility = "members"
    started.forum.community.save()
    hidden = write(started, "<p>@goran</p>")
    assert "/experts/goran/" not in hidden.html
    ExpertProfile.objects.filter(slug="goran").update(name_visibility=3)
    write(started, "<p>@goran</p>")
    assert told(people.outsider()) == []


def test_who_wants_to_hear_nothing_hears_nothing(started):
    Membership.objects.filter(user=people.person("anna")).update(involvement=Involvement.NOTHING)
    write(started, "<p>@anna</p>")
    assert told(people.person("anna")) == []


def test_moderators_are_called(started):
    post = write(started, "<p>@moderators, is this in order?</p>")
    assert "/members/" in post.html
    assert "forums.mention" in told(people.moderator())


def test_ten_thousand_mentions_are_harmless(started):
    names = " ".join(f"@nobody{number}" for number in range(900)) + " @anna" * 100
    post = write(started, f"<p>@anna {names}</p>")
    assert post.html.count("<a ") == 1
    assert Mention.objects.count() == 1
    many = write(started, "<p>" + "@anna " * 10_000 + "</p>")
    assert many.html.count("<a ") == 1


def test_a_post_that_waits_tells_when_it_is_out(started):
    newcomer = people.person("newcomer")
    belongs(newcomer, started.forum.community)
    held = write(started, '<p>@anna <a href="https://x.example">x</a></p>', by=newcomer)
    assert told(people.person("anna")) == []
    actions.approve(viewer=people.viewer(people.moderator()), post=held)
    assert told(people.person("anna")) == ["forums.mention"]
