"""Holding, reporting, deciding, and what the log keeps of it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from communities.enums import Joining, MemberRole
from communities.forums import actions as forums
from communities.forums.enums import PostState
from communities.forums.models import Post
from communities.moderation import actions
from communities.moderation.models import ModerationLogEntry, ModerationReason, Report
from network.accounts.personal_data import personal_data
from network.notifications.models import Notification
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db
LINK = '<p>See <a href="https://shop.example">my shop</a></p>'


@pytest.fixture
def room():
    here = community(joining=Joining.REQUEST)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    belongs(people.community_member(), here)
    return forum(here)


@pytest.fixture
def held(room) -> Post:
    """The first post of a newcomer, with a link in it."""
    started = thread(room, people.moderator())
    belongs(people.person("newcomer"), room.community)
    return reply(started, people.person("newcomer"), LINK)


def kinds(who) -> set[str]:
    outbox.work_off()
    return set(Notification.objects.filter(recipient=who).values_list("kind", flat=True))


def test_a_held_post_is_seen_by_its_author_and_moderators_only(client, held):
    assert held.state == PostState.HELD
    assert held.number is None
    for who, sees in {
        people.stranger(): False,
        people.community_member(): False,
        people.facilitator(): False,
        people.person("newcomer"): True,
        people.moderator(): True,
    }.items():
        people.sign_in(client, who)
        page = client.get(held.thread.get_absolute_url()).content.decode()
        assert ("my shop" in page) == sees, who
        assert "1 reply" not in page


def test_letting_it_go_out_gives_it_the_next_place(client, held):
    later = reply(held.thread, people.moderator())
    people.sign_in(client, people.moderator())
    url = reverse("moderation:decide_held", args=[held.pk])
    assert client.post(url, {"decision": "approve"}).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.number) == (PostState.PUBLISHED, later.number + 1)
    assert "forums.approved" in kinds(people.person("newcomer"))
    # A second press, or a second moderator, changes nothing.
    assert client.post(url, {"decision": "turn_down", "reason": "x"}).status_code == 302
    held.refresh_from_db()
    assert held.state == PostState.PUBLISHED
    # She is known now: her next link goes out at once.
    assert reply(held.thread, people.person("newcomer"), LINK).state == PostState.PUBLISHED


def test_turning_down_needs_a_reason_that_the_author_reads(client, held):
    people.sign_in(client, people.moderator())
    url = reverse("moderation:decide_held", args=[held.pk])
    answer = client.post(url, {"decision": "turn_down"})
    assert answer.status_code == 422
    assert "Say in a sentence why" in answer.content.decode()
    client.post(url, {"decision": "turn_down", "reason": "We do not advertise."})
    assert "forums.turned_down" in kinds(people.person("newcomer"))
    people.sign_in(client, people.person("newcomer"))
    assert "We do not advertise." in client.get(held.thread.get_absolute_url()).content.decode()


def test_a_newcomers_thread_waits_whole(client, room):
    belongs(people.person("newcomer"), room.community)
    started = thread(room, people.person("newcomer"), "Buy", LINK)
    room.refresh_from_db()
    assert room.thread_count == 0
    assert client.get(started.get_absolute_url()).status_code == 404
    assert "Buy" not in client.get(room.get_absolute_url()).content.decode()
    people.sign_in(client, people.moderator())
    assert client.get(started.get_absolute_url()).status_code == 200
    forums.approve(viewer=people.viewer(people.moderator()), post=Post.objects.get())
    client.logout()
    assert client.get(started.get_absolute_url()).status_code == 200
    room.refresh_from_db()
    assert room.thread_count == 1


def test_words_without_links_go_out_at_once(room):
    belongs(people.person("newcomer"), room.community)
    assert reply(thread(room, people.moderator()), people.person("newcomer")).state == PostState.PUBLISHED


def test_a_report_reaches_the_moderators_and_its_answer_the_reporter(client, room):
    post = reply(thread(room, people.moderator()), people.community_member(), "<p>Rude words</p>")
    people.sign_in(client, people.member())
    url = reverse(
        "moderation:report", args=[room.community.slug, room.slug, post.thread_id, post.thread.slug, 2]
    )
    assert "Report" in client.get(post.thread.get_absolute_url()).content.decode()
    assert client.post(url, {"reason": "nonsense"}).status_code == 422
    for _ in range(2):
        assert client.post(url, {"reason": "harm", "note": "It is rude."}).status_code == 302
    [report] = Report.objects.all()
    assert report.version == 1
    assert "moderation.report" in kinds(people.moderator())

    people.sign_in(client, people.moderator())
    queue = client.get(reverse("moderation:queue", args=[room.community.slug])).content.decode()
    assert "It is rude." in queue
    assert "Rude words" in queue
    decide = reverse("moderation:decide_report", args=[report.pk])
    assert client.post(decide, {"decision": "uphold"}).status_code == 422
    client.post(decide, {"decision": "uphold", "reason": "One does not write so."})
    post.refresh_from_db()
    assert post.state == PostState.HIDDEN
    assert "moderation.decided" in kinds(people.member())
    assert "forums.hidden" in kinds(people.community_member())


def test_dismissing_leaves_the_post(room):
    post = reply(thread(room, people.moderator()), people.community_member())
    report = actions.report(viewer=people.viewer(people.member()), post=post, reason="spam")
    actions.dismiss(viewer=people.viewer(people.moderator()), report=report, reason="It is not.")
    post.refresh_from_db()
    assert post.state == PostState.PUBLISHED


def test_who_opens_the_queue_and_the_log(client, room):
    queue = reverse("moderation:queue", args=[room.community.slug])
    log = reverse("moderation:log", args=[room.community.slug])
    expected = {
        people.stranger(): (302, 302),
        people.member(): (403, 403),
        people.community_member(): (403, 200),
        people.facilitator(): (200, 200),
        people.moderator(): (200, 200),
        people.site_moderator(): (200, 200),
    }
    for who, statuses in expected.items():
        people.sign_in(client, who)
        assert (client.get(queue).status_code, client.get(log).status_code) == statuses, who
    people.sign_in(client, people.moderator())
    assert client.get(reverse("moderation:everything")).status_code == 200


def test_a_facilitator_sees_requests_but_no_held_posts(client, room, held):
    people.sign_in(client, people.facilitator())
    page = client.get(reverse("moderation:queue", args=[room.community.slug])).content.decode()
    assert "my shop" not in page
    assert (
        client.post(reverse("moderation:decide_held", args=[held.pk]), {"decision": "approve"}).status_code
        == 404
    )


def test_every_act_stands_in_the_log_with_its_reason(client, room):
    started = thread(room, people.community_member())
    moderator = people.viewer(people.moderator())
    forums.pin(viewer=moderator, thread=started)
    forums.lock(viewer=moderator, thread=started, reason="Enough said.")
    people.sign_in(client, people.moderator())
    page = client.get(reverse("moderation:log", args=[room.community.slug])).content.decode()
    assert "locked a thread" in page
    assert "Enough said." in page
    assert "Mateus Ferreira" in page
    people.sign_in(client, people.community_member())
    reduced = client.get(reverse("moderation:log", args=[room.community.slug])).content.decode()
    assert "locked a thread" in reduced
    assert "Enough said." not in reduced


@pytest.mark.parametrize("attempt", ["update", "delete"])
def test_the_log_only_grows(room, attempt):
    forums.pin(viewer=people.viewer(people.moderator()), thread=thread(room, people.community_member()))
    table = ModerationLogEntry._meta.db_table
    sql = {"update": f"UPDATE {table} SET act = 'x'", "delete": f"DELETE FROM {table}"}[attempt]  # noqa: S608
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert ModerationLogEntry.objects.count() == 1


def test_a_person_can_take_her_words_with_her(room):
    author = people.community_member()
    started = thread(room, author, "My title", "<p>Mine</p>")
    answer = reply(started, people.moderator())
    forums.hide(viewer=people.viewer(people.moderator()), post=reply(started, author), reason="About her")
    told = str({name: holding.export(author) for name, holding in personal_data.items()})
    assert "Mine" in told
    assert "About her" in told
    for name in ("communities", "forums", "moderation"):
        personal_data.get(name).erase(author, False)
    started.refresh_from_db()
    room.refresh_from_db()
    assert "Mine" not in "".join(Post.objects.values_list("html", flat=True))
    assert started.title == "Erased by its author."
    assert answer.number == 2
    assert (started.reply_count, room.post_count) == (1, 2)
    assert not ModerationReason.objects.exists()
    assert ModerationLogEntry.objects.count() == 1
    assert not people.viewer(author).has(f"community:{room.community_id}")
