"""Behind an @: those who may read what is written, by their names as the writer sees them."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.enums import Visibility
from communities.forums.enums import Audience
from communities.forums.models import Forum
from communities.forums.suggesting import suggested
from communities.models import Community
from network.experts.models import ExpertProfile
from tests import people
from tests.communities.factories import belongs, community
from tests.experts import factories as experts
from tests.forums.factories import reply

pytestmark = pytest.mark.django_db


def profiled(handle: str, member_of: Community | None = None, **told):
    who = people.person(handle)
    experts.published(who, slug=handle, **told)
    if member_of:
        belongs(who, member_of)
    return who


def handles(who, place, typed: str) -> list[str]:
    return [one.handle for one in suggested(people.viewer(who), place, typed)]


@pytest.fixture
def writer(started):
    return people.community_member()


def test_members_come_first_and_everybody_who_may_read(here, started, writer):
    profiled("ann-outside")
    profiled("anna-member", here)
    profiled("zeno-anders", here)
    assert handles(writer, started, "an") == ["anna-member", "zeno-anders", "ann-outside"]
    assert handles(writer, started, "") == []
    assert handles(writer, started, "\x00") == []


def test_where_members_read_only_members_are_named(here, started, writer):
    profiled("ann-outside")
    profiled("anna-member", here)
    Forum.objects.filter(pk=started.forum_id).update(audience=Audience.MEMBERS)
    started.forum.refresh_from_db()
    assert handles(writer, started, "ann") == ["anna-member"]
    assert handles(writer, started.forum, "ann") == ["anna-member"]


def test_whose_name_is_closed_to_the_writer_is_not_named(here, started, writer):
    who = profiled("anna-quiet", here)
    ExpertProfile.objects.filter(user=who).update(name_visibility=0)
    assert handles(people.person("bela"), started, "anna") == []


def test_moderators_and_communities(here, started, writer):
    community("Mangroves of the north")
    community("Mangroves in hiding", visibility=Visibility.HIDDEN)
    assert handles(writer, started, "mod") == ["moderators"]
    assert handles(writer, started, "mangr") == ["mangroves", "mangroves-of-the-north"]
    post = reply(started, writer, "<p>See @mangroves and @mangroves-in-hiding.</p>")
    assert 'href="/communities/mangroves/"' in post.html
    assert "/communities/mangroves-in-hiding/" not in post.html


def test_the_address_answers_those_who_write_here(client, here, started, writer):
    profiled("anna-member", here)
    forum = started.forum
    urls = [
        reverse("forums:mentions", args=[here.slug, forum.slug, started.pk, started.slug]),
        reverse("forums:forum_mentions", args=[here.slug, forum.slug]),
    ]
    people.sign_in(client, writer)
    for url in urls:
        found = json.loads(client.get(f"{url}?q=anna").content)["found"]
        assert [one["handle"] for one in found] == ["anna-member"]
    people.sign_in(client, people.person("outsider"))
    assert [client.get(url).status_code for url in urls] == [403, 403]


def test_it_answers_so_often_and_no_more(client, here, started, writer, monkeypatch):
    from communities.forums.views import mentioning

    monkeypatch.setattr(mentioning, "A_MINUTE", 2)
    people.sign_in(client, writer)
    url = reverse("forums:forum_mentions", args=[here.slug, started.forum.slug])
    assert [client.get(f"{url}?q=a").status_code for _turn in range(3)] == [200, 200, 429]


def test_it_costs_the_same_however_many_are_found(here, started, writer):
    viewer = people.viewer(writer)
    profiled("anna-0", here)
    with CaptureQueriesContext(connection) as one:
        suggested(viewer, started, "anna")
    for number in range(1, 6):
        profiled(f"anna-{number}", here)
    with CaptureQueriesContext(connection) as many:
        suggested(viewer, started, "anna")
    assert len(many) == len(one)


def test_the_editor_is_told_where_to_ask(client, here, started, writer):
    people.sign_in(client, writer)
    page = client.get(started.get_absolute_url()).content.decode()
    url = reverse("forums:mentions", args=[here.slug, started.forum.slug, started.pk, started.slug])
    assert f'data-mentions="{url}"' in page
