"""How many questions a page asks the database, at one row and at thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.enums import MemberRole
from communities.forums import actions
from communities.moderation.models import Standing
from tests import people
from tests.communities.factories import belongs, community, crowd
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return forum(here)


def cost(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def asked(client, url: str) -> int:
    """Questions of one visit, nothing warmed up before."""
    with CaptureQueriesContext(connection) as questions:
        assert client.get(url).status_code == 200
    return len(questions)


def grow(room) -> list[str]:
    """A page of each sort, and thirty rows on every list."""
    here = room.community
    first = thread(room, people.community_member())
    for who in crowd(here, 19):
        reply(first, who)
    for number in range(30):
        thread(room, people.community_member(), f"Thread {number}")
    for number in range(12):
        forum(here, f"Forum {number}")
        community(f"Another {number}")
    return [first.get_absolute_url()]


@pytest.mark.parametrize(
    ("who", "most", "thread_most"), [("stranger", 10, 6), ("member", 15, 10), ("moderator", 15, 10)]
)
def test_pages_cost_the_same_at_one_row_and_at_many(client, room, who, most, thread_most):
    people.sign_in(client, getattr(people, who)())
    started = thread(room, people.community_member(), "First")
    urls = [reverse("communities:list"), room.community.get_absolute_url(), room.get_absolute_url()]
    few = [cost(client, url) for url in [*urls, started.get_absolute_url()]]
    [grown] = grow(room)
    many = [cost(client, url) for url in [*urls, grown]]
    assert max(many) <= most, (few, many)
    assert many[-1] <= thread_most, (few, many)
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)


@pytest.mark.parametrize(("is_trusted", "most"), [(True, 15), (False, 16)])
def test_a_reply_costs_little(client, room, is_trusted, most):
    """For newcomers one question more counts anew what they have written."""
    started = thread(room, people.community_member())
    people.sign_in(client, people.community_member())
    url = f"{started.get_absolute_url()}reply/"
    client.post(url, {"html": "warm"})
    Standing.objects.update(vouched=is_trusted)
    with CaptureQueriesContext(connection) as asked:
        client.post(url, {"html": "x", "submission_key": "k"})
    counted = [
        q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(counted) <= most, "\n".join(counted)


def test_the_first_visit_and_the_last_page_cost_no_more(client, room):
    """A mark is written on the first visit; the last page of a long thread asks what its first one does."""
    started = thread(room, people.community_member())
    for _number in range(65):
        reply(started, people.community_member())
    path = started.get_absolute_url()
    for who, most in ((people.stranger(), 6), (people.moderator(), 10)):
        people.sign_in(client, who)
        first = asked(client, path)
        assert first <= most
        for start in (21, 61):
            assert asked(client, f"{path}?from={start}") <= most
        assert abs(asked(client, f"{path}?from=61") - asked(client, path)) <= 1


def test_a_list_costs_the_same_however_far_one_has_turned(client, room):
    for number in range(85):
        thread(room, people.community_member(), f"Thread {number}")
    path, costs = room.get_absolute_url(), []
    while path:
        with CaptureQueriesContext(connection) as questions:
            page = client.get(path).context["page"]
        costs.append([len(questions), any("OFFSET" in q["sql"] for q in questions)])
        path = f"{room.get_absolute_url()}?cursor={page.next}" if page.next else ""
    assert len(costs) == 5
    assert not any(skips for _number, skips in costs)
    assert max(number for number, _skips in costs[1:]) <= costs[0][0]


def test_the_queue_costs_the_same_however_much_waits(client, room):
    people.sign_in(client, people.moderator())
    started = thread(room, people.community_member())
    url = reverse("moderation:queue", args=[room.community.slug])
    newcomers = crowd(room.community, 12)
    link = '<p><a href="https://x.example">x</a></p>'
    actions.reply(viewer=people.viewer(newcomers[0]), thread=started, html=link)
    one = cost(client, url)
    for who in newcomers[1:]:
        actions.reply(viewer=people.viewer(who), thread=started, html=link)
    assert cost(client, url) == one
