"""Threads with a time: nobody else knows of them before, and they appear once, at their instant."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities.enums import Involvement, MemberRole
from communities.forums import actions, tasks
from communities.forums.actions import scheduling
from communities.forums.counters import differences
from communities.forums.enums import ForumKind, PostState
from communities.forums.models import Forum, Post, Thread
from communities.models import Membership
from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import anonymous
from network.notifications.models import Notification
from network.outbox import actions as outbox
from network.search.models import SearchDocument
from tests import people
from tests.communities.factories import belongs
from tests.forums.factories import forum

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=2)


@pytest.fixture
def room(here) -> Forum:
    belongs(people.person("fac"), here, MemberRole.FACILITATOR)
    belongs(people.person("other-fac"), here, MemberRole.FACILITATOR)
    return forum(here, "Lagoons")


def scheduled(room: Forum, by: str = "fac", **more) -> Thread:
    words = {"title": "Oysters", "html": "<p>From Monday on.</p>", "language": "en"} | more
    at = more.pop("appears_at", timezone.now() + SOON)
    return actions.start_thread(
        viewer=people.viewer(people.person(by)), forum=room, **words | {"appears_at": at}
    )


def sees(who, thread: Thread) -> bool:
    return Thread.objects.visible_to(people.viewer(who)).filter(pk=thread.pk).exists()


def pass_time(thread: Thread) -> datetime:
    """Its hour has come, two minutes ago."""
    at = timezone.now() - timedelta(minutes=2)
    Thread.objects.filter(pk=thread.pk).update(appears_at=at)
    Forum.objects.filter(pk=thread.forum_id).update(next_thread_at=at)
    return at


def told(who) -> list[str]:
    while outbox.work_off():
        pass
    return sorted(Notification.objects.filter(recipient=who).values_list("kind", flat=True))


def test_before_its_time_it_is_nowhere(client, room):
    thread = scheduled(room)
    assert [sees(people.person(who), thread) for who in ("fac", "other-fac")] == [True, True]
    assert sees(people.moderator(), thread)
    assert not sees(people.community_member(), thread)
    assert not Thread.objects.visible_to(anonymous()).exists()
    assert not Post.objects.visible_to(people.viewer(people.community_member())).exists()
    assert told(people.community_member()) == []
    assert not SearchDocument.objects.filter(kind__in=["threads", "posts"]).exists()
    people.sign_in(client, people.community_member())
    for url in (room.get_absolute_url(), f"{room.get_absolute_url()}feed.atom"):
        assert "Oysters" not in client.get(url).content.decode()
    assert client.get(thread.get_absolute_url()).status_code == 404
    assert client.get(reverse("forums:scheduled", args=["mangroves", room.slug])).status_code == 403
    assert list(differences()) == []
    room.refresh_from_db()
    assert (room.thread_count, room.post_count) == (0, 0)


def test_those_who_see_it_find_it_among_what_is_scheduled(client, room):
    thread = scheduled(room)
    people.sign_in(client, people.person("other-fac"))
    page = client.get(reverse("forums:scheduled", args=["mangroves", room.slug])).content.decode()
    assert "Oysters" in page
    assert "Oysters" not in client.get(room.get_absolute_url()).content.decode()
    assert "From Monday on." in client.get(thread.get_absolute_url()).content.decode()


def test_the_worker_lets_it_appear_once_and_tells(room):
    member = people.community_member()
    Membership.objects.filter(user=member).update(involvement=Involvement.EVERYTHING)
    thread = scheduled(room)
    assert tasks.let_out_due() == 0
    at = pass_time(thread)
    assert tasks.let_out_due() == 1
    assert tasks.let_out_due() == 0
    thread.refresh_from_db()
    assert (thread.published_at, thread.appears_at, thread.last_number) == (at, None, 1)
    assert thread.posts.get().written_at == at
    assert told(member) == ["forums.thread"]
    assert SearchDocument.objects.filter(kind="threads", object_id=thread.pk).exists()
    assert list(differences()) == []
    room.refresh_from_db()
    assert (room.thread_count, room.post_count, room.next_thread_at) == (1, 1, None)


@pytest.mark.parametrize("door", ["forum", "thread", "feed", "tag"])
def test_whoever_comes_first_finds_it_if_the_worker_is_late(client, room, door):
    thread = scheduled(room, tags=["oyster"])
    pass_time(thread)
    base = room.get_absolute_url()
    url = {
        "forum": base,
        "thread": thread.get_absolute_url(),
        "feed": f"{base}feed.atom",
        "tag": reverse("forums:tag", args=["mangroves", "oyster"]),
    }[door]
    answer = client.get(url)
    assert answer.status_code == 200
    assert "Oysters" in answer.content.decode()
    assert Thread.objects.published().filter(pk=thread.pk).exists()


def test_a_kept_page_is_good_until_then_and_no_longer(rf, room):
    from communities.forums.views.common import find_forum

    thread = scheduled(room)
    request = rf.get("/")
    request.viewer = anonymous()
    find_forum(request, "mangroves", room.slug)
    assert request.page_expires == thread.appears_at


def test_who_may_give_a_thread_a_time(client, room):
    belongs(people.person("plain"), room.community)
    with pytest.raises(PermissionDenied):
        scheduled(room, "plain")
    people.sign_in(client, people.community_member())
    page = client.get(reverse("forums:start", args=["mangroves", room.slug]))
    assert "appears_at" not in page.context["form"].fields
    Forum.objects.filter(pk=room.pk).update(kind=ForumKind.ANNOUNCEMENTS)
    people.sign_in(client, people.person("fac"))
    page = client.get(reverse("forums:start", args=["mangroves", room.slug]))
    assert "appears_at" in page.context["form"].fields


def test_a_past_hour_and_one_at_which_the_forum_is_shut_are_refused(room):
    with pytest.raises(Refused, match="past"):
        scheduled(room, appears_at=timezone.now() - SOON)
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(
        opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2)
    )
    with pytest.raises(Refused, match="opens on"):
        scheduled(room)
    assert scheduled(room, appears_at=now + timedelta(days=1, hours=1)).is_scheduled


def test_the_form_takes_the_hour_by_the_clock_that_is_named(client, room):
    people.sign_in(client, people.person("fac"))
    sent = {
        "title": "Oysters", "html": "x", "language": "en",
        "appears_at": "2099-05-04T09:00", "appears_zone": "Africa/Nairobi",
    }  # fmt: skip
    answer = client.post(reverse("forums:start", args=["mangroves", room.slug]), sent)
    assert answer.status_code == 302
    thread = Thread.objects.get()
    assert thread.appears_at.isoformat() == "2099-05-04T06:00:00+00:00"
    sent["appears_at"] = "2001-05-04T09:00"
    answer = client.post(reverse("forums:start", args=["mangroves", room.slug]), sent)
    assert answer.status_code == 422
    assert "past" in str(answer.context["form"].errors["appears_at"])


def change(viewer, thread, **more):
    words = {"appears_at": timezone.now() + 2 * SOON, "appears_zone": "UTC"} | more
    return actions.reschedule(viewer=viewer, thread=thread, **words)


def test_time_and_words_are_changed_and_nothing_is_kept_of_the_old(room):
    thread = scheduled(room)
    author, other = (people.viewer(people.person(who)) for who in ("fac", "other-fac"))
    version = scheduling.schedule_version(thread)
    change(author, thread, title="Clams", html="<p>New.</p>", version=version)
    with pytest.raises(StaleEdit):
        change(other, thread, version=version)
    change(other, thread)
    with pytest.raises(PermissionDenied):
        change(other, thread, title="Mine", html="<p>Mine.</p>")
    with pytest.raises(PermissionDenied):
        change(people.viewer(people.community_member()), thread)
    post = thread.posts.get()
    assert (post.html, post.edits.count(), post.edited_at) == ("<p>New.</p>", 0, None)


def test_it_appears_now_or_is_deleted(client, room):
    first, second = scheduled(room), scheduled(room)
    people.sign_in(client, people.person("fac"))
    url = reverse("forums:schedule", args=["mangroves", room.slug, first.pk, first.slug])
    assert client.get(url).status_code == 200
    assert client.post(url, {"deed": "appear"}).status_code == 302
    assert Thread.objects.published().get().pk == first.pk
    assert client.post(url, {"deed": "appear"}).url == Thread.objects.get(pk=first.pk).get_absolute_url()
    url = reverse("forums:schedule", args=["mangroves", room.slug, second.pk, second.slug])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"deed": "delete"}).status_code == 302
    assert not Thread.objects.filter(pk=second.pk).exists()
    assert list(differences()) == []


def test_somebody_elses_is_taken_off_with_a_reason(client, room):
    thread = scheduled(room)
    people.sign_in(client, people.person("other-fac"))
    url = reverse("forums:schedule", args=["mangroves", room.slug, thread.pk, thread.slug])
    assert client.post(url, {"deed": "delete"}).status_code == 403
    assert client.post(url, {"deed": "take_off"}).status_code == 422
    assert client.post(url, {"deed": "take_off", "reason": "Said already."}).status_code == 302
    assert thread.posts.get().state == PostState.REJECTED
    assert told(people.person("fac")) == ["forums.turned_down"]
    pass_time(thread)
    Thread.objects.filter(pk=thread.pk).update(appears_at=None)
    assert tasks.let_out_due() == 0


def test_whose_author_does_not_write_there_any_more_waits_for_a_moderator(room):
    thread = scheduled(room)
    Membership.objects.filter(user=people.person("fac")).update(ended_at=timezone.now())
    pass_time(thread)
    assert tasks.let_out_due() == 0
    thread.refresh_from_db()
    assert thread.posts.get().state == PostState.HELD
    assert not sees(people.community_member(), thread)
    actions.approve(viewer=people.viewer(people.moderator()), post=thread.posts.get())
    assert sees(people.community_member(), thread)


def test_who_leaves_says_nothing_afterwards(room):
    scheduled(room)
    accounts.leave(person=people.person("fac"), choice=Leaving.KEEP)
    assert not Thread.objects.exists()
    room.refresh_from_db()
    assert room.next_thread_at is None
